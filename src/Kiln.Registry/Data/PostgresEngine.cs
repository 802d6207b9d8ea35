using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Kiln.Registry.Data;

/// <summary>A PostgreSQL database that several processes share.</summary>
internal sealed class PostgresEngine : DatabaseEngine
{
    /// <summary>How long the fate of one transaction is looked for.</summary>
    private static readonly TimeSpan OutcomePatience = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource lockSource;
    private readonly TimeProvider time;
    private readonly DatabaseClock? clock;

    // Of one process; each waits or holds on a connection of its own.
    private readonly StripedLocks locks = new(16);

    /// <param name="ownClock">The process's clock decides and not the database's: for tests that move it.</param>
    public PostgresEngine(string address, TimeProvider time, bool ownClock)
    {
        this.time = time;
        clock = ownClock ? null : new DatabaseClock(time);
        var settings = PostgresAddress.Parse(address);
        source = NpgsqlDataSource.Create(settings);
        settings.ApplicationName = "kiln lock";
        settings.MaxPoolSize = 16;
        settings.ConnectionIdleLifetime = 20;
        settings.ConnectionPruningInterval = 5;

        // A process that stands still must not keep others out for ever: the server takes the connection, and with it the lock. Whoever wakes up then is told at the end.
        settings.Options = "-c idle_session_timeout=60s";
        settings.CommandTimeout = 0; // a wait for a lock is ended by its caller
        lockSource = NpgsqlDataSource.Create(settings);
    }

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) => await source.OpenConnectionAsync(cancellation);

    public override async ValueTask<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public override async ValueTask<DateTimeOffset?> NowAsync(DbConnection connection, CancellationToken cancellation)
    {
        if (clock is not null && clock.Now is null)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint";
            clock.Learn(ToTime((long)(await command.ExecuteScalarAsync(cancellation))!));
        }

        return clock?.Now is { } now ? Truncate(now) : null;
    }

    public override async ValueTask<(DateTimeOffset? Now, string? Transaction)> BeganAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint, pg_current_xact_id()::text";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var now = ToTime(reader.GetInt64(0));
        clock?.Learn(now);
        return (clock is null ? null : now, reader.GetString(1));
    }

    public override bool IsConflict(Exception failure) => failure is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    public override bool IsDuplicate(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsUnavailable(Exception failure) => failure switch
    {
        PostgresException e => e.SqlState.StartsWith("08", StringComparison.Ordinal) || e.SqlState.StartsWith("53", StringComparison.Ordinal) || e.SqlState is
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or "25P03"
            or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.InvalidCatalogName or "57P05",
        NpgsqlException e => e.IsTransient || e.InnerException is IOException or SocketException or TimeoutException,
        SocketException => true,

        // Disposing a transaction, or opening the next reader, on a connection that has just broken.
        InvalidOperationException { Source: "Npgsql" } or ObjectDisposedException { ObjectName: "NpgsqlConnection" or "NpgsqlTransaction" } => true,
        _ => false,
    };

    public override void ForgetConnections() => source.Clear();

    public override async Task<bool?> FindOutcomeAsync(string transaction, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < OutcomePatience)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellation);
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT pg_xact_status(@id::xid8)";
                command.Parameters.AddWithValue("id", transaction);
                switch (await command.ExecuteScalarAsync(cancellation) as string)
                {
                    case "committed":
                        return true;
                    case "aborted":
                        return false;
                    case "in progress":
                        break; // the server has not noticed yet that the connection is gone
                    default:
                        return null; // forgotten: it was long ago
                }
            }
            catch (Exception e) when (IsUnavailable(e))
            {
                ForgetConnections();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
        }

        return null;
    }

    public override async Task<IAsyncDisposable> LockAsync(string name, CancellationToken cancellation)
    {
        // First among the tasks of this process: those that wait cost no connection.
        var here = await locks.TakeAsync(name, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            NpgsqlConnection? connection = null;
            try
            {
                connection = await lockSource.OpenConnectionAsync(cancellation);
                await ExecuteAsync(connection, "SELECT pg_advisory_lock(hashtextextended(@name, 0))", name, cancellation);
                return new AdvisoryLock(this, here, connection, name);
            }
            catch (Exception e)
            {
                if (connection is not null)
                {
                    await connection.DisposeAsync();
                }

                lockSource.Clear();
                if (IsUnavailable(e) && attempt < 3 && !cancellation.IsCancellationRequested)
                {
                    continue; // an idle connection that the server had ended
                }

                await here.DisposeAsync();
                if (IsUnavailable(e))
                {
                    throw new DatabaseUnavailableException("The database could not be reached for a lock.", e);
                }

                throw;
            }
        }
    }

    public override object? Arguments(object? arguments) => PostgresArguments.Wrap(arguments);

    public override void Dispose()
    {
        source.Dispose();
        lockSource.Dispose();
        locks.Dispose();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("name", name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static DateTimeOffset ToTime(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset Truncate(DateTimeOffset now) => new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private sealed class AdvisoryLock(PostgresEngine engine, IAsyncDisposable here, NpgsqlConnection connection, string name) : IAsyncDisposable
    {
        /// <summary>Throws when the lock was lost on the way: then somebody else may have done the same meanwhile.</summary>
        public async ValueTask DisposeAsync()
        {
            try
            {
                await ExecuteAsync(connection, "SELECT pg_advisory_unlock(hashtextextended(@name, 0))", name, CancellationToken.None);
            }
            catch (Exception e) when (engine.IsUnavailable(e))
            {
                engine.lockSource.Clear();
                throw new DatabaseUnavailableException($"The connection that held the lock '{name.ToString(CultureInfo.InvariantCulture)}' broke.", e);
            }
            finally
            {
                await connection.DisposeAsync();
                await here.DisposeAsync();
            }
        }
    }
}
