namespace Kiln.Documentation.Links;

/// <summary>What a specifier in a file of the package means: another file of it, or something outside.</summary>
internal static class ModuleSpecifiers
{
    /// <summary>What TypeScript looks for where a specifier names the output or nothing at all.</summary>
    private static readonly (string Ending, string[] Candidates)[] Substitutes =
    [
        (".js", [".ts", ".tsx", ".d.ts", ".jsx"]),
        (".mjs", [".mts", ".d.mts"]),
        (".cjs", [".cts", ".d.cts"]),
        (".jsx", [".tsx"]),
        ("", [".ts", ".tsx", ".d.ts", ".js", ".mts", "/index.ts", "/index.tsx", "/index.d.ts", "/index.js", "/mod.ts"]),
    ];

    public static bool IsRelative(string specifier) =>
        specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal) || specifier is "." or ".."
        || specifier.StartsWith("file:///", StringComparison.Ordinal);

    /// <summary>The module that is meant, as far as the package knows it; null for another one.</summary>
    public static string? Resolve(string file, string specifier, Func<string, bool> isKnown)
    {
        var path = specifier.StartsWith("file:///", StringComparison.Ordinal) ? specifier : Join(file, specifier);
        if (path is null || isKnown(path))
        {
            return path;
        }

        foreach (var (ending, candidates) in Substitutes)
        {
            if (!path.EndsWith(ending, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var candidate in candidates)
            {
                var substitute = path[..^ending.Length] + candidate;
                if (isKnown(substitute))
                {
                    return substitute;
                }
            }
        }

        return null;
    }

    /// <summary>A relative path from a file, both of the package; null where it leaves its root.</summary>
    public static string? Join(string file, string relative)
    {
        const string Scheme = "file://";
        var scheme = file.StartsWith(Scheme, StringComparison.Ordinal) ? Scheme : "";
        var parts = file[scheme.Length..].Split('/').SkipLast(1).ToList();
        foreach (var part in relative.Split('/'))
        {
            switch (part)
            {
                case "." or "":
                    break;
                case ".." when parts.Count <= 1:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return scheme + string.Join('/', parts);
    }
}
