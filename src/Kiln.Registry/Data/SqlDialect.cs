using System.Data;

namespace Kiln.Registry.Data;

/// <summary>What differs between the engines in the text of a statement or in how a transaction is begun. All other SQL is the common subset of SQLite and PostgreSQL.</summary>
public sealed record SqlDialect
{
    /// <summary>
    /// SQLite: one writer at a time; a write transaction takes its lock at once (the provider sends BEGIN IMMEDIATE for Serializable).
    /// </summary>
    public static SqlDialect Sqlite { get; } = new()
    {
        Name = "sqlite", SingleWriter = true, WriteIsolation = IsolationLevel.Serializable, FencedIsolation = IsolationLevel.Serializable, SkipLocked = "",
    };

    /// <summary>
    /// PostgreSQL: what a caller may do is decided by reading and then writing, so it is serializable and repeated when it collides; what a worker does under a lease names the lease in
    /// every statement and needs no more than row locks.
    /// </summary>
    public static SqlDialect Postgres { get; } = new()
    {
        Name = "postgres", SingleWriter = false, WriteIsolation = IsolationLevel.Serializable, FencedIsolation = IsolationLevel.ReadCommitted, SkipLocked = "FOR UPDATE SKIP LOCKED",
    };

    public required string Name { get; init; }

    /// <summary>One process has the database for itself, and one transaction writes at a time.</summary>
    public required bool SingleWriter { get; init; }

    public required IsolationLevel WriteIsolation { get; init; }

    public required IsolationLevel FencedIsolation { get; init; }

    /// <summary>Behind the query that looks for a free row to lease: rows that another transaction is leasing are not waited for.</summary>
    public required string SkipLocked { get; init; }
}
