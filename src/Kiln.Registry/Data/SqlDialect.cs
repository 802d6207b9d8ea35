using System.Data;
using System.Data.Common;

namespace Kiln.Registry.Data;

/// <summary>What differs between the engines. All other SQL is the common subset of SQLite and PostgreSQL.</summary>
public sealed record SqlDialect(string Name, bool SingleWriter, IsolationLevel WriteIsolation, Func<DbException, bool> IsUniqueViolation)
{
    /// <summary>SQLite: one writer at a time; a write transaction takes its lock at once (the provider sends BEGIN IMMEDIATE for Serializable).</summary>
    public static SqlDialect Sqlite { get; } = new(
        "sqlite",
        SingleWriter: true,
        IsolationLevel.Serializable,
        e => e is Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 2067 or 1555 });
}
