using System.Reflection;
using System.Text;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kiln.Registry.Data;

/// <summary>Brings the database to the newest schema: numbered SQL files, forward only; which ones an engine runs, ADR 0015 says.</summary>
public static class Migrator
{
    /// <summary>Begins a line that says for which engine the lines after it are: its name, or <c>both</c>, as the first lines of a file are.</summary>
    private const string EngineMark = "-- @";

    /// <summary>Any number: that of Kiln's migrations among the advisory locks of the database.</summary>
    private const long PostgresLock = 0x4B696C6E;

    /// <summary>Creates the file when missing. Of several processes one migrates and the others wait (at most 30 s).</summary>
    /// <exception cref="InvalidOperationException">A migration failed; the message names it.</exception>
    /// <param name="only">The migrations that may run, by name; null: all. For a database that rows of an older schema are put into.</param>
    public static async Task MigrateSqliteAsync(string file, TimeProvider time, CancellationToken cancellation, IReadOnlyCollection<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        ColumnTypes.Register();
        await using var alone = await LockAsync(file + ".migrate", time, cancellation);
        await using var source = new SqliteDataSource(file);
        await using (var connection = (SqliteConnection)await source.OpenConnectionAsync(cancellation))
        {
            await using var wal = connection.CreateCommand();
            wal.CommandText = "PRAGMA journal_mode=WAL;";
            await wal.ExecuteScalarAsync(cancellation);
        }

        Run(DeployChanges.To.SqliteDatabase(source.ConnectionString), Only(Scripts(SqlDialect.Sqlite), only));
    }

    /// <summary>The database exists and is the user's. Of several processes one migrates and the others wait.</summary>
    /// <exception cref="InvalidOperationException">A migration failed; the message names it.</exception>
    /// <exception cref="DatabaseUnavailableException">There is no connection to be had, or none that may do this.</exception>
    /// <param name="only">As for the embedded database.</param>
    public static async Task MigratePostgresAsync(string address, CancellationToken cancellation, IReadOnlyCollection<string>? only = null)
    {
        ColumnTypes.Register();
        var settings = PostgresAddress.Parse(address);
        settings.Pooling = false;
        settings.CommandTimeout = 0; // a large table takes its time
        settings.Options = null;
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellation);
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({PostgresLock})", cancellation); // goes with the connection
            Run(DeployChanges.To.PostgresqlDatabase(settings.ConnectionString), Only(Scripts(SqlDialect.Postgres), only));
            await ExecuteAsync(connection, ByteOrder, cancellation);
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseUnavailableException(e.Message, e)
            {
                // What passes has to do with connections (08), collisions (40), resources (53), objects in use (55) or the operator (57). A wrong password, a missing database or right does not.
                IsTransient = e is not PostgresException { SqlState: var state } || state[..2] is "08" or "40" or "53" or "55" or "57",
            };
        }
    }

    /// <summary>The scripts in order: every engine has all of them, each with the engine's own text.</summary>
    internal static IReadOnlyList<SqlScript> Scripts(SqlDialect engine)
    {
        var assembly = typeof(Migrator).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(n => n.Contains(".Migrations.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .Select(name => new SqlScript(name, TextFor(engine, Read(assembly, name)))),
        ];
    }

    /// <summary>What of a migration's text an engine runs.</summary>
    /// <exception cref="InvalidOperationException">A mark names nobody.</exception>
    internal static string TextFor(SqlDialect engine, string migration)
    {
        var (text, runs) = (new StringBuilder(), true);
        foreach (var line in migration.Split('\n'))
        {
            if (!line.StartsWith(EngineMark, StringComparison.Ordinal))
            {
                text.Append(runs ? line + "\n" : "");
                continue;
            }

            var name = line[EngineMark.Length..].Trim();
            runs = name == "both" || name == engine.Name;
            if (!runs && name != SqlDialect.Sqlite.Name && name != SqlDialect.Postgres.Name)
            {
                throw new InvalidOperationException($"'{line}' names no engine.");
            }
        }

        return text.ToString();
    }

    private static IReadOnlyList<SqlScript> Only(IReadOnlyList<SqlScript> scripts, IReadOnlyCollection<string>? only) => only is null ? scripts : [.. scripts.Where(s => only.Contains(s.Name))];

    private static void Run(UpgradeEngineBuilder builder, IReadOnlyList<SqlScript> scripts)
    {
        var result = builder.WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().LogToNowhere().Build().PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name ?? "of the journal"} failed: {result.Error.Message}", result.Error);
        }
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<FileStream> LockAsync(string file, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
            }
        }
    }

    /// <summary>
    /// Text is compared byte by byte in both engines, whatever language the database was created for: versions are sorted by a key that is made for it. Done to new columns after each
    /// migration, so that migrations need not say it.
    /// </summary>
    private const string ByteOrder =
        """
        DO $$
        DECLARE c record;
        BEGIN
          FOR c IN
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS NULL
              AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE')
          LOOP
            EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
          END LOOP;
        END $$
        """;
}
