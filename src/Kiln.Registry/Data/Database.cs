using System.Data.Common;

namespace Kiln.Registry.Data;

/// <summary>
/// Reads on connections of their own; writes in short transactions. Where the engine has one writer, writers of this process queue here, in order, instead of
/// spinning on the engine's lock; another process (an <c>admin</c> command) waits by busy timeout.
/// </summary>
public sealed class Database(DbDataSource source, SqlDialect dialect, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim writer = new(dialect.SingleWriter ? 1 : 16);

    public SqlDialect Dialect => dialect;

    public TimeProvider Time => time;

    public async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        return await work(new Session(connection, null, dialect, Now(), cancellation));
    }

    /// <summary>Several reads that must see one state.</summary>
    public async Task<T> SnapshotAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = dialect.SingleWriter && connection is Microsoft.Data.Sqlite.SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        return await work(new Session(connection, transaction, dialect, Now(), cancellation));
    }

    /// <summary>Commits when <paramref name="work"/> gives a value, rolls back when it gives an error or throws.</summary>
    public async Task<Result<T>> WriteAsync<T>(Func<Session, Task<Result<T>>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await writer.WaitAsync(cancellation);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(dialect.WriteIsolation, cancellation);
            var result = await work(new Session(connection, transaction, dialect, Now(), cancellation));
            if (result.Error is null)
            {
                // Not cancellable: whether a cancelled commit happened is anybody's guess.
                await transaction.CommitAsync(CancellationToken.None);
            }

            return result;
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>A write that cannot be refused.</summary>
    public async Task<T> ChangeAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return (await WriteAsync(async session => new Result<T>(await work(session)), cancellation)).Value;
    }

    public void Dispose() => writer.Dispose();

    // Microseconds are what the database keeps: a value read back equals the one written.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
