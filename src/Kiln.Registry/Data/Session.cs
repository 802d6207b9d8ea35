using System.Data.Common;
using Dapper;

namespace Kiln.Registry.Data;

/// <summary>A connection, perhaps with a transaction, on which the stores run their statements.</summary>
public sealed class Session
{
    private readonly DbConnection connection;
    private readonly DbTransaction? transaction;
    private readonly DatabaseEngine engine;
    private readonly CancellationToken cancellation;

    internal Session(DbConnection connection, DbTransaction? transaction, DatabaseEngine engine, DateTimeOffset now, CancellationToken cancellation)
    {
        this.connection = connection;
        this.transaction = transaction;
        this.engine = engine;
        this.cancellation = cancellation;
        Now = now;
    }

    public SqlDialect Dialect => engine.Dialect;

    /// <summary>One time for all rows of a transaction; the database's where several processes share it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Number of rows changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? arguments = null) => connection.ExecuteAsync(Command(sql, arguments));

    /// <summary>The first row, or null.</summary>
    public Task<T?> FindAsync<T>(string sql, object? arguments = null) => connection.QueryFirstOrDefaultAsync<T>(Command(sql, arguments));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? arguments = null) => (await connection.QueryAsync<T>(Command(sql, arguments))).AsList();

    public async Task<long> CountAsync(string sql, object? arguments = null) => await connection.ExecuteScalarAsync<long>(Command(sql, arguments));

    /// <summary>Rows one by one; a row is valid until the next one is asked for.</summary>
    public async IAsyncEnumerable<System.Data.IDataRecord> StreamAsync(string sql)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(sql, null));
        while (await reader.ReadAsync(cancellation))
        {
            yield return reader;
        }
    }

    private CommandDefinition Command(string sql, object? arguments) => new(sql, engine.Arguments(arguments), transaction, cancellationToken: cancellation);
}
