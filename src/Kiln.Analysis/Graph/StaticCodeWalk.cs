namespace Kiln.Analysis.Graph;

/// <summary>
/// Follows what runs whenever an export is imported: static code from the roots. Only there must every file exist, parse and be of an importable kind;
/// what a dynamic or type-only import misses does not fail a publish (publishing.md §3.5).
/// </summary>
internal sealed class StaticCodeWalk(Dictionary<string, ModuleEntry> modules, IModuleSource source)
{
    private static readonly string[] ImportableExtensions = [".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", ".d.ts"];

    public AnalysisError? FindError(IEnumerable<KeyValuePair<string, string>> roots, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<ModuleEntry>();
        foreach (var (key, path) in roots)
        {
            if (!modules.TryGetValue(path, out var root))
            {
                return new AnalysisError(AnalysisErrorCodes.GraphError, $"Module not found: the export \"{key}\" names {path}, which is not in the package.", path, 0, 0);
            }

            if (!IsModule(root.MediaType) && root.MediaType != MediaType.Json)
            {
                return new AnalysisError(AnalysisErrorCodes.GraphError, $"The export \"{key}\" names {path}, which is neither JavaScript nor TypeScript, JSON or WebAssembly.", path, 0, 0);
            }

            if (seen.Add(path))
            {
                queue.Enqueue(root);
            }
        }

        while (queue.TryDequeue(out var module))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FindSyntaxError(module) is { } syntaxError)
            {
                return syntaxError;
            }

            foreach (var edge in module.Edges)
            {
                if (edge.Kind != EdgeKind.StaticCode)
                {
                    continue;
                }

                if (FindError(module, edge) is { } error)
                {
                    return error;
                }

                if (edge.Target.Kind == TargetKind.File && !edge.IsAsset && seen.Add(edge.Target.Text))
                {
                    queue.Enqueue(modules[edge.Target.Text]);
                }
            }
        }

        return null;
    }

    private static bool IsModule(MediaType type) => type == MediaType.Wasm || MediaTypes.GetLanguage(type) is not null;

    private static AnalysisError? FindSyntaxError(ModuleEntry module)
    {
        if (module.SyntaxErrors is not [var first, ..] || module.SourceFile is not { } file)
        {
            return null;
        }

        // A banned construct has a code of its own, which says more than that it is also an early error.
        return BannedContent.FindError(module) ?? SourcePlace.Error(AnalysisErrorCodes.GraphError, $"The module does not parse: {first.Message}", module.Path, file, first.Span.Start, withFrame: true);
    }

    private AnalysisError? FindError(ModuleEntry module, ModuleEdge edge)
    {
        var problem = edge.Target.Kind switch
        {
            TargetKind.Unresolved => edge.Target.Text,
            TargetKind.File => FindFileProblem(module, edge),
            _ => null,
        };
        return problem is null ? null : SourcePlace.Error(AnalysisErrorCodes.GraphError, problem, module.Path, module.SourceFile, edge.Span.Start, withFrame: true);
    }

    private string? FindFileProblem(ModuleEntry module, ModuleEdge edge)
    {
        var path = edge.Target.Text;
        if (edge.IsAsset)
        {
            return source.TryRead(path, out _) ? null : NotFound(module, edge);
        }

        if (!modules.TryGetValue(path, out var target))
        {
            return NotFound(module, edge);
        }

        if (edge.IsSourcePhase && target.MediaType != MediaType.Wasm)
        {
            return $"Only WebAssembly can be imported in the source phase; {path} is none.";
        }

        return edge.AttributeType switch
        {
            null when target.MediaType == MediaType.Json => $"A JSON module is imported with an attribute: import data from \"{edge.Specifier}\" with {{ type: \"json\" }}.",
            null when IsModule(target.MediaType) => null,
            null => $"Only JavaScript, TypeScript, JSON and WebAssembly can be imported; {path} is none of them. To read it as text, add with {{ type: \"text\" }}.",
            "json" when target.MediaType == MediaType.Json => null,
            "json" => $"The attribute type: \"json\" imports JSON, but {path} is no .json file.",
            var type => $"The import attribute type: \"{type}\" is not supported; \"json\", \"text\" and \"bytes\" are.",
        };
    }

    private string NotFound(ModuleEntry module, ModuleEdge edge)
    {
        var message = $"Module not found: \"{edge.Specifier}\" means {edge.Target.Text}, which is not in the package.";
        var hint = FindSimilar(edge.Target.Text);
        return hint is null ? message : $"{message} Did you mean \"{RelativePaths.Get(module.Path, hint)}\"?";
    }

    /// <summary>The forms that bundlers and tsc accept: no extension, a folder's index, <c>.js</c> for <c>.ts</c>.</summary>
    private string? FindSimilar(string path)
    {
        var slash = path.LastIndexOf('/');
        var dot = path.LastIndexOf('.');
        var stem = dot > slash ? path[..dot] : path;
        string[] bases = path.EndsWith('/') ? [path + "index", path + "mod"] : [path, stem, path + "/index", path + "/mod"];
        foreach (var @base in bases)
        {
            foreach (var extension in ImportableExtensions)
            {
                if (source.TryRead(@base + extension, out _))
                {
                    return @base + extension;
                }
            }
        }

        return null;
    }
}
