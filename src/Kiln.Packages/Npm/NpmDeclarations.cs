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
    private readonly List<PublicModule> modules = [];
    private readonly List<(ModuleEntry Module, FastCheckDiagnostic Problem)> problems = [];
    private readonly Dictionary<string, int> order = new(StringComparer.Ordinal);

    public NpmDeclarations(ModuleGraph graph, CancellationToken cancellationToken)
    {
        foreach (var module in graph.Modules)
        {
            order.Add(module.Path, order.Count);
        }

        var api = PublicApi.Trace(graph, throughJavaScript: true, cancellationToken);
        foreach (var module in api.Modules)
        {
            if (module.Module is { IsParsed: true, TypesPath: null } entry && !MediaTypes.IsDeclaration(entry.MediaType))
            {
                modules.Add(module);
            }
        }

        foreach (var problem in api.Problems)
        {
            problems.Add((graph.Find(problem.Path)!, problem.Problem));
        }
    }

    /// <summary>The modules that get declarations.</summary>
    public IEnumerable<string> Paths => modules.Select(m => m.Module.Path);

    /// <summary>Writes all of them.</summary>
    /// <param name="sources">The texts of the modules in the archive, by path.</param>
    /// <param name="add">Takes a path and its text.</param>
    public void Write(NpmLayout layout, NpmSpecifiers specifiers, IReadOnlyDictionary<string, RewrittenSource> sources, Action<string, string> add, CancellationToken cancellationToken)
    {
        foreach (var module in modules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var output = layout.GeneratedDeclarationsOf(module.Module.Path);
            string? Rewrite(string specifier, SpecifierUse use) => specifiers.Rewrite(module.Module, output, specifier, use, runs: false);
            var result = DeclarationEmitter.Emit(module.Module.SourceFile!, new DeclarationOptions
            {
                Public = module,
                RewriteSpecifier = specifier => Rewrite(specifier, SpecifierUse.Types),
                CommentEdits = SpecifierRewriter.RewritePragmas(module.Module.SourceFile!, module.Module.Info!, Rewrite),
                SourceMap = true,
                OutputFileName = output[(output.LastIndexOf('/') + 1)..],
                SourcePath = RelativePaths.Get(output, module.Module.Path),
                ShippedSource = sources[module.Module.Path],
            });
            add(output, result.Text);
            add(NpmLayout.MapOf(output), result.SourceMap!);
            foreach (var problem in result.Problems)
            {
                problems.Add((module.Module, problem));
            }
        }
    }

    /// <summary>What was found until now.</summary>
    public SlowTypes SlowTypes()
    {
        var first = problems
            .OrderBy(p => order[p.Module.Path]).ThenBy(p => p.Problem.Start).ThenBy(p => p.Problem.Code, StringComparer.Ordinal)
            .Take(Publishing.SlowTypes.MaxShown)
            .Select(p => Place(p.Module, p.Problem));
        return problems.Count == 0 ? Publishing.SlowTypes.None : new SlowTypes(problems.Count, [.. first]);
    }

    private static SlowType Place(ModuleEntry module, FastCheckDiagnostic problem)
    {
        var (line, column) = problem.End == 0 || module.SourceFile is null ? (-1, -1) : module.SourceFile.Lines.GetPosition(problem.Start);
        return new SlowType(problem.Code, module.Path, line + 1, column + 1, problem.Message, problem.Hint);
    }
}
