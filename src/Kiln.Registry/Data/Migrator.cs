using DbUp;
using DbUp.Engine;
using Microsoft.Data.Sqlite;

namespace Kiln.Registry.Data;

/// <summary>Brings the database to the newest schema: numbered SQL files, forward only.</summary>
public static class Migrator
{
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

        var result = DeployChanges.To.SqliteDatabase(source.ConnectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => name.Contains(".Migrations.", StringComparison.Ordinal) && only?.Contains(name) != false)
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {Name(result.ErrorScript)} failed: {result.Error.Message}", result.Error);
        }
    }

    private static string Name(SqlScript? script) => script?.Name ?? "of the journal";

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
}
