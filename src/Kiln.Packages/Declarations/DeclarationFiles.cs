using Kiln.Analysis;
using Kiln.Analysis.Declarations;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Analysis.Symbols;
using Kiln.Packages.Npm;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Declarations;

/// <summary>How declarations become files.</summary>
public sealed record DeclarationFileOptions
{
    /// <summary>Where the declarations of a source go, relative to the output; null leaves the module out.</summary>
    public required Func<string, string?> OutputOf { get; init; }

    /// <summary>Specifiers as consumers of the npm package need them; else they stay as they are.</summary>
    public bool ForNpm { get; init; }

    /// <summary>Path of a source relative to its output, for source maps; null makes none.</summary>
    public Func<string, string, string>? SourcePathOf { get; init; }

    public int MaxParallelism { get; init; } = 1;
}

/// <summary>Writes the declarations of all modules that a graph's public API reaches.</summary>
public static class DeclarationFiles
{
    /// <summary>In the order of the sources' paths. Problems of modules without declarations (JavaScript without types) stand in <paramref name="others"/>.</summary>
    public static IReadOnlyList<DeclarationFile> Write(ModuleGraph graph, DeclarationFileOptions options, out IReadOnlyList<PublishDiagnostic> others, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        var types = PackageTypes.Analyze(graph, module => OptionsOf(module, graph, options), options.MaxParallelism, cancellationToken);
        var problems = types.Problems.Select(p => SlowTypeDiagnostics.ToDiagnostic(graph.Find(p.Path), p.Path, p.Problem)).ToLookup(d => d.Path, StringComparer.Ordinal);
        var files = new List<DeclarationFile>();
        foreach (var (module, declarations) in types.Modules)
        {
            if (OutputOf(module.Module, options) is { } output)
            {
                files.Add(new DeclarationFile(module.Module.Path, output, declarations.Text, declarations.SourceMap, [.. problems[module.Module.Path].Order(Comparer<PublishDiagnostic>.Create(PublishDiagnostic.Compare))]));
            }
        }

        var written = files.Select(f => f.Source).ToHashSet(StringComparer.Ordinal);
        others = [.. problems.Where(p => !written.Contains(p.Key)).SelectMany(p => p)];
        return files;
    }

    /// <summary><c>mod.d.ts</c> for <c>mod.ts</c> and <c>mod.tsx</c>, <c>mod.d.mts</c> for <c>mod.mts</c>; null for what gets no declarations.</summary>
    public static string? NameOf(string source) => MediaTypes.FromPath(source) switch
    {
        MediaType.TypeScript => source[..^".ts".Length] + ".d.ts",
        MediaType.Tsx => source[..^".tsx".Length] + ".d.ts",
        MediaType.Mts => source[..^".mts".Length] + ".d.mts",
        MediaType.Cts => source[..^".cts".Length] + ".d.cts",
        _ => null,
    };

    /// <summary>Hand-written declarations of a package are part of its API too, with the specifiers of the others.</summary>
    private static string? OutputOf(ModuleEntry module, DeclarationFileOptions options) =>
        options.OutputOf(module.Path) is { } path ? NameOf(path) ?? (options.ForNpm && MediaTypes.IsDeclaration(module.MediaType) ? path : null) : null;

    private static DeclarationOptions OptionsOf(PublicModule module, ModuleGraph graph, DeclarationFileOptions options)
    {
        var entry = module.Module;
        var output = OutputOf(entry, options) ?? entry.Path;
        string? Rewrite(string specifier) => RewriteForNpm(entry, specifier, graph);
        return new DeclarationOptions
        {
            Public = module,
            RewriteSpecifier = options.ForNpm ? Rewrite : null,
            CommentEdits = options.ForNpm ? SpecifierRewriter.RewritePragmas(entry.SourceFile!, entry.Info!, (specifier, _) => Rewrite(specifier)) : [],
            SourceMap = options.SourcePathOf is not null,
            OutputFileName = output[(output.LastIndexOf('/') + 1)..],
            SourcePath = options.SourcePathOf?.Invoke(entry.Path, output) ?? "",
        };
    }

    /// <summary>Declarations are imported by the name of the JavaScript that they describe, packages by their names.</summary>
    private static string? RewriteForNpm(ModuleEntry module, string specifier, ModuleGraph graph)
    {
        if (!module.Dependencies.TryGetValue(specifier, out var dependency) || dependency.TypesOrCode is not { } target)
        {
            return null;
        }

        if (target.Kind != TargetKind.File)
        {
            return target.Kind == TargetKind.Package ? NpmNames.BareSpecifier(target.Text) : target.Text == specifier ? null : target.Text;
        }

        var path = graph.Find(target.Text)?.TypesPath ?? target.Text;
        return RelativePaths.Get(module.Path, NpmSpecifiers.ImportPathOf(NameOf(path) ?? path)) + target.Suffix;
    }
}
