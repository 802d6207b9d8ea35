using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Kiln.Tooling;

namespace Kiln.Clients.Server;

/// <summary>The built server, started as an operator starts it. Also compiled into tests/Faults.</summary>
internal sealed class KilnServer : IAsyncDisposable
{
    private readonly TemporaryFolder? ownData;
    private readonly string[] database;

    private KilnServer(TemporaryFolder? ownData, string data, LiveChild process, Uri address, string[] database)
    {
        this.ownData = ownData;
        this.database = database;
        Data = data;
        Process = process;
        Address = address;
        // Redirects are part of what is tested; cookies are handed over by hand.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>With a trailing slash.</summary>
    public Uri Address { get; }

    public Uri NpmAddress => new(Address, "npm/");

    public HttpClient Http { get; }

    /// <summary>The data folder.</summary>
    public string Data { get; }

    public LiveChild Process { get; private set; }

    /// <summary>What it printed since the start.</summary>
    public string Said => Process.Said;

    public bool IsAlive => !Process.HasExited;

    public static async Task<KilnServer> StartAsync()
    {
        var server = Launch();
        try
        {
            Assert.True(await server.BecomesReadyAsync(), $"kiln serve ended at once:\n{server.Said}");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it without waiting.</summary>
    /// <param name="data">The caller's data folder, which stays; null makes one that goes with the server.</param>
    /// <param name="address">Null takes a free port.</param>
    /// <param name="environment">Added to the inherited environment; a null value removes the variable.</param>
    /// <param name="options">More options of <c>kiln serve</c>.</param>
    public static KilnServer Launch(string? data = null, Uri? address = null, IReadOnlyDictionary<string, string?>? environment = null, params IEnumerable<string> options)
    {
        var ownData = data is null ? new TemporaryFolder() : null;
        data ??= ownData!.FullPath;
        address ??= new Uri($"http://127.0.0.1:{Ports.Free()}/");
        var variables = new Dictionary<string, string?> { ["KILN_DATA"] = null, ["KILN_URLS"] = null, ["NO_COLOR"] = "1" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            variables[name] = value;
        }

        string[] more = [.. options];
        string[] arguments = ["serve", "--data", data, "--urls", address.ToString().TrimEnd('/'), .. more];
        var process = LiveChild.Start(Path.Combine(ToolPaths.Root, "kiln"), arguments, ToolPaths.Root, variables);
        return new KilnServer(ownData, data, process, address, [.. more.SkipWhile(o => o != "--database").Take(2)]);
    }

    /// <summary>Ends the process and starts it again on the same data and address.</summary>
    public async Task RestartAsync(Action whileStopped)
    {
        await Process.DisposeAsync();
        whileStopped();
        Process = Launch(Data, Address).Process;
        Assert.True(await BecomesReadyAsync(), $"kiln serve ended at once:\n{Said}");
    }

    /// <summary>Waits until it answers; false when it ended before that.</summary>
    public async Task<bool> BecomesReadyAsync()
    {
        var waited = Stopwatch.StartNew();
        while (!Process.HasExited)
        {
            Assert.True(waited.Elapsed.TotalSeconds < 180, $"kiln serve was not ready within 180 s (the first start builds it):\n{Said}");
            try
            {
                using var ready = await Http.GetAsync("healthz/ready");
                if (ready.IsSuccessStatusCode)
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet, or no longer.
            }

            await Task.Delay(25);
        }

        return false;
    }

    /// <summary>Runs <c>kiln admin …</c> on this server's data while it runs, as an operator would.</summary>
    public async Task<string> AdminAsync(params string[] arguments)
    {
        var result = await Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), ["admin", .. arguments, "--data", Data, .. database], ToolPaths.Root);
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
        await Process.DisposeAsync();
        ownData?.Dispose();
    }
}
