using Kiln.Analysis;
using Kiln.Analysis.Graph;

namespace Kiln.Packages.Npm;

/// <summary>What an import says in the npm package (publishing.md §5.2).</summary>
internal sealed class NpmSpecifiers(ModuleGraph graph, NpmLayout layout)
{
    /// <summary>As in the reference: a chain of declarations that name declarations is followed this far.</summary>
    private const int MaxHops = 10;

    /// <summary>The new text of a specifier of <paramref name="module"/>, or null when it stays.</summary>
    public string? Rewrite(ModuleEntry module, string specifier, SpecifierUse use)
    {
        var found = module.Dependencies.TryGetValue(specifier, out var dependency);
        var target = use == SpecifierUse.Types ? dependency.TypesOrCode : dependency.Code;
        var rewritten = target?.Kind switch
        {
            TargetKind.File when use == SpecifierUse.Types => RelativePaths.Get(module.Path, ImportPathOf(DeclarationsOf(target.Text))) + target.Suffix,
            TargetKind.File => RelativePaths.Get(module.Path, layout.JavaScriptOf(target.Text)) + target.Suffix,

            // The text may differ from what it resolves to: `@ts-types` gives an import other types.
            TargetKind.Package => NpmNames.BareSpecifier(target.Text),

            // The runtime of automatic JSX is asked for under a name that stands nowhere in the file.
            null when !found => NpmNames.BareSpecifier(specifier),
            _ => null,
        };
        return string.Equals(rewritten, specifier, StringComparison.Ordinal) ? null : rewritten;
    }

    /// <summary>The file that describes the types of a module: the one it names itself, else what runs.</summary>
    public string DeclarationsOf(string path)
    {
        for (var hop = 0; hop < MaxHops && graph.Find(path)?.TypesPath is { } types && types != path; hop++)
        {
            path = types;
        }

        return layout.JavaScriptOf(path);
    }

    /// <summary>
    /// How declarations are imported: by the name of the JavaScript that they describe, whether it exists or not. TypeScript forbids importing
    /// <c>.d.ts</c> for values and finds the declarations by that name. (The reference writes <c>.js</c> also for <c>.d.mts</c>, which
    /// TypeScript does not find.)
    /// </summary>
    private static string ImportPathOf(string path) => MediaTypes.FromPath(path) switch
    {
        MediaType.Dts when path.EndsWith(".d.ts", StringComparison.OrdinalIgnoreCase) => path[..^".d.ts".Length] + ".js",
        MediaType.Dmts => path[..^".d.mts".Length] + ".mjs",
        MediaType.Dcts => path[..^".d.cts".Length] + ".cjs",
        _ => path,
    };
}
