using Kiln.Clients.Server;
using Microsoft.Data.Sqlite;

namespace Kiln.Clients.BadInput;

/// <summary>What a server has kept: the files of its stores and its temporary folder, and the number of rows of every table.</summary>
internal sealed record Traces(SortedSet<string> Files, SortedDictionary<string, long> Rows)
{
    /// <summary>What there is before a request that must leave nothing: taken when the work that follows earlier publishes is done.</summary>
    public static async Task<Traces> BeforeAsync(KilnServer server)
    {
        for (var attempt = 0; ; attempt++)
        {
            using (var connection = Open(server, SqliteOpenMode.ReadOnly))
            {
                var jobs = Column(connection, "SELECT kind || ' ' || subject || ' ' || status FROM jobs");
                if (jobs.Count == 0)
                {
                    return Of(server);
                }

                Assert.True(attempt < 1200, "not done within a minute: " + string.Join(", ", jobs));
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Reads the database file beside the running server.</summary>
    private static Traces Of(KilnServer server)
    {
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using (var connection = Open(server, SqliteOpenMode.ReadOnly))
        {
            foreach (var table in Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
            {
                rows[table] = long.Parse(Column(connection, $"SELECT count(*) FROM \"{table}\"").Single(), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in new[] { "objects", "tmp" }.Select(f => Path.Combine(server.Data, f)).Where(Directory.Exists))
        {
            files.UnionWith(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(server.Data, f)));
        }

        // A layout that this does not know would make every comparison true.
        Assert.Contains(files, f => f.StartsWith("objects/modules/", StringComparison.Ordinal));
        Assert.Contains(files, f => f.StartsWith("objects/npm/", StringComparison.Ordinal));
        return new Traces(files, rows);
    }

    /// <summary>Lets a token's time be over.</summary>
    public static void Expire(KilnServer server, string token)
    {
        using var connection = Open(server, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE tokens SET expires_at = 1 WHERE hash = $hash";
        command.Parameters.AddWithValue("$hash", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token))));
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>
    /// Nothing was added but, where a task was made, its row, which tells why it failed, and the line of the log that says who sent it. The staged upload goes just after the task's end is
    /// written (the other order could lose it), so it is given a moment.
    /// </summary>
    public static async Task MustBecomeAsync(KilnServer server, Traces before, bool failedTask)
    {
        var expected = new SortedDictionary<string, long>(before.Rows, StringComparer.Ordinal);
        expected["publishing_tasks"] += failedTask ? 1 : 0;
        expected["audit_log"] += failedTask ? 1 : 0; // that the upload was taken
        var now = Of(server);
        for (var attempt = 0; attempt < 100 && !now.Files.SetEquals(before.Files); attempt++)
        {
            await Task.Delay(30);
            now = Of(server);
        }

        Assert.Equal([], now.Files.Except(before.Files));
        Assert.Equal([], before.Files.Except(now.Files));
        Assert.Equal(expected, now.Rows);
    }

    private static SqliteConnection Open(KilnServer server, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(server.Data, "kiln.db"), Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        connection.Open();
        return connection;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The only names that are put into SQL are those that SQLite itself lists.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }
}
