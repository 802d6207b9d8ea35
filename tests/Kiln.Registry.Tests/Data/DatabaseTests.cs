using Kiln.Registry.Identity;
using Kiln.Tooling;

namespace Kiln.Registry.Data;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Connections_have_the_settings_that_durability_needs()
    {
        await using var registry = await TestRegistry.StartAsync();
        if (PostgresCluster.IsAsked)
        {
            Task<string?> Setting(string name) => registry.Database.ReadAsync(s => s.FindAsync<string>($"SHOW {name}"), default);
            Assert.Equal("on", await Setting("synchronous_commit"));
            Assert.Equal("30s", await Setting("statement_timeout"));
            Assert.Equal("30s", await Setting("idle_in_transaction_session_timeout"));
            return;
        }

        async Task<object?> Pragma(string name) => await registry.Database.ReadAsync(s => s.FindAsync<object>($"SELECT * FROM pragma_{name}"), default) is IDictionary<string, object> row ? row.Values.First() : null;
        Assert.Equal("wal", await Pragma("journal_mode"));
        Assert.Equal(2L, await Pragma("synchronous"));
        Assert.Equal(1L, await Pragma("foreign_keys"));
        Assert.Equal(0L, await Pragma("trusted_schema"));
    }

    [Fact]
    public async Task Migrating_twice_and_from_two_places_at_once_changes_nothing()
    {
        using var place = new TemporaryDirectory();
        var empty = PostgresCluster.IsAsked ? await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync() : null;
        var options = new RegistryOptions { DataDirectory = place.Path, PublicUrl = "http://registry.test/", Database = empty };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => RegistryAdmin.PrepareAsync(options, TimeProvider.System, default))));
        using var database = RegistryAdmin.OpenDatabase(options, TimeProvider.System);
        var scripts = Migrator.Scripts(database.Dialect);
        Assert.Equal(scripts.Count, await database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM SchemaVersions"), default));
    }

    [Fact]
    public void A_migration_says_which_engine_its_lines_are_for()
    {
        const string Text = "a\n-- @sqlite\nb\n-- @postgres\nc\n-- @both\nd\n";
        Assert.Equal("a\nb\nd\n\n", Migrator.TextFor(SqlDialect.Sqlite, Text));
        Assert.Equal("a\nc\nd\n\n", Migrator.TextFor(SqlDialect.Postgres, Text));
        Assert.Throws<InvalidOperationException>(() => Migrator.TextFor(SqlDialect.Sqlite, "-- @oracle\na\n"));
    }

    [Fact]
    public async Task An_error_and_an_exception_roll_back()
    {
        await using var registry = await TestRegistry.StartAsync();
        static Task Insert(Session session) => session.ExecuteAsync("INSERT INTO tombstones (scope, created_at) VALUES ('s', 1)");
        await registry.Database.WriteAsync<Done>(
            async s =>
            {
                await Insert(s);
                return new ApiError(ApiErrors.MalformedRequest, "x");
            },
            default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => registry.Database.WriteAsync<Done>(
            async s =>
            {
                await Insert(s);
                throw new InvalidOperationException();
            },
            default));
        Assert.Equal(0, await registry.CountAsync("tombstones"));
    }

    [Fact]
    public async Task The_audit_log_cannot_be_changed()
    {
        await using var registry = await TestRegistry.StartAsync();
        await registry.SignInAsync("author");
        Assert.True(await registry.CountAsync("audit_log") > 0);
        foreach (var sql in new[] { "DELETE FROM audit_log", "UPDATE audit_log SET action = 'x'" })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => registry.Database.ChangeAsync(s => s.ExecuteAsync(sql), default));
        }
    }

    [Fact]
    public async Task A_second_process_writes_while_the_first_one_does()
    {
        await using var registry = await TestRegistry.StartAsync();
        using var other = RegistryAdmin.OpenDatabase(registry.Options, registry.Clock);
        var admin = new RegistryAdmin(other, registry.Options);
        var mine = registry.Get<RegistryAdmin>();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
            Assert.Null((await (i % 2 == 0 ? admin : mine).CreateUserAsync($"user{i}", false, default)).Error))));
        Assert.Equal(40, await registry.CountAsync("users"));
    }

    [Fact]
    public async Task Times_and_ids_come_back_as_they_were_written()
    {
        await using var registry = await TestRegistry.StartAsync();
        registry.Clock.Advance(TimeSpan.FromTicks(1234567));
        var created = (await registry.Get<RegistryAdmin>().CreateUserAsync("author", false, default)).Value;
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddMicroseconds(123456), created.CreatedAt);
        Assert.Equal(1, await registry.CountAsync("users", $"id = '{created.Id:D}'"));
        Assert.Equal("invalidBearerToken", (await registry.Get<TokenService>().AuthenticateAsync(new string('x', 40), false, default)).Error?.Code);
    }
}
