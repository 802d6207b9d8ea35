namespace Kiln.Analysis.Graph;

internal sealed class ModuleGraphBuilder
{
    private readonly ModuleGraphInput input;
    private readonly SpecifierResolver resolver;
    private readonly ModuleLoader loader;
    private readonly List<KeyValuePair<string, string>> roots;
    private readonly List<ModuleEntry> modules = [];
    private readonly Dictionary<string, ModuleEntry> byPath = new(StringComparer.Ordinal);

    public ModuleGraphBuilder(ModuleGraphInput input)
    {
        this.input = input;
        roots = [.. input.Exports.Select(export => KeyValuePair.Create(export.Key, ToPath(export.Value)))];
        var exports = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, path) in roots)
        {
            exports.TryAdd(key, path);
        }

        resolver = new SpecifierResolver(input.Requirements, exports, input.MapSpecifier);
        loader = new ModuleLoader(input.Source, resolver, input.OnlyLoads);
    }

    public ModuleGraph Build(CancellationToken cancellationToken)
    {
        var errors = new ErrorCollector(input.AllErrors);
        errors.Add(Load(cancellationToken));
        LinkTypes();
        if (!errors.Errors.Any(e => e.Kind == GraphErrorKind.TooMany))
        {
            new StaticCodeWalk(byPath, input.Source, input.OnlyLoads).Collect([.. roots, .. input.Programs.Select(path => KeyValuePair.Create("bin", path))], errors, cancellationToken);
        }

        var dependencies = new DependencyCollector(input.Requirements);
        if (input.OnlyLoads)
        {
            return new ModuleGraph(modules, byPath, roots, dependencies.Sorted, resolver, errors.Errors);
        }

        dependencies.Collect(modules, errors);
        BannedContent.Collect(modules, errors, cancellationToken);
        dependencies.CollectMalformedNames(errors);
        return new ModuleGraph(modules, byPath, roots, dependencies.Sorted, resolver, errors.Errors);
    }

    /// <summary>Loads frontier after frontier, breadth first.</summary>
    private AnalysisError? Load(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var frontier = new List<string>();
        foreach (var path in roots.Select(root => root.Value).Concat(input.Programs))
        {
            if (seen.Add(path))
            {
                frontier.Add(path);
            }
        }

        var isRoot = true;
        while (frontier.Count > 0)
        {
            if (modules.Count + frontier.Count > input.MaxModules)
            {
                return new AnalysisError(AnalysisErrorCodes.GraphError, $"The exports reach more than {input.MaxModules} modules.", null, 0, 0) { Kind = GraphErrorKind.TooMany };
            }

            var loaded = LoadAll(frontier, isRoot, cancellationToken);
            frontier = [];
            isRoot = false;
            foreach (var entry in loaded)
            {
                if (entry is null)
                {
                    continue;
                }

                modules.Add(entry);
                byPath.Add(entry.Path, entry);

                foreach (var edge in entry.Edges)
                {
                    if (edge.Target.Kind == TargetKind.File && !edge.IsAsset && seen.Add(edge.Target.Text))
                    {
                        frontier.Add(edge.Target.Text);
                    }
                }
            }
        }

        return null;
    }

    private ModuleEntry?[] LoadAll(List<string> paths, bool isRoot, CancellationToken cancellationToken)
    {
        var loaded = new ModuleEntry?[paths.Count];
        if (input.MaxParallelism <= 1 || loaded.Length == 1)
        {
            for (var i = 0; i < loaded.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                loaded[i] = loader.Load(paths[i], isRoot);
            }

            return loaded;
        }

        // Each result has its place, so that the order does not depend on who is faster.
        Parallel.For(0, loaded.Length, new ParallelOptions { MaxDegreeOfParallelism = input.MaxParallelism, CancellationToken = cancellationToken }, i => loaded[i] = loader.Load(paths[i], isRoot));
        return loaded;
    }

    /// <summary>Declarations that are missing or broken are as good as none: they must not fail a publish (publishing.md §9, 50).</summary>
    private void LinkTypes()
    {
        foreach (var module in modules)
        {
            if (module.SelfTypes is { Kind: TargetKind.File } types && byPath.TryGetValue(types.Text, out var target) && target.IsParsed)
            {
                module.TypesPath = types.Text;
            }
        }
    }

    private static string ToPath(string target) => target.StartsWith("./", StringComparison.Ordinal) ? target[1..] : target;
}
