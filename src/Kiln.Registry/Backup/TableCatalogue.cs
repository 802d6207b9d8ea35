using Kiln.Registry.Data;

namespace Kiln.Registry.Backup;

/// <summary>
/// Which tables there are. Left out is what a registry makes again by itself: the indexes of the search, the keys of its forms, and what it knows of its own state. New migrations need no change here as long as
/// their columns are text, numbers and booleans.
/// </summary>
internal static class TableCatalogue
{
    private static readonly HashSet<string> Derived = new(StringComparer.OrdinalIgnoreCase)
    {
        "schemaversions", "registry_state", "data_protection_keys", "symbols", "symbol_batches", "symbol_words", "symbol_pieces", "search_subjects", "search_words", "search_pieces",
    };

    /// <summary>Every table comes after those that it refers to.</summary>
    public static async Task<IReadOnlyList<TableShape>> ReadAsync(Session session)
    {
        var sqlite = session.Dialect.Name == "sqlite";
        var names = await session.ListAsync<string>(sqlite
            ? "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name");
        var tables = new List<TableShape>();
        foreach (var name in names.Where(n => !Derived.Contains(n)))
        {
            var columns = await session.ListAsync<ColumnRow>(
                sqlite
                    ? "SELECT name, type FROM pragma_table_xinfo(@name) WHERE hidden = 0 ORDER BY cid"
                    : "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = @name AND is_generated = 'NEVER' ORDER BY ordinal_position",
                new { name });
            var parents = await session.ListAsync<string>(
                sqlite
                    ? "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(@name)"
                    : """
                      SELECT DISTINCT p.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
                      WHERE k.contype = 'f' AND c.relname = @name AND c.relnamespace = current_schema()::regnamespace
                      """,
                new { name });
            tables.Add(new TableShape(name, [.. columns.Where(c => IsPortable(c.Type)).Select(c => new ColumnShape(c.Name, KindOf(c.Type)))], [.. parents.Where(p => p != name)]));
        }

        return Order(tables);
    }

    /// <summary>The names of the migrations that have run, oldest first.</summary>
    public static async Task<IReadOnlyList<string>> ListMigrationsAsync(Session session) =>
        [.. (await session.ListAsync<string>("SELECT ScriptName FROM SchemaVersions")).Order(StringComparer.Ordinal)];

    private static List<TableShape> Order(List<TableShape> tables)
    {
        var (ordered, done) = (new List<TableShape>(), new HashSet<string>(StringComparer.Ordinal));
        var known = tables.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        while (ordered.Count < tables.Count)
        {
            var next = tables.Where(t => !done.Contains(t.Name) && t.DependsOn.All(d => done.Contains(d) || !known.Contains(d))).ToList();
            if (next.Count == 0)
            {
                throw new InvalidOperationException("Tables refer to each other in a circle: rows cannot be put into an order.");
            }

            ordered.AddRange(next);
            done.UnionWith(next.Select(t => t.Name));
        }

        return ordered;
    }

    /// <summary>Not what an engine keeps for its own search.</summary>
    private static bool IsPortable(string type) => !type.Equals("tsvector", StringComparison.OrdinalIgnoreCase);

    private static ColumnKind KindOf(string type) => type.ToUpperInvariant() switch
    {
        "TEXT" or "CHARACTER VARYING" or "" => ColumnKind.Text,
        "BIGINT" or "INTEGER" or "SMALLINT" => ColumnKind.Integer,
        "BOOLEAN" => ColumnKind.Boolean,
        "REAL" or "DOUBLE PRECISION" => ColumnKind.Real,
        "BLOB" or "BYTEA" => ColumnKind.Bytes,
        _ => throw new NotSupportedException($"A column of the type '{type}' cannot be written to a backup."),
    };

    private sealed class ColumnRow
    {
        public string Name { get; set; } = "";

        public string Type { get; set; } = "";
    }
}
