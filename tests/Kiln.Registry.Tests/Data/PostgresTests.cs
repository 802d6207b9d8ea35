using Kiln.Tooling;

namespace Kiln.Registry.Data;

/// <summary>What only PostgreSQL has: connections that break, and locks that go with them.</summary>
public sealed class PostgresTests
{
    [Fact]
    public async Task Whoever_loses_the_lock_hears_of_it()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        var cluster = await PostgresCluster.SharedAsync();
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => registry.Database.ExclusiveAsync(
            "name",
            () => cluster.SqlAsync(
                PostgresCluster.NameOf(registry.Options.Database!), "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kiln lock'"),
            default));
        Assert.Equal(5, await registry.Database.ExclusiveAsync("name", () => Task.FromResult(5), default));
    }

    [Fact]
    public async Task A_transaction_that_lost_its_connection_before_the_commit_is_run_again_and_happens_once()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        var cluster = await PostgresCluster.SharedAsync();
        var runs = 0;

        // The server ends the connection before the commit comes: it has not happened, and the work is run again.
        var users = await registry.Database.ChangeAsync(
            async s =>
            {
                runs++;
                await s.ExecuteAsync("INSERT INTO tombstones (scope, created_at) VALUES ('lost', 1)");
                if (runs == 1)
                {
                    await cluster.SqlAsync(
                        PostgresCluster.NameOf(registry.Options.Database!), "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'");
                }

                return await Task.FromResult(7);
            },
            default);
        Assert.Equal((7, 2), (users, runs));
        Assert.Equal(1, await registry.CountAsync("tombstones"));
    }

    /// <summary>Whoever starts waits for a database that is busy or starting too, and for nothing else.</summary>
    [Fact]
    public async Task A_database_that_one_may_not_use_is_not_waited_for()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var address = await cluster.CreateDatabaseAsync();
        await cluster.SqlAsync("postgres", $"CREATE ROLE stranger LOGIN PASSWORD 'p@ss/word'; REVOKE CONNECT ON DATABASE {PostgresCluster.NameOf(address)} FROM PUBLIC");
        var strange = address.Replace("//kiln:", "//stranger:", StringComparison.Ordinal);
        Task<DatabaseUnavailableException> FailAsync() => Assert.ThrowsAsync<DatabaseUnavailableException>(() => Migrator.MigratePostgresAsync(strange, default));
        var refused = await FailAsync();
        Assert.Contains("permission denied", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);

        await cluster.SqlAsync("postgres", "ALTER ROLE stranger CONNECTION LIMIT 0");
        var busy = await FailAsync();
        Assert.Contains("too many connections", busy.Message, StringComparison.Ordinal);
        Assert.True(busy.IsTransient);
        await cluster.DropDatabaseAsync(address);
    }

    [Fact]
    public async Task Text_that_it_cannot_store_does_no_harm()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        Assert.Equal("a \uFFFD b \uFFFD c \U0001F600", await registry.Database.ReadAsync(s => s.FindAsync<string>("SELECT @text", new { text = "a \0 b \uD800 c \U0001F600" }), default));
        Assert.Empty(await registry.Get<Search.ISymbolIndex>().SearchAsync("a\0b \uD83D", 10, default));
    }

    [Fact]
    public async Task Lists_are_expanded_behind_IN_also_when_they_are_empty()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        Task<long> Count(object arguments) => registry.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM (VALUES (1), (2), (3)) t (n) WHERE n IN @list", arguments), default);
        Assert.Equal(2, await Count(new { list = new List<int> { 1, 3, 9 } }));
        Assert.Equal(0, await Count(new { list = Array.Empty<int>() }));
    }

    /// <summary>Versions are sorted by a key that is made for the order of bytes; a database is often created for a language.</summary>
    [Fact]
    public async Task Text_is_compared_byte_by_byte_in_a_database_made_for_a_language()
    {
        var cluster = await PostgresCluster.SharedAsync();
        await cluster.SqlAsync("postgres", "CREATE DATABASE english TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
        Assert.Equal("a|B", (await cluster.SqlAsync("english", "SELECT string_agg(t, '|' ORDER BY t) FROM (VALUES ('B'), ('a')) v (t)")).Trim());
        var address = cluster.AddressOf("english");
        await Migrator.MigratePostgresAsync(address, default);
        await Migrator.MigratePostgresAsync(address, default);
        const string Others =
            """
            SELECT string_agg(table_name || '.' || column_name, ', ') FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type = 'text' AND table_name <> 'schemaversions' AND collation_name IS DISTINCT FROM 'C'
            """;
        Assert.Equal("", await cluster.SqlAsync("english", Others));
        await cluster.SqlAsync("english", "INSERT INTO tombstones (scope, created_at) VALUES ('a', 1), ('B', 1)");
        Assert.Equal("B|a", await cluster.SqlAsync("english", "SELECT string_agg(scope, '|' ORDER BY scope) FROM tombstones"));
        await cluster.DropDatabaseAsync(address);
    }
}
