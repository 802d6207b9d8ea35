using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Kiln.Registry.Data;

/// <summary>The embedded database of one process.</summary>
internal sealed class SqliteEngine(string file) : DatabaseEngine
{
    private readonly SqliteDataSource source = new(file);
    private readonly StripedLocks locks = new(64);

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) => source.OpenConnectionAsync(cancellation);

    public override ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        ValueTask.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    public override ValueTask<DateTimeOffset?> NowAsync(DbConnection connection, CancellationToken cancellation) => ValueTask.FromResult<DateTimeOffset?>(null);

    public override ValueTask<(DateTimeOffset? Now, string? Transaction)> BeganAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        ValueTask.FromResult<(DateTimeOffset?, string?)>((null, null));

    /// <summary>Never: a write transaction has the only lock from its first moment on.</summary>
    public override bool IsConflict(Exception failure) => false;

    public override bool IsDuplicate(Exception failure) => false;

    /// <summary>The lock could not be had in time (5), or the file cannot be opened (14).</summary>
    public override bool IsUnavailable(Exception failure) => failure is SqliteException { SqliteErrorCode: 5 or 14 };

    public override void ForgetConnections()
    {
        // A connection to a file does not break.
    }

    public override Task<bool?> FindOutcomeAsync(string transaction, CancellationToken cancellation) => Task.FromResult<bool?>(null);

    public override async Task<IAsyncDisposable> LockAsync(string name, CancellationToken cancellation) => await locks.TakeAsync(name, cancellation);

    public override void Dispose()
    {
        source.Dispose();
        locks.Dispose();
    }
}
