using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Faults.Harness;

/// <summary>One process of a <see cref="Cluster"/>; it keeps its address over its lives.</summary>
internal sealed class ClusterProcess(Cluster cluster, string roles, TcpProxy? proxy, IReadOnlyDictionary<string, string?>? environment) : IAsyncDisposable
{
    /// <summary>Part of what is published, so all processes are told the same. Nothing ever connects to it.</summary>
    private const string PublicUrl = "http://kiln.example/";

    private KilnServer? server;
    private string earlier = "";

    public string Roles => roles;

    public Uri Address { get; } = new($"http://127.0.0.1:{Installation.NextPort()}/");

    public KilnServer Server => server ?? throw new InvalidOperationException("It was not started.");

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), MaxConnectionsPerServer = 200 })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Over all its lives.</summary>
    public string Said => earlier + (server?.Said ?? "");

    public int Id => Server.Process.Id;

    public void Launch(string? crash = null)
    {
        if (server is not null)
        {
            earlier = Said + "\n-- started again\n";
        }

        var database = proxy is null ? cluster.Database : cluster.Database.Replace($":{cluster.Postgres.Port}/", $":{proxy.Port}/", StringComparison.Ordinal);
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>()) { [Registry.CrashPoint.Variable] = crash, ["KILN_DATABASE"] = database, ["KILN_RATE_LIMITS"] = "off" };
        string[] options = ["--public-url", PublicUrl, "--roles", roles, .. cluster.Storage is null ? Array.Empty<string>() : ["--storage", cluster.Storage]];
        server = KilnServer.Launch(cluster.Data, Address, variables, options);
    }

    public async Task StartAsync(string? crash = null)
    {
        Launch(crash);
        Assert.True(await Server.BecomesReadyAsync(), $"kiln serve ended at once:\n{Said}");
    }

    /// <summary>kill -9, now.</summary>
    public async Task KillAsync()
    {
        Signals.Send(Id, Signals.Kill);
        await Server.Process.WaitForExitAsync(30);
    }

    /// <summary>SIGTERM, which has to end it orderly.</summary>
    public async Task StopAsync()
    {
        Signals.Send(Id, Signals.Terminate);
        var ended = await Server.Process.WaitForExitAsync(40);
        Assert.True(ended.ExitCode == 0, $"it ended with {ended.ExitCode}:\n{Said}");
    }

    /// <summary>SIGSTOP: it stands still, and its connections stay.</summary>
    public void Freeze() => Signals.Send(Id, Signals.Stop);

    public void Thaw() => Signals.Send(Id, Signals.Continue);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
