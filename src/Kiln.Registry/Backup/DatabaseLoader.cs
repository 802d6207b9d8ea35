using System.Globalization;
using System.Text;
using Dapper;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Jobs;
using Kiln.Registry.Search;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>Puts the rows of a backup into an empty database, whatever its engine, in one transaction.</summary>
internal sealed class DatabaseLoader(Database database, IObjectStore backup)
{
    /// <summary>Below every engine's limit of parameters.</summary>
    private const int Parameters = 900;

    // Rows in one of these mean that somebody uses the registry.
    private static readonly string[] Telling = ["users", "scopes", "packages", "package_versions", "publishing_tasks", "audit_log"];

    public Task<bool> IsEmptyAsync(CancellationToken cancellation) => database.ReadAsync(
        async session =>
        {
            foreach (var table in Telling)
            {
                if (await session.CountAsync($"SELECT COUNT(*) FROM {table}") > 0)
                {
                    return false;
                }
            }

            return true;
        },
        cancellation);

    /// <summary>Gives the number of rows.</summary>
    /// <exception cref="InvalidDataException">The backup is damaged; nothing has changed.</exception>
    public Task<long> LoadAsync(BackupManifest manifest, IProgress<WorkProgress>? progress, CancellationToken cancellation) => database.ChangeAsync(
        async session =>
        {
            var shapes = await TableCatalogue.ReadAsync(session);
            foreach (var shape in shapes.Reverse())
            {
                if (!Telling.Contains(shape.Name))
                {
                    await session.ExecuteAsync($"DELETE FROM \"{shape.Name}\""); // what migrations put there is in the backup too
                }
            }

            var rows = 0L;
            foreach (var shape in shapes)
            {
                if (manifest.Tables.FirstOrDefault(t => t.Name == shape.Name) is { } table)
                {
                    progress?.Report(new WorkProgress($"table {table.Name}", rows, 0));
                    rows += await LoadTableAsync(session, shape, table, cancellation);
                }
                else
                {
                    throw new InvalidDataException($"The backup has no table '{shape.Name}'.");
                }
            }

            await FinishAsync(session, manifest);
            await RegistryState.SetAsync(session, RegistryState.Restored, new RestoreMarker(manifest.Name, session.Now, RowsLoaded: true));
            return rows;
        },
        cancellation);

    private async Task<long> LoadTableAsync(Session session, TableShape shape, BackupTable table, CancellationToken cancellation)
    {
        // Columns that only the other engine has are made by itself.
        var kinds = table.Columns.Select(c => Enum.Parse<ColumnKind>(c.Kind, ignoreCase: true)).ToList();
        var taken = table.Columns.Select((c, i) => (c.Name, Index: i)).Where(c => shape.Columns.Any(s => s.Name == c.Name)).ToList();
        var atOnce = Math.Max(1, Parameters / Math.Max(1, taken.Count));
        var (batch, rows) = (new List<object?[]>(atOnce), 0L);
        await foreach (var line in PartReader.LinesAsync(backup, table.Parts, cancellation))
        {
            batch.Add(RowCodec.Read(line, kinds));
            rows++;
            if (batch.Count == atOnce)
            {
                await InsertAsync(session, shape.Name, taken, batch);
                batch.Clear();
            }
        }

        await InsertAsync(session, shape.Name, taken, batch);
        return rows == table.Rows ? rows : throw new InvalidDataException($"The table '{table.Name}' of the backup has {rows} rows, not {table.Rows}.");
    }

    private static async Task InsertAsync(Session session, string table, List<(string Name, int Index)> columns, List<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var (sql, values) = (new StringBuilder(), new DynamicParameters());
        sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) ");
        if (session.Dialect.Name != "sqlite")
        {
            sql.Append("OVERRIDING SYSTEM VALUE "); // numbers of rows are part of what is restored
        }

        sql.Append("VALUES ");
        for (var row = 0; row < rows.Count; row++)
        {
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns.Count; column++)
            {
                var value = rows[row][columns[column].Index];
                if (value is null)
                {
                    sql.Append(column == 0 ? "NULL" : ", NULL"); // a parameter without a value has no type
                    continue;
                }

                var name = string.Create(CultureInfo.InvariantCulture, $"p{row}_{column}");
                sql.Append(column == 0 ? "@" : ", @").Append(name);
                values.Add(name, value);
            }

            sql.Append(')');
        }

        await session.ExecuteAsync(sql.ToString(), values);
    }

    private static async Task FinishAsync(Session session, BackupManifest manifest)
    {
        // Whoever had a lease is on another machine, or dead.
        await session.ExecuteAsync("UPDATE publishing_tasks SET lease = NULL, lease_until = NULL WHERE lease IS NOT NULL");
        await session.ExecuteAsync("UPDATE jobs SET status = 'waiting', lease = NULL, lease_until = NULL WHERE status = 'running'");

        // Versions whose objects were deleted while the backup was made: the deletion is finished, the numbers stay taken.
        foreach (var subject in manifest.Deleted.Select(JobSubject.Parse))
        {
            await session.ExecuteAsync("DELETE FROM package_versions WHERE scope = @Scope AND name = @Name AND version = @Version", subject);
            await session.ExecuteAsync(
                "INSERT INTO tombstones (scope, name, version, created_at) VALUES (@Scope, @Name, @Version, @Now) ON CONFLICT (scope, name, version) DO NOTHING",
                new { subject.Scope, subject.Name, subject.Version, session.Now });
        }

        // The search is made again, package by package.
        await session.ExecuteAsync(
            """
            INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at)
            SELECT @kind, '@' || scope || '/' || name, 'waiting', @priority, @Now, @Now, @Now FROM version_docs GROUP BY scope, name
            ON CONFLICT (kind, subject) DO NOTHING
            """,
            new { kind = SymbolJob.JobKind, priority = (int)JobPriority.Backfill, session.Now });
        await PackageSearchJob.QueueAllAsync(session);
        if (session.Dialect.Name != "sqlite")
        {
            foreach (var (table, column) in await session.ListAsync<(string, string)>(
                """
                SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
                """))
            {
                await session.ExecuteAsync($"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), (SELECT COALESCE(MAX(\"{column}\"), 0) + 1 FROM \"{table}\"), FALSE)");
            }
        }

        await AuditLog.AppendAsync(session, null, sudo: true, "restore", new { backup = manifest.Name, manifest.StartedAt, manifest.Engine });
    }
}
