using Kiln.Registry.Data;

namespace Kiln.Registry.Catalog;

/// <summary>
/// Which scope names are taken in the eyes of a reader (security.md N1). A name that looks like another one (hyphens; <c>0</c> and <c>o</c>; <c>1</c>, <c>l</c> and <c>i</c>) is refused; one that
/// is a slip of the finger away is only noted in the audit log, because short names have many honest neighbours.
/// </summary>
internal static class NameRules
{
    /// <summary>Shorter names are neighbours of everything.</summary>
    private const int ShortestForSlips = 4;

    private const int MaxNoted = 10;

    /// <summary>What a reader sees; the same as the index <c>scopes_look</c>.</summary>
    public static string LookOf(string name) => Bare(name).Replace('0', 'o').Replace('1', 'l').Replace('i', 'l');

    public static bool IsForbidden(RegistryOptions options, string name) => options.ForbiddenNames.Any(n => Bare(n) == Bare(name));

    public static bool IsReserved(RegistryOptions options, string name) => options.ReservedScopes.Any(n => LookOf(n) == LookOf(name));

    /// <summary>A scope that looks like this one; null when there is none.</summary>
    public static Task<string?> FindLookAlikeAsync(Session session, string scope) => session.FindAsync<string?>(
        """
        SELECT scope FROM scopes WHERE replace(replace(replace(replace(scope, '-', ''), '0', 'o'), '1', 'l'), 'i', 'l') = @look ORDER BY created_at LIMIT 1
        """,
        new { look = LookOf(scope) });

    /// <summary>Scopes whose name differs by one character, or by two neighbours that changed places.</summary>
    public static async Task<IReadOnlyList<string>> ListNeighboursAsync(Session session, string scope)
    {
        var bare = Bare(scope);
        if (bare.Length < ShortestForSlips)
        {
            return [];
        }

        // Names have at most 20 characters: a pass over all of them is a few milliseconds for a hundred thousand, and creating a scope is rare.
        var names = await session.ListAsync<string>(
            "SELECT scope FROM scopes WHERE length(replace(scope, '-', '')) BETWEEN @shortest AND @longest", new { shortest = bare.Length - 1, longest = bare.Length + 1 });
        return [.. names.Where(n => IsSlip(Bare(n), bare)).Order(StringComparer.Ordinal).Take(MaxNoted)];
    }

    internal static bool IsSlip(string a, string b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        var start = 0;
        while (start < shorter.Length && shorter[start] == longer[start])
        {
            start++;
        }

        if (longer.Length - shorter.Length == 1)
        {
            return string.CompareOrdinal(shorter, start, longer, start + 1, int.MaxValue) == 0;
        }

        return longer.Length == shorter.Length && start < shorter.Length
            && (string.CompareOrdinal(shorter, start + 1, longer, start + 1, int.MaxValue) == 0
                || (start + 1 < shorter.Length && shorter[start] == longer[start + 1] && shorter[start + 1] == longer[start]
                    && string.CompareOrdinal(shorter, start + 2, longer, start + 2, int.MaxValue) == 0));
    }

    private static string Bare(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
