using Kiln.Registry.Data;

namespace Kiln.Registry.Integrity;

/// <summary>What the engine can say about itself.</summary>
internal sealed class DatabaseCheck(CheckContext context)
{
    public Task RunAsync(FindingList findings, CancellationToken cancellation) =>
        context.Database.ReadAsync(session => context.Database.Dialect.Name == "sqlite" ? SqliteAsync(session, findings) : PostgresAsync(session, findings), cancellation);

    private async Task<Done> SqliteAsync(Session session, FindingList findings)
    {
        var lines = (await session.ListAsync<string>(context.Options.Quick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)")).Where(l => l != "ok").ToList();
        if (lines.Count > 0)
        {
            findings.Add(FindingKinds.DatabaseCorrupt, "database", string.Join("; ", lines));
        }

        // By key, because a row may break several, and rows of some tables have no number.
        foreach (var broken in await session.ListAsync<BrokenKey>(
            "SELECT \"table\" AS child, parent, fkid AS number, COUNT(*) AS row_count, MIN(rowid) AS first FROM pragma_foreign_key_check GROUP BY \"table\", parent, fkid LIMIT 100"))
        {
            findings.Add(
                FindingKinds.ForeignKeyBroken, $"{broken.Child} key {broken.Number}",
                $"It refers to rows of {broken.Parent} that do not exist in {broken.RowCount} of its rows{(broken.First is { } first ? $", first in row {first}" : "")}.");
        }

        return default;
    }

    /// <summary>PostgreSQL checks pages by itself (data checksums); what SQL can tell is whether every rule is in force, and whether the rows obey.</summary>
    private static async Task<Done> PostgresAsync(Session session, FindingList findings)
    {
        foreach (var name in await session.ListAsync<string>(
            """
            SELECT conrelid::regclass::text || '.' || conname FROM pg_constraint
            WHERE connamespace = current_schema()::regnamespace AND NOT convalidated
            UNION ALL
            SELECT indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid
            """))
        {
            findings.Add(FindingKinds.ConstraintNotEnforced, name, "It is not enforced.");
        }

        var keys = await session.ListAsync<ForeignKey>(
            """
            SELECT c.conname AS name, c.conrelid::regclass::text AS child, c.confrelid::regclass::text AS parent,
              (SELECT string_agg('c.' || quote_ident(a.attname) || ' = p.' || quote_ident(b.attname), ' AND ' ORDER BY k.n)
               FROM unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(child_column, parent_column, n)
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.child_column
               JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.parent_column) AS condition,
              (SELECT string_agg('c.' || quote_ident(a.attname) || ' IS NOT NULL', ' AND ')
               FROM unnest(c.conkey) AS k(n) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n) AS present
            FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace
            """);
        foreach (var key in keys)
        {
            // All names come from the catalogue, quoted by the database itself.
            var broken = await session.CountAsync($"SELECT COUNT(*) FROM {key.Child} c WHERE {key.Present} AND NOT EXISTS (SELECT 1 FROM {key.Parent} p WHERE {key.Condition})");
            if (broken > 0)
            {
                findings.Add(FindingKinds.ForeignKeyBroken, $"{key.Child}.{key.Name}", $"It refers to rows of {key.Parent} that do not exist in {broken} of its rows.");
            }
        }

        return default;
    }

    private sealed class BrokenKey
    {
        public string Child { get; set; } = "";

        public string Parent { get; set; } = "";

        public int Number { get; set; }

        public long RowCount { get; set; }

        public long? First { get; set; }
    }

    private sealed class ForeignKey
    {
        public string Name { get; set; } = "";

        public string Child { get; set; } = "";

        public string Parent { get; set; } = "";

        public string Condition { get; set; } = "";

        public string Present { get; set; } = "";
    }
}
