using Kiln.Registry.Data;

namespace Kiln.Registry.Catalog;

/// <summary>Names that must not be given out again (security.md C7). They outlive the scope or package that they were made for.</summary>
internal static class TombstoneStore
{
    /// <param name="version">Empty for the whole package.</param>
    public static Task AddAsync(Session session, string scope, string name, string version) => session.ExecuteAsync(
        "INSERT INTO tombstones (scope, name, version, created_at) VALUES (@scope, @name, @version, @Now) ON CONFLICT (scope, name, version) DO NOTHING",
        new { scope, name, version, session.Now });

    /// <summary>Whether the name, or one that would be mistaken for it, must not become a package again.</summary>
    public static async Task<bool> BlocksPackageAsync(Session session, string scope, string name) => await session.CountAsync(
        "SELECT COUNT(*) FROM tombstones WHERE scope = @scope AND version = '' AND (name = '' OR replace(name, '-', '') = replace(@name, '-', ''))", new { scope, name }) > 0;

    /// <summary>Whether the version must not be published again.</summary>
    public static async Task<bool> BlocksVersionAsync(Session session, string scope, string name, string version) => await session.CountAsync(
        "SELECT COUNT(*) FROM tombstones WHERE scope = @scope AND name IN ('', @name) AND version IN ('', @version)", new { scope, name, version }) > 0;
}
