using Kiln.Analysis;
using Kiln.Analysis.Graph;

namespace Kiln.Packages.Npm;

/// <summary>What an import says in the npm package (publishing.md §5.2).</summary>
internal sealed class NpmSpecifiers(ModuleGraph graph, NpmLayout layout)
{
    /// <summary>As in the reference: a chain of declarations that name declarations is followed this far.</summary>
    private const int MaxHops = 10;

    private readonly SortedSet<string> emptyModules = new(StringComparer.Ordinal);

    /// <summary>The empty modules that rewritten code imports.</summary>
    public IReadOnlyCollection<string> EmptyModules => emptyModules;

    /// <summary>The new text of a specifier of <paramref name="module"/>, or null when it stays.</summary>
    /// <param name="runs">The text is JavaScript, not TypeScript that only source maps and type checkers read.</param>
    public string? Rewrite(ModuleEntry module, string specifier, SpecifierUse use, bool runs)
    {
        var found = module.Dependencies.TryGetValue(specifier, out var dependency);
        var target = use == SpecifierUse.Types ? dependency.TypesOrCode : dependency.Code;
        var rewritten = target?.Kind switch
        {
            TargetKind.File when use == SpecifierUse.Types => RelativePaths.Get(module.Path, ImportPathOf(DeclarationsOf(target.Text))) + target.Suffix,
            TargetKind.File => RelativePaths.Get(module.Path, CodeOf(target.Text, runs)) + target.Suffix,

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

    private string CodeOf(string path, bool runs)
    {
        if (!runs || graph.Find(path) is not { } module || !MediaTypes.IsDeclaration(module.MediaType))
        {
            return layout.JavaScriptOf(path);
        }

        var empty = layout.EmptyModuleOf(path);
        emptyModules.Add(empty);
        return empty;
    }

    /// <summary>
    /// How declarations are imported: by the name of the JavaScript that they describe, whether it exists or not. TypeScript forbids importing
    /// <c>.d.ts</c> for values and finds the declarations by that name. (The reference writes <c>.js</c> also for <c>.d.mts</c>, which
    /// TypeScript does not find.)
    /// </summary>
    public static string ImportPathOf(string path) => MediaTypes.FromPath(path) switch
    {
        MediaType.Dts when path.EndsWith(".d.ts", StringComparison.OrdinalIgnoreCase) => path[..^".d.ts".Length] + ".js",
        MediaType.Dmts => path[..^".d.mts".Length] + ".mjs",
        MediaType.Dcts => path[..^".d.cts".Length] + ".cjs",
        _ => path,
    };
}
