using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.TypeScript;

namespace Kiln.Analysis.Symbols;

/// <summary>The declarations that a package's exports and the types of what they export can reach (publishing.md §4.2).</summary>
public sealed class PublicApi
{
    internal PublicApi(IReadOnlyList<PublicModule> modules, IReadOnlyList<ModuleProblem> problems)
    {
        Modules = modules;
        Problems = problems;
    }

    /// <summary>The modules that it reaches, by path in ordinal order. JSON and other data have no declarations and are not among them.</summary>
    public IReadOnlyList<PublicModule> Modules { get; }

    /// <summary>What the trace itself found, in the order in which it did.</summary>
    public IReadOnlyList<ModuleProblem> Problems { get; }

    /// <summary>Starts at every export of the package. Modules of other packages end the trace, as do modules that are missing or have syntax errors.</summary>
    public static PublicApi Trace(ModuleGraph graph, CancellationToken cancellationToken) => Trace(graph, throughJavaScript: false, cancellationToken);

    /// <param name="throughJavaScript">JavaScript without declarations is reported as always, but traced like TypeScript.</param>
    public static PublicApi Trace(ModuleGraph graph, bool throughJavaScript, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var tracer = new ApiTracer(graph, throughJavaScript);
        foreach (var (_, path) in graph.Roots)
        {
            tracer.AddRoot(path);
        }

        tracer.Run(cancellationToken);
        return tracer.Finish();
    }

    /// <summary>Of one file by itself, whose imports all lead out of sight.</summary>
    public static PublicModule TraceFile(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var tracer = new ApiTracer(null);
        tracer.AddFile(file);
        tracer.Run(CancellationToken.None);
        return tracer.Finish().Modules[0];
    }
}
