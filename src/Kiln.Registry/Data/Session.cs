using System.Data.Common;
using Dapper;

namespace Kiln.Registry.Data;

/// <summary>A connection, perhaps with a transaction, on which the stores run their statements.</summary>
public sealed class Session(DbConnection connection, DbTransaction? transaction, SqlDialect dialect, DateTimeOffset now, CancellationToken cancellation)
{
    public SqlDialect Dialect { get; } = dialect;

    /// <summary>One time for all rows of a transaction.</summary>
    public DateTimeOffset Now { get; } = now;

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

    private CommandDefinition Command(string sql, object? arguments) => new(sql, arguments, transaction, cancellationToken: cancellation);
}
