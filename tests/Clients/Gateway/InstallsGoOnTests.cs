using Kiln.Clients.Sandbox;
using Kiln.Clients.Server;
using Kiln.Tooling;

namespace Kiln.Clients.Gateway;

/// <summary>
/// Reads are files (DESIGN §1, security.md F20): twenty packages are published, then the server, its workers and its database end. nginx alone, with the configuration that
/// <c>kiln nginx</c> prints, serves cold installs of all of them to deno, npm and pnpm.
/// </summary>
public sealed class InstallsGoOnTests
{
    [Fact]
    public Task Nginx_over_folders_serves_cold_installs_of_twenty_packages() => InstallAllAsync(null);

    [Fact]
    public async Task Nginx_over_a_bucket_serves_cold_installs_of_twenty_packages() => await InstallAllAsync(await (await S3Server.S3rverAsync()).NewStorageAsync());

    [Fact]
    public async Task Nginx_over_folders_serves_cold_installs_after_server_worker_and_PostgreSQL_have_stopped()
    {
        await using var postgres = await PostgresCluster.StartAsync();
        await InstallAllAsync(null, postgres);
    }

    private static async Task InstallAllAsync(string? storage, PostgresCluster? postgres = null)
    {
        _ = (ToolPaths.Deno, ToolPaths.Nginx, ToolPaths.NpmScript, ToolPaths.Pnpm);
        var environment = S3Server.Credentials;
        string[] options = storage is null ? [] : ["--storage", storage];
        string[] database = postgres is null ? [] : ["--database", await postgres.CreateDatabaseAsync()];
        await using var server = KilnServer.Launch(environment: environment, options: [.. options, .. database, "--roles", postgres is null ? "gateway,api,web,worker" : "gateway,api,web"]);
        await using var worker = postgres is null
            ? null
            : KilnServer.Launch(server.Data, environment: environment, options: [.. options, .. database, "--roles", "worker", "--public-url", server.Address.ToString()]);
        Assert.True(await server.BecomesReadyAsync() && (worker is null || await worker.BecomesReadyAsync()), $"{server.Said}\n{worker?.Said}");
        if (storage is not null)
        {
            Assert.Contains("no conditional writes", server.Said, StringComparison.Ordinal); // What s3rver cannot do, the start tells.
        }

        await PublishAsync(server);

        // Nothing of Kiln is left running.
        await server.Process.DisposeAsync();
        if (worker is not null && postgres is not null)
        {
            await worker.Process.DisposeAsync();
            await postgres.StopServerAsync();
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.GetAsync("healthz/live"));
        var printed = await Child.RunAsync(
            Path.Combine(ToolPaths.Root, "kiln"), ["nginx", "--data", server.Data, "--public-url", server.Address.ToString(), "--api", "http://127.0.0.1:1", .. options], ToolPaths.Root);
        await using var nginx = await NginxServer.StartAsync(printed.MustSucceed().Output, server.Address);

        var failures = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, TwentyPackages.Count), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (number, _) =>
        {
            foreach (var (client, install) in new (string, Func<KilnServer, int, Task<ChildResult>>)[] { ("deno", DenoAsync), ("npm", NpmAsync), ("pnpm", PnpmAsync) })
            {
                var ran = await install(server, number);
                if (ran.ExitCode != 0 || ran.Output.Trim() != $"{TwentyPackages.ValueOf(number)}")
                {
                    lock (failures)
                    {
                        failures.Add($"{client}, package {number}: {ran.ExitCode} {ran.Everything}");
                    }
                }
            }
        });
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));

        // What is no file is told apart from a lost one.
        using var api = await server.Http.GetAsync("api/packages");
        Assert.Equal(503, (int)api.StatusCode);
        using var missing = await server.Http.GetAsync($"@{TwentyPackages.Scope}/{TwentyPackages.NameOf(1)}/9.9.9_meta.json");
        Assert.Equal(404, (int)missing.StatusCode);
    }

    private static async Task PublishAsync(KilnServer server)
    {
        var token = await server.NewUserAsync("alice");
        await server.NewScopeAsync(token, TwentyPackages.Scope, [.. Enumerable.Range(1, TwentyPackages.Count).Select(TwentyPackages.NameOf)]);
        using var sandbox = new ClientSandbox(server);
        var workspace = sandbox.NewProject("fleet");
        TwentyPackages.Write(workspace);
        (await sandbox.DenoAsync(workspace, "publish", "--token", token)).MustSucceed();
    }

    private static async Task<ChildResult> DenoAsync(KilnServer server, int number)
    {
        using var sandbox = new ClientSandbox(server);
        var project = sandbox.NewProject("app");
        await File.WriteAllTextAsync(Path.Combine(project, "deno.json"), """{ "minimumDependencyAge": 0 }""");
        await File.WriteAllTextAsync(Path.Combine(project, "main.ts"), $"import {{ value }} from \"jsr:@{TwentyPackages.Scope}/{TwentyPackages.NameOf(number)}@1\"; console.log(value());");
        return await sandbox.DenoAsync(project, "run", "--quiet", "main.ts");
    }

    private static Task<ChildResult> NpmAsync(KilnServer server, int number) => InstallAsync(PackageManager.Npm, server, number);

    private static Task<ChildResult> PnpmAsync(KilnServer server, int number) => InstallAsync(PackageManager.Pnpm, server, number);

    private static async Task<ChildResult> InstallAsync(PackageManager manager, KilnServer server, int number)
    {
        using var sandbox = new ClientSandbox(server);
        var project = manager.NewProject(sandbox, "app");
        var name = $"@jsr/{TwentyPackages.Scope}__{TwentyPackages.NameOf(number)}";
        var installed = await manager.AddAsync(sandbox, project, name);
        if (installed.ExitCode != 0)
        {
            return installed;
        }

        await File.WriteAllTextAsync(Path.Combine(project, "main.js"), $"import {{ value }} from \"{name}\"; console.log(value());");
        return await sandbox.NodeAsync(project, "main.js");
    }
}
