using System.Text.Json.Nodes;
using Kiln.Registry.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Hostile;

/// <summary>security.md H12: whatever goes wrong, a stranger learns a code, a sentence and a number to quote; the log has the rest.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task No_error_of_any_class_tells_more_than_code_message_and_request_id()
    {
        await using var server = await RunningServer.StartAsync();
        var anyone = new ApiClient(server);
        var owner = await ApiClient.PersonalAsync(server, "owner");
        var stranger = await ApiClient.PersonalAsync(server, "stranger");
        Assert.Equal(200, (await owner.PostAsync("scopes", new { scope = "taken", description = "" })).Status);
        var classes = new Dictionary<int, Reply>
        {
            [400] = await owner.PostAsync("scopes", "{"),
            [401] = await anyone.PostAsync("scopes", new { scope = "abc", description = "" }),
            [403] = await stranger.PatchAsync("scopes/taken", new { description = "mine" }),
            [404] = await anyone.GetAsync("scopes/nobody"),
            [409] = await owner.PostAsync("scopes", new { scope = "taken", description = "" }),
            [413] = await owner.PostAsync("scopes", "{\"scope\":\"" + new string('a', 2_000_000) + "\"}"),
        };

        // An unexpected one: a table that everybody needs is gone.
        await server.App.Services.GetRequiredService<Database>().ChangeAsync(s => s.ExecuteAsync("ALTER TABLE packages RENAME TO packages_elsewhere"), CancellationToken.None);
        classes[500] = await anyone.GetAsync("packages?query=x");

        foreach (var (status, reply) in classes)
        {
            Assert.Equal(status, reply.Status);
            Assert.Equal(["code", "message", "ray"], ((JsonObject)reply.Json).Select(m => m.Key));
            Assert.Equal(reply.Header("x-deno-ray"), reply.Json["ray"]!.GetValue<string>());
            Assert.Null(reply.Header("Server"));
            Assert.Null(reply.Header("X-Powered-By"));
            Assert.DoesNotMatch("(?i)   at |exception|sqlite|npgsql|no such table|does not exist \\(|packages_elsewhere|SELECT ", reply.Body);
        }

        // A page fails as politely.
        using var page = await server.Client.GetAsync("/search?q=x");
        var text = await page.Content.ReadAsStringAsync();
        Assert.Equal(500, (int)page.StatusCode);
        Assert.DoesNotMatch("(?i)   at |exception|sqlite|npgsql|no such table|packages_elsewhere", text);
        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
    }
}
