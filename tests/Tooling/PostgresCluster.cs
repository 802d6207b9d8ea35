using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kiln.Tooling;

/// <summary>
/// A private PostgreSQL server in a temporary folder, which ends with the program that started it, however that ends: a shell holds the server and waits for the end of its own input.
/// PostgreSQL refuses to run as root; then it runs as the user <c>postgres</c>, which its package makes. Nothing is made durable: the tests of that kill servers of ours, not this one.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Password = "p%40ss%2Fword";

    private static readonly StartedOnce<PostgresCluster> OfThisProgram = new(StartAsync);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);
    private static int databases;

    private readonly Process holder;
    private readonly string folder;
    private readonly string bin;
    private readonly bool asPostgres;

    private PostgresCluster(Process holder, string folder, string bin, int port, bool asPostgres)
    {
        this.holder = holder;
        this.folder = folder;
        this.bin = bin;
        this.asPostgres = asPostgres;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Whether the environment asks that tests of the registry run on PostgreSQL.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("KILN_TEST_DATABASE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"KILN_TEST_DATABASE is '{other}': sqlite or postgres."),
    };

    /// <summary>The one that all tests of this program share; started by the first that asks.</summary>
    public static Task<PostgresCluster> SharedAsync() => OfThisProgram.GetAsync();

    /// <summary>The folder of the newest PostgreSQL's programs; skips the test, or fails it, when there is none.</summary>
    public static string Programs() => ToolPaths.PostgresPrograms;

    public static async Task<PostgresCluster> StartAsync()
    {
        var bin = Programs();
        var asPostgres = Environment.IsPrivilegedProcess;
        var folder = Path.Combine(Path.GetTempPath(), "kiln-pg-" + Guid.NewGuid().ToString("N")[..12]);
        var port = Ports.Free();
        const string Script =
            """
            # Whoever ends a whole group of processes must not end this one before it has ended the server; and the server keeps nothing open of what the tests were started with.
            trap '' HUP INT TERM
            for fd in 3 4 5 6 7 8 9; do eval "exec $fd>&-"; done
            set -e
            run() { if [ "$as" = postgres ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
            mkdir -m 700 "$folder"
            if [ "$as" = postgres ]; then chown postgres "$folder"; fi
            cd "$folder"
            echo 'p@ss/word' > password; chmod 644 password
            run "$bin/initdb" -D "$folder/data" -U kiln -A scram-sha-256 --pwfile=password --no-sync -E UTF8 --locale=C.UTF-8 >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
            echo 'local all all trust' | run tee "$folder/data/pg_hba.conf" >/dev/null
            echo 'host all all 127.0.0.1/32 scram-sha-256' | run tee -a "$folder/data/pg_hba.conf" >/dev/null
            run "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=300 \
              -c shared_buffers=64MB -c max_wal_size=256MB -c autovacuum=off -c log_min_messages=fatal -c log_min_error_statement=panic >server.log 2>&1 </dev/null &
            echo started
            read -r _ || true
            server=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null) || true
            if [ -n "$server" ]; then
              kill -INT "$server" || true
              while kill -0 "$server" 2>/dev/null; do sleep 0.1; done
            fi
            rm -rf "$folder"
            """;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["folder"] = folder;
        start.Environment["bin"] = bin;
        start.Environment["port"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["as"] = asPostgres ? "postgres" : "";
        start.Environment["LC_ALL"] = "C.UTF-8";
        var holder = Process.Start(start)!;
        if (await holder.StandardOutput.ReadLineAsync() != "started")
        {
            throw new InvalidOperationException("PostgreSQL did not start: " + await holder.StandardError.ReadToEndAsync());
        }

        var cluster = new PostgresCluster(holder, folder, bin, port, asPostgres);
        for (var i = 0; ; i++)
        {
            var ready = await Child.RunAsync(Path.Combine(bin, "pg_isready"), ["-h", folder, "-p", $"{port}", "-q"]);
            if (ready.ExitCode == 0)
            {
                return cluster;
            }

            if (i > 300 || holder.HasExited)
            {
                await cluster.DisposeAsync();
                throw new InvalidOperationException("PostgreSQL does not answer.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The address of a database as <c>--database</c> takes it.</summary>
    public string AddressOf(string database) => $"postgres://kiln:{Password}@127.0.0.1:{Port}/{database}?sslmode=disable&pool_size=10";

    /// <summary>A new database, a copy of one that <paramref name="migrate"/> has prepared once, or an empty one.</summary>
    public async Task<string> CreateDatabaseAsync(Func<string, Task>? migrate = null)
    {
        var name = $"kiln{Interlocked.Increment(ref databases)}";
        var template = migrate is null ? "template0" : await Templates.GetOrAdd($"template_{Port}", t => new Lazy<Task<string>>(async () =>
        {
            await SqlAsync("postgres", $"CREATE DATABASE {t} TEMPLATE template0");
            await migrate(AddressOf(t));
            return t;
        })).Value;
        await SqlAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return AddressOf(name);
    }

    public Task DropDatabaseAsync(string address) => SqlAsync("postgres", $"DROP DATABASE IF EXISTS {NameOf(address)} WITH (FORCE)");

    /// <summary>What one statement gives, a line for each row, columns separated by <c>|</c>.</summary>
    public async Task<string> SqlAsync(string database, string sql)
    {
        var said = await Child.RunAsync(Path.Combine(bin, "psql"), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", folder, "-p", $"{Port}", "-U", "kiln", "-d", database, "-c", sql]);
        return said.MustSucceed().Output.Trim();
    }

    /// <summary>Everything in a database as text.</summary>
    public async Task<string> DumpAsync(string address) =>
        (await Child.RunAsync(Path.Combine(bin, "pg_dump"), ["-h", folder, "-p", $"{Port}", "-U", "kiln", NameOf(address)])).MustSucceed().Output;

    public static string NameOf(string address) => new Uri(address).AbsolutePath.TrimStart('/');

    /// <summary>Stops the server as a crash would, or starts it again; databases stay.</summary>
    public async Task StopServerAsync() => await ControlAsync("stop", "-m", "immediate");

    public async Task StartServerAsync() => await ControlAsync(
        "start", "-o", $"-k {folder} -p {Port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300 -c autovacuum=off -c log_min_messages=fatal", "-l", Path.Combine(folder, "data", "again.log"));

    public async ValueTask DisposeAsync()
    {
        if (!holder.HasExited)
        {
            try
            {
                await holder.StandardInput.WriteLineAsync("end");
            }
            catch (IOException)
            {
                // It has just ended.
            }

            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await holder.WaitForExitAsync(limit.Token);
        }

        holder.Dispose();
    }

    private async Task ControlAsync(string verb, params string[] more)
    {
        string[] arguments = [Path.Combine(bin, "pg_ctl"), verb, "-D", Path.Combine(folder, "data"), "-w", "-s", .. more];
        var said = asPostgres
            ? await Child.RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", .. arguments], folder)
            : await Child.RunAsync(arguments[0], arguments[1..], folder);
        said.MustSucceed();
    }
}
