using Kiln.Analysis.Declarations;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.FastCheck;

/// <summary>The declarations of a package, and whether its syntax alone says all their types: the check for slow types (publishing.md §4).</summary>
public sealed class PackageTypes
{
    private PackageTypes(PublicApi api, IReadOnlyList<ModuleDeclarations> modules, IReadOnlyList<ModuleProblem> problems)
    {
        Api = api;
        Modules = modules;
        Problems = problems;
        Passes = problems.All(problem => IsWarning(problem.Problem.Code));
    }

    public PublicApi Api { get; }

    /// <summary>The declarations of every module that the public API reaches, by path; also where there are problems.</summary>
    public IReadOnlyList<ModuleDeclarations> Modules { get; }

    /// <summary>By code, path and position, in ordinal order, as the reference lists them.</summary>
    public IReadOnlyList<ModuleProblem> Problems { get; }

    /// <summary>There are no slow types. Warnings do not count.</summary>
    public bool Passes { get; }

    /// <summary>The problem does not stop a publish.</summary>
    public static bool IsWarning(string code) => code == FastCheckCodes.UnsupportedJavaScriptEntrypoint;

    /// <summary>Specifiers stay as they are, and there are no source maps.</summary>
    public static PackageTypes Analyze(ModuleGraph graph, CancellationToken cancellationToken) =>
        Analyze(graph, module => new DeclarationOptions { Public = module }, maxParallelism: 1, cancellationToken);

    /// <summary>Traces the public API, then writes the declarations of each module.</summary>
    public static PackageTypes Analyze(ModuleGraph graph, Func<PublicModule, DeclarationOptions> options, int maxParallelism, CancellationToken cancellationToken) =>
        Analyze(PublicApi.Trace(graph, cancellationToken), options, maxParallelism, cancellationToken);

    /// <summary>Writes the declarations of each module.</summary>
    /// <param name="api">The package's public API.</param>
    /// <param name="options">How to write those of a module.</param>
    /// <param name="maxParallelism">How many modules are written at once. The result does not depend on it.</param>
    /// <param name="cancellationToken">Checked between modules.</param>
    public static PackageTypes Analyze(PublicApi api, Func<PublicModule, DeclarationOptions> options, int maxParallelism, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<ModuleProblem>(api.Problems);

        // Where the trace found something the reference says nothing else about the module; and an entrypoint without types ends its check altogether.
        var settled = api.Problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        var isUnchecked = api.Problems.Any(problem => IsWarning(problem.Problem.Code));

        var modules = Emit(api.Modules, options, maxParallelism, cancellationToken);
        foreach (var (module, declarations) in modules)
        {
            if (!isUnchecked && !settled.Contains(module.Module.Path))
            {
                problems.AddRange(declarations.Problems.Select(problem => new ModuleProblem(module.Module.Path, problem)));
            }
        }

        // OrderBy is stable: what lies at one place stays in the order in which it was found.
        var sorted = problems
            .OrderBy(problem => problem.Problem.Code, StringComparer.Ordinal)
            .ThenBy(problem => problem.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Problem.Start);
        return new PackageTypes(api, modules, [.. sorted]);
    }

    private static ModuleDeclarations[] Emit(IReadOnlyList<PublicModule> modules, Func<PublicModule, DeclarationOptions> options, int maxParallelism, CancellationToken cancellationToken)
    {
        var results = new ModuleDeclarations[modules.Count];
        if (maxParallelism <= 1)
        {
            for (var i = 0; i < results.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Emit(i);
            }
        }
        else
        {
            Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = maxParallelism, CancellationToken = cancellationToken }, Emit);
        }

        return results;

        void Emit(int i) => results[i] = new ModuleDeclarations(modules[i], DeclarationEmitter.Emit(modules[i].Module.SourceFile!, options(modules[i])));
    }
}
