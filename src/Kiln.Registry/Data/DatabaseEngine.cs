using System.Data.Common;

namespace Kiln.Registry.Data;

/// <summary>What an engine does otherwise than by a statement's text: connecting, telling failures apart, the clock, exclusion between processes.</summary>
internal abstract class DatabaseEngine : IDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>An open connection of this process's pool.</summary>
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>For several reads that must see one state.</summary>
    public abstract ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>The database's clock, when it decides; null when the process's does. Asks the database only when the last answer is old.</summary>
    public abstract ValueTask<DateTimeOffset?> NowAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>The first thing in a write transaction: its time, and the name by which <see cref="FindOutcomeAsync"/> knows it; both null where they mean nothing.</summary>
    public abstract ValueTask<(DateTimeOffset? Now, string? Transaction)> BeganAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation);

    /// <summary>Two transactions wanted the same; the one that failed has changed nothing and may be repeated.</summary>
    public abstract bool IsConflict(Exception failure);

    /// <summary>A key exists. Two may have inserted it that both had looked; whoever repeats sees the other one's row.</summary>
    public abstract bool IsDuplicate(Exception failure);

    /// <summary>The database is not there, or the connection to it broke.</summary>
    public abstract bool IsUnavailable(Exception failure);

    /// <summary>Forgets idle connections: one has broken, and the others broke with it.</summary>
    public abstract void ForgetConnections();

    /// <summary>What became of a transaction whose commit was not answered. Null: nobody can tell.</summary>
    public abstract Task<bool?> FindOutcomeAsync(string transaction, CancellationToken cancellation);

    /// <summary>See <see cref="Database.ExclusiveAsync"/>.</summary>
    public abstract Task<IAsyncDisposable> LockAsync(string name, CancellationToken cancellation);

    /// <summary>How the engine wants arguments that Dapper would pass otherwise.</summary>
    public virtual object? Arguments(object? arguments) => arguments;

    public abstract void Dispose();
}
