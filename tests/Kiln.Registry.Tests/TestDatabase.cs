using Kiln.Tooling;

namespace Kiln.Registry;

/// <summary>A database for one registry, on the engine that <c>KILN_TEST_DATABASE</c> names.</summary>
internal static class TestDatabase
{
    /// <summary>A fresh one at the newest schema; null for the embedded engine, which makes its own.</summary>
    public static async Task<string?> CreateAsync() => PostgresCluster.IsAsked ? await CreateOnPostgresAsync() : null;

    public static async Task<string> CreateOnPostgresAsync()
    {
        var cluster = await PostgresCluster.SharedAsync();
        return await cluster.CreateDatabaseAsync(address => Data.Migrator.MigratePostgresAsync(address, CancellationToken.None));
    }

    public static async Task DropAsync(string? address)
    {
        if (address is not null)
        {
            await (await PostgresCluster.SharedAsync()).DropDatabaseAsync(address);
        }
    }
}
