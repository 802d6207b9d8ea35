using System.Net.Http.Headers;
using System.Text.Json;
using Kiln.Clients.Server;

namespace Kiln.Clients.BadInput;

/// <summary>A server with one package, <c>@bad/pkg</c>, without versions, and <c>@bad/dep@1.0.0</c> beside it.</summary>
public sealed class BadInputServer : IAsyncLifetime
{
    internal KilnServer Server { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Server = await KilnServer.StartAsync();
        Token = await Server.NewUserAsync("owner");
        await Server.NewScopeAsync(Token, "bad", "pkg", "dep");
        var dep = Archive.Of(("deno.json", """{ "name": "@bad/dep", "version": "1.0.0", "license": "MIT", "exports": "./mod.ts" }"""));
        var task = await UploadAsync("bad/packages/dep/versions/1.0.0?config=/deno.json", dep, Token);
        Assert.Equal("success", (await FinishAsync(task)).GetProperty("status").GetString());
    }

    public ValueTask DisposeAsync() => Server is null ? ValueTask.CompletedTask : Server.DisposeAsync();

    /// <summary>Sends an archive as clients do. The reply's body, with its HTTP status as property <c>$status</c> of the result.</summary>
    internal async Task<Reply> UploadAsync(string path, byte[] body, string? token, string? encoding = "gzip", bool chunked = false)
    {
        using var content = new ByteArrayContent(body);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "api/scopes/" + path) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await Server.Http.SendAsync(request);
        return new Reply((int)response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The task in its last state.</summary>
    internal async Task<JsonElement> FinishAsync(Reply reply)
    {
        Assert.True(reply.Status == 200, $"{reply.Status} {reply.Body}");
        var id = reply.Body.GetProperty("id").GetString();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var task = await Server.GetJsonAsync($"api/publish_status/{id}");
            if (task.GetProperty("status").GetString() is "success" or "failure")
            {
                return task;
            }

            await Task.Delay(50);
        }

        Assert.Fail("The task did not end within 30 s.");
        throw new InvalidOperationException();
    }
}

internal sealed record Reply(int Status, JsonElement Body);
