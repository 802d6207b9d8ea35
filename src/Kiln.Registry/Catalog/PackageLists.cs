using Kiln.Registry.Administration;
using Kiln.Registry.Data;

namespace Kiln.Registry.Catalog;

/// <summary>Packages in other orders than a scope's own. Each is read by itself: these lists are short, and few ask for them.</summary>
internal static class PackageLists
{
    public static readonly ListOrder Order = new(
        "p.scope, p.name",
        ("scope", "p.scope", false), ("name", "p.name", false), ("is_archived", "p.is_archived", false), ("when_featured", "p.when_featured", true), ("updated_at", "p.updated_at", true),
        ("created_at", "p.created_at", true));

    /// <param name="query">Part of <c>@scope/name</c>.</param>
    public static async Task<Page<Package>> ListAsync(Session session, string query, string order, PageRequest page)
    {
        const string From = @" FROM packages p WHERE '@' || p.scope || '/' || p.name LIKE lower(@like) ESCAPE '\'";
        var arguments = new { like = LikeText.Contains(query), page.Size, page.Offset };
        return new Page<Package>(
            await ReadAsync(session, await session.ListAsync<Key>($"SELECT p.scope, p.name{From} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments)),
            await session.CountAsync("SELECT COUNT(*)" + From, arguments));
    }

    /// <summary>What a user published last, at most ten.</summary>
    public static async Task<IReadOnlyList<Package>> ListOfPublisherAsync(Session session, Guid userId) => await ReadAsync(
        session,
        await session.ListAsync<Key>(
            """
            SELECT p.scope, p.name FROM packages p
            JOIN (SELECT scope, name, MAX(created_at) AS latest FROM package_versions WHERE user_id = @userId GROUP BY scope, name) v ON v.scope = p.scope AND v.name = p.name
            WHERE p.is_archived = FALSE ORDER BY v.latest DESC, p.scope, p.name LIMIT 10
            """,
            new { userId }));

    private static async Task<IReadOnlyList<Package>> ReadAsync(Session session, IReadOnlyList<Key> keys)
    {
        var packages = new List<Package>();
        foreach (var key in keys)
        {
            if (await PackageStore.FindAsync(session, key.Scope, key.Name) is { } package)
            {
                packages.Add(package);
            }
        }

        return packages;
    }

    private sealed class Key
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";
    }
}
