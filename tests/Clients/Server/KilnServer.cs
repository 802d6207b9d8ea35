using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Kiln.Tooling;

namespace Kiln.Clients.Server;

/// <summary>The built server, started as an operator starts it, on a free port with a data folder of its own.</summary>
internal sealed class KilnServer : IAsyncDisposable
{
    private readonly TemporaryFolder data;
    private LiveChild process;

    private KilnServer(TemporaryFolder data, Uri address)
    {
        this.data = data;
        process = Launch(data, address);
        Address = address;
        // Redirects are part of what is tested; cookies are handed over by hand.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>With a trailing slash.</summary>
    public Uri Address { get; }

    public Uri NpmAddress => new(Address, "npm/");

    public HttpClient Http { get; }

    public string Data => data.FullPath;

    /// <summary>What it printed since the start.</summary>
    public string Said => process.Said;

    public bool IsAlive => !process.HasExited;

    public static async Task<KilnServer> StartAsync()
    {
        var server = new KilnServer(new TemporaryFolder(), new Uri($"http://127.0.0.1:{FreePort()}/"));
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>Ends the process and starts it again on the same data and address.</summary>
    public async Task RestartAsync(Action whileStopped)
    {
        await process.DisposeAsync();
        whileStopped();
        process = Launch(data, Address);
        await UntilReadyAsync();
    }

    private static LiveChild Launch(TemporaryFolder data, Uri address) => LiveChild.Start(
        Path.Combine(ToolPaths.Root, "kiln"),
        ["serve", "--data", data.FullPath, "--urls", address.ToString().TrimEnd('/')],
        ToolPaths.Root,
        new Dictionary<string, string?> { ["KILN_DATA"] = null, ["KILN_URLS"] = null, ["NO_COLOR"] = "1" });

    private async Task UntilReadyAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            Assert.False(process.HasExited, $"kiln serve ended at once:\n{process.Said}");
            Assert.True(attempt < 1_800, $"kiln serve was not ready within 180 s (the first start builds it):\n{process.Said}");
            try
            {
                using var ready = await Http.GetAsync("healthz/ready");
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Runs <c>kiln admin …</c> on this server's data while it runs, as an operator would.</summary>
    public async Task<string> AdminAsync(params string[] arguments)
    {
        var result = await Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), ["admin", .. arguments, "--data", Data], ToolPaths.Root);
        return result.MustSucceed().Output.Trim();
    }

    /// <summary>Makes a user and gives a token of theirs that may do everything they may.</summary>
    public async Task<string> NewUserAsync(string name)
    {
        await AdminAsync("user", "create", name);
        return await AdminAsync("token", "create", "--user", name);
    }

    /// <summary>Makes a scope with packages, owned by the holder of the token.</summary>
    public async Task NewScopeAsync(string token, string scope, params string[] packages)
    {
        await PostAsync(token, "api/scopes", new { scope, description = "" });
        foreach (var package in packages)
        {
            await PostAsync(token, $"api/scopes/{scope}/packages", new { package });
        }
    }

    public async Task<JsonElement> PostAsync(string? token, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        data.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
