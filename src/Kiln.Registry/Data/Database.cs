using System.Data;
using System.Data.Common;

namespace Kiln.Registry.Data;

/// <summary>
/// Reads on connections of their own; writes in short transactions. What is given as work may run more than once, when it collided with somebody else's or the connection broke: it
/// touches nothing but its session. Where the engine has one writer, writers of this process queue here, in order, instead of spinning on the engine's lock; another process (an
/// <c>admin</c> command) waits by busy timeout.
/// </summary>
public sealed class Database : IDisposable
{
    private const int MostCollisions = 60;
    private const int MostDuplicates = 3;
    private const int MostBreaks = 3;

    private readonly DatabaseEngine engine;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim? writer;

    internal Database(DatabaseEngine engine, TimeProvider time)
    {
        this.engine = engine;
        this.time = time;
        writer = engine.Dialect.SingleWriter ? new SemaphoreSlim(1) : null;
    }

    public SqlDialect Dialect => engine.Dialect;

    /// <summary>For waiting. What time it is, a session says.</summary>
    public TimeProvider Time => time;

    /// <exception cref="DatabaseUnavailableException">Also of all other methods.</exception>
    public Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RepeatAsync(
            async () =>
            {
                await using var connection = await engine.OpenAsync(cancellation);
                return await work(new Session(connection, null, engine, await engine.NowAsync(connection, cancellation) ?? Now(), cancellation));
            },
            cancellation);
    }

    /// <summary>Several reads that must see one state.</summary>
    public Task<T> SnapshotAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RepeatAsync(
            async () =>
            {
                await using var connection = await engine.OpenAsync(cancellation);
                var now = await engine.NowAsync(connection, cancellation) ?? Now();
                await using var transaction = await engine.BeginSnapshotAsync(connection, cancellation);
                return await work(new Session(connection, transaction, engine, now, cancellation));
            },
            cancellation);
    }

    /// <summary>
    /// Commits when <paramref name="work"/> gives a value, rolls back when it gives an error or throws. What it has read is still so when it commits, as if it had been alone.
    /// </summary>
    public Task<Result<T>> WriteAsync<T>(Func<Session, Task<Result<T>>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return TransactAsync(work, Dialect.WriteIsolation, cancellation);
    }

    /// <summary>A write that cannot be refused.</summary>
    public async Task<T> ChangeAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return (await TransactAsync(async session => new Result<T>(await work(session)), Dialect.WriteIsolation, cancellation)).Value;
    }

    /// <summary>
    /// A write that is right because each of its statements says what it depends on: it names a lease, compares before it sets, or is a single one. Where the engine has weaker isolation,
    /// this has it, and never collides with others.
    /// </summary>
    public async Task<T> FencedAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return (await TransactAsync(async session => new Result<T>(await work(session)), Dialect.FencedIsolation, cancellation)).Value;
    }

    /// <summary>
    /// Runs <paramref name="work"/> alone among all that name the same, in all processes that share the database. Costs a connection for as long, so it must be short; inside, no other such
    /// lock may be taken. A process that was suspended in it may have lost the lock, which it learns at the end.
    /// </summary>
    /// <exception cref="DatabaseUnavailableException">No lock, or it was lost before the end: what was done may have crossed somebody else's work, and has to be done again.</exception>
    public async Task<T> ExclusiveAsync<T>(string name, Func<Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using var alone = await engine.LockAsync(name, cancellation);
        return await work();
    }

    public void Dispose()
    {
        writer?.Dispose();
        engine.Dispose();
    }

    private async Task<Result<T>> TransactAsync<T>(Func<Session, Task<Result<T>>> work, IsolationLevel isolation, CancellationToken cancellation)
    {
        if (writer is null)
        {
            return await RepeatAsync(() => OnceAsync(work, isolation, cancellation), cancellation);
        }

        await writer.WaitAsync(cancellation);
        try
        {
            return await RepeatAsync(() => OnceAsync(work, isolation, cancellation), cancellation);
        }
        finally
        {
            writer.Release();
        }
    }

    private async Task<Result<T>> OnceAsync<T>(Func<Session, Task<Result<T>>> work, IsolationLevel isolation, CancellationToken cancellation)
    {
        await using var connection = await engine.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(isolation, cancellation);
        var (now, name) = await engine.BeganAsync(connection, transaction, cancellation);
        var result = await work(new Session(connection, transaction, engine, now ?? Now(), cancellation));
        if (result.Error is not null)
        {
            return result;
        }

        try
        {
            // Not cancellable: whether a cancelled commit happened is anybody's guess.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (name is not null && engine.IsUnavailable(e))
        {
            // security.md F16: the connection broke, and the commit may have happened.
            engine.ForgetConnections();
            switch (await engine.FindOutcomeAsync(name, CancellationToken.None))
            {
                case true:
                    return result;
                case false:
                    throw;
                default:
                    throw new DatabaseUnavailableException("The connection to the database broke during a commit, and the database cannot be asked what became of it.", e, outcomeUnknown: true);
            }
        }

        return result;
    }

    /// <summary>Repeats what has changed nothing: what collided, often; what lost its connection, a few times.</summary>
    private async Task<T> RepeatAsync<T>(Func<Task<T>> attempt, CancellationToken cancellation)
    {
        int collisions = 0, duplicates = 0, breaks = 0;
        while (true)
        {
            TimeSpan wait;
            try
            {
                return await attempt();
            }
            catch (Exception e) when ((engine.IsConflict(e) && ++collisions < MostCollisions) || (engine.IsDuplicate(e) && ++duplicates < MostDuplicates))
            {
                wait = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * (4 << Math.Min(collisions, 5)));
            }
            catch (Exception e) when (engine.IsUnavailable(e) && !cancellation.IsCancellationRequested)
            {
                if (++breaks >= (Dialect.SingleWriter ? 1 : MostBreaks))
                {
                    throw new DatabaseUnavailableException(Dialect.SingleWriter ? $"The database file cannot be used now: {e.Message}" : "The database cannot be reached.", e);
                }

                engine.ForgetConnections();
                wait = TimeSpan.FromMilliseconds(100 * breaks);
            }

            await Task.Delay(wait, time, cancellation);
        }
    }

    // Microseconds are what the database keeps: a value read back equals the one written.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }
}
