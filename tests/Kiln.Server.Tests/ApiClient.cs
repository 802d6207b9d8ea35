using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Registry;
using Kiln.Registry.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests;

/// <summary>A reply with its body read.</summary>
internal sealed record Reply(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string? Code => Json["code"]?.GetValue<string>();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}

/// <summary>Calls the API of a server, as somebody.</summary>
internal sealed class ApiClient(RunningServer server, string? bearer = null, string? cookie = null)
{
    public static async Task<ApiClient> PersonalAsync(RunningServer server, string user, bool staff = false)
    {
        var admin = server.App.Services.GetRequiredService<RegistryAdmin>();
        if (await admin.FindUserAsync(user, CancellationToken.None) is null)
        {
            Assert.Null((await admin.CreateUserAsync(user, staff, CancellationToken.None)).Error);
        }

        return new ApiClient(server, (await admin.CreateTokenAsync(user, "test", null, CancellationToken.None)).Value.Secret);
    }

    /// <summary>A session as a browser has it, but sent as a bearer token.</summary>
    public static async Task<ApiClient> WebAsync(RunningServer server, string user) => new(server, await SessionAsync(server, user));

    /// <summary>The secret of a new web session.</summary>
    public static async Task<string> SessionAsync(RunningServer server, string user)
    {
        await PersonalAsync(server, user);
        var link = await server.App.Services.GetRequiredService<RegistryAdmin>().CreateSignInLinkAsync(user, TimeSpan.FromHours(1), CancellationToken.None);
        return (await server.App.Services.GetRequiredService<SignInService>().RedeemAsync(link.Value, CancellationToken.None)).Value.Secret;
    }

    public string? Secret => bearer;

    public Task<Reply> GetAsync(string path) => SendAsync("GET", path);

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync("POST", path, body);

    public Task<Reply> PatchAsync(string path, object body) => SendAsync("PATCH", path, body);

    public Task<Reply> DeleteAsync(string path) => SendAsync("DELETE", path);

    public Task<Reply> SendAsync(string method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var content = body switch
        {
            null => null,
            HttpContent ready => ready,
            string text => new StringContent(text),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        return SendAsync(method, path, content, headers);
    }

    private async Task<Reply> SendAsync(string method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/" + path) { Content = content };
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
        }

        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", "token=" + cookie);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await server.Client.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers);
    }
}
