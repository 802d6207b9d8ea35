using Kiln.Analysis;
using Kiln.Analysis.Graph;

namespace Kiln.Packages.Npm;

/// <summary>What an import says in the npm package (publishing.md §5.2).</summary>
internal sealed class NpmSpecifiers(ModuleGraph graph, NpmLayout layout)
{
    /// <summary>As in the reference: a chain of declarations that name declarations is followed this far.</summary>
    private const int MaxHops = 10;

    private const string TypesScope = "@types/";

    private readonly SortedSet<string> emptyModules = new(StringComparer.Ordinal);
    private readonly HashSet<PackageDependency> asked = [];

    /// <summary>The empty modules that rewritten code imports.</summary>
    public IReadOnlyCollection<string> EmptyModules => emptyModules;

    /// <summary>Packages that the code asks for in ways that the module graph does not follow.</summary>
    public IReadOnlyCollection<PackageDependency> Asked => asked;

    /// <summary>The new text of a specifier of <paramref name="module"/>, or null when it stays.</summary>
    /// <param name="output">The file in which the new text will stand.</param>
    /// <param name="runs">The text is JavaScript, not TypeScript that only source maps and type checkers read.</param>
    public string? Rewrite(ModuleEntry module, string output, string specifier, SpecifierUse use, bool runs)
    {
        if (use == SpecifierUse.JsxImportSource)
        {
            return NpmNames.BareSpecifier(specifier);
        }

        var forTypes = use is SpecifierUse.Types or SpecifierUse.TypesFile;
        ResolvedTarget? target;
        if (module.Dependencies.TryGetValue(specifier, out var dependency))
        {
            // What only types are imported from has no meaning for code; sources name it all the same.
            target = forTypes ? dependency.TypesOrCode : runs ? dependency.Code : dependency.Code ?? dependency.Types;
        }
        else
        {
            target = graph.Resolve(module.Path, specifier, use);
            if (target.Kind == TargetKind.File && graph.Find(target.Text) is null)
            {
                return null;
            }

            if (target.Dependency is { } package)
            {
                asked.Add(package);
            }
        }

        var rewritten = target?.Kind switch
        {
            TargetKind.File => RelativePaths.Get(output, FileOf(target.Text, use, runs)) + target.Suffix,

            // The text may differ from what it resolves to: `@ts-types` gives an import other types.
            TargetKind.Package => NpmNames.BareSpecifier(target.Text) is { } name && forTypes ? WithoutTypesScope(name) : NpmNames.BareSpecifier(target.Text),
            _ => null,
        };
        return string.Equals(rewritten, specifier, StringComparison.Ordinal) ? null : rewritten;
    }

    /// <summary>The file that describes the types of a module: the one it names itself, else what was generated, else what runs.</summary>
    public string DeclarationsOf(string path)
    {
        for (var hop = 0; hop < MaxHops && graph.Find(path)?.TypesPath is { } types && types != path; hop++)
        {
            path = types;
        }

        return layout.DeclarationsOf(path);
    }

    /// <summary>The module that runs in the place of a declaration file.</summary>
    public string EmptyModuleOf(string declaration)
    {
        var empty = layout.EmptyModuleOf(declaration);
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

    private string FileOf(string path, SpecifierUse use, bool runs)
    {
        switch (use)
        {
            case SpecifierUse.Types:
                return ImportPathOf(DeclarationsOf(path));
            case SpecifierUse.TypesFile:
                var declarations = DeclarationsOf(path);
                return MediaTypes.IsDeclaration(MediaTypes.FromPath(declarations)) ? declarations : path;
            default:
                return runs && graph.Find(path) is { } module && MediaTypes.IsDeclaration(module.MediaType) ? EmptyModuleOf(path) : layout.JavaScriptOf(path);
        }
    }

    /// <summary>TypeScript wants <c>lodash</c> for the package <c>@types/lodash</c>, and <c>@babel/core</c> for <c>@types/babel__core</c>.</summary>
    private static string WithoutTypesScope(string name)
    {
        if (!name.StartsWith(TypesScope, StringComparison.Ordinal))
        {
            return name;
        }

        var rest = name[TypesScope.Length..];
        var scopeEnd = rest.IndexOf("__", StringComparison.Ordinal);
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return scopeEnd > 0 && (slash < 0 || scopeEnd < slash) ? $"@{rest[..scopeEnd]}/{rest[(scopeEnd + 2)..]}" : rest;
    }
}
