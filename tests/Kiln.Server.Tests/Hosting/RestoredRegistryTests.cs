using System.Net;
using System.Text.Json;
using Kiln.Registry.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Hosting;

/// <summary>A registry that came out of a backup and has not been checked (security.md §3.7).</summary>
public sealed class RestoredRegistryTests
{
    [Fact]
    public async Task It_is_read_and_not_changed_until_the_mark_is_gone()
    {
        await using var server = await RunningServer.StartAsync(prepare: options => MarkAsync(options, true));
        await server.PutAsync(Registry.Storage.Bucket.Modules, "@a/b/meta.json", "{}");
        var owner = await ApiClient.PersonalAsync(server, "owner");

        using (var read = await server.Client.GetAsync("/@a/b/meta.json"))
        {
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        Assert.Equal(200, (await owner.GetAsync("user")).Status);
        var refused = await owner.PostAsync("scopes", new { scope = "new", description = "" });
        Assert.Equal(503, refused.Status);
        Assert.Equal("registryReadOnly", refused.Json["code"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{32}$", refused.Json["ray"]!.GetValue<string>());

        // Like every other refusal of the API.
        var missing = await owner.GetAsync("scopes/nothing");
        Assert.Equal(404, missing.Status);
        Assert.StartsWith("{\n  \"code\": \"", missing.Body, StringComparison.Ordinal);
        Assert.StartsWith("{\n  \"code\": \"", refused.Body, StringComparison.Ordinal);
        foreach (var header in new[] { "X-JSR-Backend", "X-Robots-Tag", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control", "Content-Type" })
        {
            Assert.Equal((header, missing.Header(header)), (header, refused.Header(header)));
            Assert.NotNull(refused.Header(header));
        }

        Assert.Equal("60", refused.Header("Retry-After"));
        using (var form = await server.Client.PostAsync("/login", new FormUrlEncodedContent([])))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
            Assert.Equal("60", form.Headers.GetValues("Retry-After").Single());
        }

        using (var ready = await server.Client.GetAsync("/healthz/ready"))
        {
            using var json = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
            Assert.True(json.RootElement.GetProperty("readOnly").GetBoolean());
            Assert.Equal("ready", json.RootElement.GetProperty("status").GetString());
        }

        await MarkAsync(server.Options.ToRegistryOptions(), false);
        for (var i = 0; (await owner.PostAsync("scopes", new { scope = "new", description = "" })).Status != 200; i++)
        {
            Assert.True(i < 100, "it stayed closed");
            await Task.Delay(100);
        }
    }

    /// <summary>Nobody can tell whether the registry came out of a backup: nothing is changed, and the reply says why.</summary>
    [Fact]
    public async Task Nothing_is_changed_while_the_database_cannot_be_asked()
    {
        using var away = Registry.RegistryAdmin.OpenDatabase(
            new Registry.RegistryOptions { DataDirectory = Path.GetTempPath(), PublicUrl = "http://registry.test/", Database = "postgres://kiln@127.0.0.1:1/kiln" }, TimeProvider.System);
        await using var server = await RunningServer.StartAsync(builder => builder.Services.AddSingleton(new Registry.ChangeGate(away)));
        var owner = await ApiClient.PersonalAsync(server, "owner");
        Assert.Equal(200, (await owner.GetAsync("user")).Status);
        var refused = await owner.PostAsync("scopes", new { scope = "new", description = "" });
        Assert.Equal(503, refused.Status);
        Assert.Equal(["code", "message", "ray"], refused.Json.AsObject().Select(m => m.Key));
        Assert.Equal("databaseUnavailable", refused.Json["code"]!.GetValue<string>());
        using (var form = await server.Client.PostAsync("/login", new FormUrlEncodedContent([])))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
        }

        using var ready = await server.Client.GetAsync("/healthz/ready");
        using var json = JsonDocument.Parse(await ready.Content.ReadAsStringAsync());
        Assert.False(json.RootElement.GetProperty("database").GetBoolean());
        Assert.False(json.RootElement.TryGetProperty("readOnly", out _));
    }

    private static async Task MarkAsync(Registry.RegistryOptions options, bool restored)
    {
        using var database = Registry.RegistryAdmin.OpenDatabase(options, TimeProvider.System);
        await database.ChangeAsync(
            session => session.ExecuteAsync(restored
                ? """INSERT INTO registry_state (name, value, updated_at) VALUES ('restored', '{"backup":"b","restoredAt":"2026-01-01T00:00:00Z"}', 0)"""
                : "DELETE FROM registry_state WHERE name = 'restored'"),
            default);
    }
}
