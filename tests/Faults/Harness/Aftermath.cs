using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Kiln.Faults.Harness;

/// <summary>What a stopped server's data folder must look like, whatever happened to it (security.md §3.8).</summary>
internal static class Aftermath
{
    /// <param name="published">All versions of the sample package, each of which must be there.</param>
    public static void Check(string data, IReadOnlyCollection<SamplePackage> published)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "kiln.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        database.Open();
        Assert.Equal(["ok"], Query(database, "PRAGMA integrity_check"));
        Assert.Empty(Query(database, "PRAGMA foreign_key_check"));

        // Every task has ended, and each version by exactly one success.
        var expected = published.Select(p => p.Version).Order(StringComparer.Ordinal).ToArray();
        Assert.Empty(Query(database, "SELECT id || ' ' || status FROM publishing_tasks WHERE status <> 'success'"));
        Assert.Empty(Query(database, "SELECT id FROM publishing_tasks WHERE lease IS NOT NULL OR lease_until IS NOT NULL"));
        Assert.Equal(expected, Query(database, "SELECT version FROM publishing_tasks ORDER BY version"));

        // One row, one locked claim on the right bytes, one line in the log.
        Assert.Equal(expected, Query(database, "SELECT version FROM package_versions ORDER BY version"));
        Assert.Equal(
            published.Select(p => $"{p.Version} locked {p.Sha256}").Order(StringComparer.Ordinal),
            Query(database, "SELECT version || ' ' || state || ' ' || tarball_sha256 FROM version_claims ORDER BY version"));
        Assert.Equal(expected, Query(database, "SELECT meta ->> '$.version' AS version FROM audit_log WHERE action = 'publish_version' ORDER BY version"));
        Assert.Empty(Query(database, "SELECT name FROM packages WHERE shown_gen <> meta_gen"));
        foreach (var package in published)
        {
            Assert.Equal(
                package.Files.Select(f => $"{f.Key} {f.Value.Length} sha256-{Convert.ToHexStringLower(SHA256.HashData(f.Value))}").Order(StringComparer.Ordinal),
                Query(database, "SELECT path || ' ' || size || ' ' || checksum AS file FROM package_files WHERE version = $version ORDER BY file", package.Version));
        }

        // What followed is done: every version has its documentation, and the store has these objects and no others.
        Assert.Empty(Query(database, "SELECT kind || ' ' || subject || ' ' || status FROM jobs"));
        Assert.Equal(expected, Query(database, "SELECT version FROM version_docs ORDER BY version"));
        var docs = Path.Combine(data, "objects", "docs");
        Assert.Equal(
            Query(database, "SELECT '@' || scope || '/' || name || '/' || version || '/' || nodes || '.json.gz' AS file FROM version_docs UNION SELECT '@' || scope || '/' || name || '/' || version || '/' || pages || '.pages' FROM version_docs ORDER BY file"),
            Files(docs).Select(f => Path.GetRelativePath(docs, f)).Order(StringComparer.Ordinal));
        Assert.All(Files(docs), f => Assert.StartsWith(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))[..32], Path.GetFileName(f), StringComparison.Ordinal));
        Assert.Empty(Query(database, "SELECT symbol FROM symbols s WHERE NOT EXISTS (SELECT 1 FROM symbol_batches b WHERE b.scope = s.scope AND b.name = s.name AND b.batch = s.batch)"));

        // The uploads of successful publishes are kept; nothing else lies about.
        var uploads = Query(database, "SELECT id || '.tar.gz ' || tarball_sha256 AS upload FROM publishing_tasks WHERE status = 'success' ORDER BY upload");
        Assert.Equal(uploads, Files(Path.Combine(data, "objects", "staging")).Select(f => $"{Path.GetFileName(f)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))}").Order(StringComparer.Ordinal));
        Assert.Empty(Files(Path.Combine(data, "tmp")));

        // The bytes on disk, read without any server.
        var modules = Path.Combine(data, "objects", "modules", "@" + SamplePackage.Scope, SamplePackage.Name);
        foreach (var package in published)
        {
            var folder = Path.Combine(modules, package.Version);
            Assert.Equal(package.Files.Keys.Order(StringComparer.Ordinal), Files(folder).Select(f => f[folder.Length..]).Order(StringComparer.Ordinal));
            Assert.All(package.Files, f => Assert.Equal(f.Value, File.ReadAllBytes(folder + f.Key)));
        }

        Assert.Equal(published.Select(p => p.Version).ToHashSet(StringComparer.Ordinal), PublicView.VersionsIn(File.ReadAllBytes(Path.Combine(modules, "meta.json"))));
    }

    /// <summary>Relative paths below <c>objects</c>, sorted, without the uploads.</summary>
    public static IReadOnlyList<string> ObjectFiles(string data)
    {
        var root = Path.Combine(data, "objects");
        return [.. Files(root).Select(f => Path.GetRelativePath(root, f)).Where(f => !f.StartsWith("staging/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    public static IReadOnlyList<string> Query(SqliteConnection database, string sql, string? version = null)
    {
        using var command = database.CreateCommand();
#pragma warning disable CA2100 // The statements stand in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        if (version is not null)
        {
            command.Parameters.AddWithValue("$version", version);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private static string[] Files(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
}
