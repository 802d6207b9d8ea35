using Kiln.Analysis;
using Kiln.Packages.Files;

namespace Kiln.Packages.Unfurling;

/// <summary>Finds the file that a specifier without its true extension means (publishing.md §2.3).</summary>
internal static class SloppyImports
{
    private static readonly string[] NoExtensionCode = [".ts", ".js", ".tsx", ".jsx", ".mts", ".mjs"];
    private static readonly string[] NoExtensionTypes = [".ts", ".tsx", ".mts", ".d.ts", ".d.mts", ".d.cts", ".js", ".jsx", ".mjs"];
    private static readonly string[] IndexCode = [".ts", ".mts", ".tsx", ".js", ".mjs", ".jsx"];
    private static readonly string[] IndexTypes = [".ts", ".mts", ".d.ts", ".d.mts", ".js", ".mjs", ".tsx", ".jsx"];

    /// <summary>The file, or the path itself when nothing better is there.</summary>
    public static string Probe(IFileTree tree, string path, SpecifierUse use)
    {
        var kind = tree.KindOf(path);
        var dot = path.LastIndexOf('.');
        var hasExtension = dot > path.LastIndexOf('/') + 1;
        var stem = hasExtension ? path[..dot] : path;
        var extension = hasExtension ? path[dot..] : "";
        var isTypes = use == SpecifierUse.Types;
        if (kind == FileKind.File)
        {
            return isTypes ? First(tree, stem, extension switch
            {
                ".js" => [".d.ts"],
                ".mjs" => [".d.mts", ".d.ts"],
                ".cjs" => [".d.cts", ".d.ts"],
                _ => [],
            }) ?? path : path;
        }

        var found = extension switch
        {
            ".js" => First(tree, stem, isTypes ? [".ts", ".tsx", ".d.ts"] : [".ts", ".tsx"]),
            ".jsx" => First(tree, stem, [".tsx"]),
            ".mjs" => First(tree, stem, isTypes ? [".mts", ".d.mts", ".d.ts"] : [".mts"]),
            ".cjs" => First(tree, stem, isTypes ? [".cts", ".d.cts", ".d.ts"] : [".cts"]),
            _ when MediaTypes.FromPath(path) != MediaType.Unknown => null,
            _ => First(tree, path, isTypes ? NoExtensionTypes : NoExtensionCode),
        };
        return found ?? (kind == FileKind.Folder ? First(tree, TreePath.Join(path, "index"), isTypes ? IndexTypes : IndexCode) : null) ?? path;
    }

    private static string? First(IFileTree tree, string stem, ReadOnlySpan<string> extensions)
    {
        foreach (var extension in extensions)
        {
            if (tree.KindOf(stem + extension) == FileKind.File)
            {
                return stem + extension;
            }
        }

        return null;
    }
}
