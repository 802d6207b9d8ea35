using System.Globalization;
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

    /// <param name="query">Part of <c>@scope/name</c>, or the whole number of the repository.</param>
    public static async Task<Page<Package>> ListAsync(Session session, string query, string order, PageRequest page)
    {
        var isNumber = long.TryParse(query, NumberStyles.None, CultureInfo.InvariantCulture, out var repository);
        var from = @" FROM packages p WHERE ('@' || p.scope || '/' || p.name LIKE lower(@like) ESCAPE '\'" + (isNumber ? " OR p.github_repository_id = @repository)" : ")");
        var arguments = new { like = LikeText.Contains(query), repository, page.Size, page.Offset };
        return new Page<Package>(
            await ReadAsync(session, await session.ListAsync<Key>($"SELECT p.scope, p.name{from} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments)),
            await session.CountAsync("SELECT COUNT(*)" + from, arguments));
    }

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
