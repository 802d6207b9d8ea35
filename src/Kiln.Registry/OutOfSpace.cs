using Microsoft.Data.Sqlite;

namespace Kiln.Registry;

/// <summary>Tells a full disk from other failures: the operator can mend it, and nothing that was acknowledged is at risk.</summary>
public static class OutOfSpace
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int SqliteFull = 13; // SQLITE_FULL

    public static bool Caused(Exception? exception) => exception switch
    {
        null => false,
        IOException { HResult: NoSpace or QuotaExceeded } => true,
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        _ => Caused(exception.InnerException),
    };
}
