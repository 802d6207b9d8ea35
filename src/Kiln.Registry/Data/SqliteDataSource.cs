using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Kiln.Registry.Data;

/// <summary>Connections to the embedded database with the settings of security.md §3.7.</summary>
public sealed class SqliteDataSource(string file) : DbDataSource
{
    // WAL is a property of the file and set by the migration. FULL: an acknowledged commit survives a power cut.
    // The size limit gives back what a long reader made the log grow by, at the first write after the checkpoint that it held up.
    private const string Settings = "PRAGMA journal_size_limit=67108864; PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;";

    public override string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 10,
    }.ToString();

    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            settings.CommandText = Settings;
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenDbConnection());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        base.Dispose(disposing);
    }
}
