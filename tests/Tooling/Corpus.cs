using System.Text.RegularExpressions;

namespace Kiln.Tooling;

/// <summary>The published packages listed in tests/tools/corpora.txt, unpacked.</summary>
internal static partial class Corpus
{
    /// <summary>Folder of every listed package, in the order of the list; the name is <c>scope-name-version</c>.</summary>
    public static IReadOnlyList<string> Packages { get; } =
    [
        .. File.ReadLines(Path.Combine(ToolPaths.Scripts, "corpora.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => FolderName(line.Split(' ')[0])),
    ];

    /// <summary>Every TypeScript file of all packages that is not a test, as a path relative to the corpora, sorted.</summary>
    public static IReadOnlyList<string> TypeScriptFiles()
    {
        var root = ToolPaths.Corpora;
        return
        [
            .. Packages
                .SelectMany(p => Directory.EnumerateFiles(Path.Combine(root, p), "*", SearchOption.AllDirectories))
                .Select(f => Path.GetRelativePath(root, f))
                .Where(f => TypeScriptName().IsMatch(f) && !TestName().IsMatch(f))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string FolderName(string spec)
    {
        var at = spec.LastIndexOf('@');
        return $"{spec[..at].TrimStart('@').Replace('/', '-')}-{spec[(at + 1)..]}";
    }

    [GeneratedRegex(@"\.[mc]?tsx?$", RegexOptions.None, 1000)]
    private static partial Regex TypeScriptName();

    [GeneratedRegex(@"(^|/)(_?tests?|__tests__|__test__|_test|testdata|test-suite|fixtures|benchmarks?|bench)/|[._-](test|spec|bench|test-d)\.[mc]?tsx?$|_test\.ts$", RegexOptions.None, 1000)]
    private static partial Regex TestName();
}
