using System.Net;
using Kiln.Registry;
using Kiln.Registry.Storage;
using Kiln.Tooling;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kiln.Server.Tests.Hosting;

/// <summary>A process does what its roles say, and nothing else.</summary>
public sealed class RolesTests
{
    [Fact]
    public async Task A_gateway_serves_files_without_any_database()
    {
        // Nobody listens there, and nobody is asked.
        await using var server = await StartAsync("gateway", "postgres://kiln@127.0.0.1:1/kiln");
        await server.PutAsync(Bucket.Modules, "@scope/pkg/1.0.0/mod.ts", "export {};");
        Assert.Equal("export {};", await server.Client.GetStringAsync("@scope/pkg/1.0.0/mod.ts"));
        Assert.Equal("{\"status\":\"ready\",\"storage\":true}", await server.Client.GetStringAsync("healthz/ready"));
        await IsMissingAsync(server, "api/packages", "api");
        await IsMissingAsync(server, "packages", "web");
        await IsMissingAsync(server, "", "web");
        await IsMissingAsync(server, "@scope/pkg", "web");
    }

    [Fact]
    public async Task An_api_is_no_gateway_and_no_site()
    {
        var database = await TestDatabase.CreateOnPostgresAsync();
        await using (var server = await StartAsync("api", database))
        {
            await server.PutAsync(Bucket.Modules, "@scope/pkg/1.0.0/mod.ts", "export {};");
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("api/packages")).StatusCode);
            Assert.Equal("404 - Not Found", await (await server.Client.GetAsync("api/nothing")).Content.ReadAsStringAsync());
            await IsMissingAsync(server, "npm/@jsr/scope__pkg", "gateway");
            await IsMissingAsync(server, "@scope/pkg/1.0.0/mod.ts", "web");
            await IsMissingAsync(server, "packages", "web");
            Assert.True(LooksAgain(server)); // at what it writes
        }

        // Where there are workers, their sweeper does.
        await using var whole = await RunningServer.StartAsync();
        Assert.False(LooksAgain(whole));

        static bool LooksAgain(RunningServer server) => server.App.Services.GetServices<IHostedService>().Any(s => s.GetType().Name == "DocumentRecheck");
    }

    [Fact]
    public async Task A_form_of_one_process_may_come_back_to_another()
    {
        var database = await TestDatabase.CreateOnPostgresAsync();
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartAsync("web", database))));
        try
        {
            for (var i = 0; i < servers.Length; i++)
            {
                var secret = Protector(servers[i]).Protect("form");
                Assert.Equal("form", Protector(servers[(i + 1) % servers.Length]).Unprotect(secret));
            }

            Assert.Equal("1", await (await PostgresCluster.SharedAsync()).SqlAsync(PostgresCluster.NameOf(database), "SELECT count(*) FROM data_protection_keys"));
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        static IDataProtector Protector(RunningServer server) => server.App.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }

    private static Task<RunningServer> StartAsync(string roles, string database) => RunningServer.StartAsync(settings: s => s with { Roles = roles, Database = database });

    private static async Task IsMissingAsync(RunningServer server, string path, string role)
    {
        using var reply = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Contains($"without the role '{role}'", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
