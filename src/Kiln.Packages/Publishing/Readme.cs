namespace Kiln.Packages.Publishing;

/// <summary>Which file introduces the package.</summary>
internal static class Readme
{
    private static readonly string[] Extensions = [".md", ".markdown", ".txt"];

    /// <summary>
    /// The root's <c>README.md</c>, <c>.markdown</c> or <c>.txt</c> in any case; null when there is none. Of several the richest format, then
    /// ordinal order (the reference takes one by chance).
    /// </summary>
    public static string? Find(IEnumerable<string> paths) =>
        paths
            .Select(path => (Path: path, Rank: Array.FindIndex(Extensions, e => path.Equals("/README" + e, StringComparison.OrdinalIgnoreCase))))
            .Where(p => p.Rank >= 0)
            .OrderBy(p => p.Rank).ThenBy(p => p.Path, StringComparer.Ordinal)
            .Select(p => p.Path)
            .FirstOrDefault();
}
