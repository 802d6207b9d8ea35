using Kiln.Analysis;
using Kiln.Analysis.Declarations;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Rewriting;
using Kiln.Analysis.Symbols;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Npm;

/// <summary>
/// The generated declarations of a package: of every module that its public API reaches and that does not bring its own. What cannot be told from syntax is
/// <c>any</c> there and counted.
/// </summary>
/// <remarks>
/// JavaScript without types gets declarations too (the reference gives none). Under <c>strict</c> TypeScript refuses to import it otherwise, and the names, the
/// documentation and the number of parameters are worth having where types are not known.
/// </remarks>
internal sealed class NpmDeclarations
{
    private readonly ModuleGraph graph;
    private readonly PublicApi api;
    private IReadOnlyList<ModuleProblem> problems = [];

    public NpmDeclarations(ModuleGraph graph, CancellationToken cancellationToken)
    {
        this.graph = graph;
        api = PublicApi.Trace(graph, throughJavaScript: true, cancellationToken);
    }

    /// <summary>The modules that get declarations.</summary>
    public IEnumerable<string> Paths => api.Modules.Select(m => m.Module).Where(IsGenerated).Select(m => m.Path);

    /// <summary>Writes all of them.</summary>
    /// <param name="sources">The texts of the modules in the archive, by path.</param>
    /// <param name="add">Takes a path and its text.</param>
    public void Write(NpmLayout layout, NpmSpecifiers specifiers, IReadOnlyDictionary<string, RewrittenSource> sources, Action<string, string> add, CancellationToken cancellationToken)
    {
        // The same verdict as the author's client has: one rule about what counts where.
        var types = PackageTypes.Analyze(api, module => OptionsOf(module, layout, specifiers, sources), maxParallelism: 1, cancellationToken);
        problems = types.Problems;
        foreach (var (module, declarations) in types.Modules)
        {
            if (IsGenerated(module.Module))
            {
                var output = layout.GeneratedDeclarationsOf(module.Module.Path);
                add(output, declarations.Text);
                add(NpmLayout.MapOf(output), declarations.SourceMap!);
            }
        }
    }

    private static bool IsGenerated(ModuleEntry module) => module is { IsParsed: true, TypesPath: null } && !MediaTypes.IsDeclaration(module.MediaType);

    private static DeclarationOptions OptionsOf(PublicModule module, NpmLayout layout, NpmSpecifiers specifiers, IReadOnlyDictionary<string, RewrittenSource> sources)
    {
        if (!IsGenerated(module.Module))
        {
            return new DeclarationOptions { Public = module };
        }

        var output = layout.GeneratedDeclarationsOf(module.Module.Path);
        string? Rewrite(string specifier, SpecifierUse use) => specifiers.Rewrite(module.Module, output, specifier, use, runs: false);
        return new DeclarationOptions
        {
            Public = module,
            RewriteSpecifier = specifier => Rewrite(specifier, SpecifierUse.Types),
            CommentEdits = SpecifierRewriter.RewritePragmas(module.Module.SourceFile!, module.Module.Info!, Rewrite),
            SourceMap = true,
            OutputFileName = output[(output.LastIndexOf('/') + 1)..],
            SourcePath = RelativePaths.Get(output, module.Module.Path),
            ShippedSource = sources[module.Module.Path],
        };
    }

    /// <summary>What <see cref="Write"/> found.</summary>
    public SlowTypes SlowTypes()
    {
        var order = graph.Modules.Index().ToDictionary(m => m.Item.Path, m => m.Index, StringComparer.Ordinal);
        var first = problems
            .OrderBy(p => order[p.Path]).ThenBy(p => p.Problem.Start).ThenBy(p => p.Problem.Code, StringComparer.Ordinal)
            .Take(Publishing.SlowTypes.MaxShown)
            .Select(p => Place(graph.Find(p.Path)!, p.Problem));
        return problems.Count == 0 ? Publishing.SlowTypes.None : new SlowTypes(problems.Count, [.. first]);
    }

    private static SlowType Place(ModuleEntry module, FastCheckDiagnostic problem)
    {
        var (line, column) = problem.End == 0 || module.SourceFile is null ? (-1, -1) : module.SourceFile.Lines.GetPosition(problem.Start);
        return new SlowType(problem.Code, module.Path, line + 1, column + 1, problem.Message, problem.Hint);
    }
}
