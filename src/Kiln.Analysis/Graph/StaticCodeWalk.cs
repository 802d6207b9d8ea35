namespace Kiln.Analysis.Graph;

/// <summary>
/// Follows what runs whenever an export is imported: static code from the roots. Only there must every file exist, parse and be of an importable kind;
/// what a dynamic or type-only import misses does not fail a publish (publishing.md §3.5).
/// </summary>
/// <param name="followsTypes">For who reads types: what is named for them alone counts as well.</param>
internal sealed class StaticCodeWalk(Dictionary<string, ModuleEntry> modules, IModuleSource source, bool followsTypes = false)
{
    private static readonly string[] ImportableExtensions = [".ts", ".tsx", ".mts", ".js", ".mjs", ".jsx", ".d.ts"];

    public void Collect(IEnumerable<KeyValuePair<string, string>> roots, ErrorCollector errors, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<ModuleEntry>();
        foreach (var (key, path) in roots)
        {
            if (!modules.TryGetValue(path, out var root))
            {
                errors.Add(new AnalysisError(AnalysisErrorCodes.GraphError, $"Module not found: the export \"{key}\" names {path}, which is not in the package.", path, 0, 0) { Kind = GraphErrorKind.NotFound });
            }
            else if (!IsModule(root.MediaType) && root.MediaType != MediaType.Json)
            {
                errors.Add(new AnalysisError(AnalysisErrorCodes.GraphError, $"The export \"{key}\" names {path}, which is neither JavaScript nor TypeScript, JSON or WebAssembly.", path, 0, 0) { Kind = GraphErrorKind.Unsupported });
            }
            else if (seen.Add(path))
            {
                queue.Enqueue(root);
            }
        }

        while (!errors.IsFull && queue.TryDequeue(out var module))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var syntaxError in SyntaxErrors(module))
            {
                errors.Add(syntaxError);
            }

            foreach (var edge in module.Edges)
            {
                if (edge.Kind != EdgeKind.StaticCode && !(followsTypes && edge.Kind == EdgeKind.Types))
                {
                    continue;
                }

                if (FindError(module, edge) is { } error)
                {
                    errors.Add(error);
                }
                else if (edge.Target.Kind == TargetKind.File && !edge.IsAsset && seen.Add(edge.Target.Text))
                {
                    queue.Enqueue(modules[edge.Target.Text]);
                }
            }
        }
    }

    private static bool IsModule(MediaType type) => type == MediaType.Wasm || MediaTypes.GetLanguage(type) is not null;

    private static IEnumerable<AnalysisError> SyntaxErrors(ModuleEntry module)
    {
        if (module.SyntaxErrors.Length == 0 || module.SourceFile is not { } file)
        {
            yield break;
        }

        // A banned construct has a code of its own, which says more than that it is also an early error.
        foreach (var banned in BannedContent.Errors(module))
        {
            yield return banned;
        }

        foreach (var error in module.SyntaxErrors)
        {
            yield return SourcePlace.Error(AnalysisErrorCodes.GraphError, $"The module does not parse: {error.Message}", module.Path, file, error.Span, withFrame: true) with
            {
                Problem = error.Message,
                Kind = GraphErrorKind.Syntax,
                SyntaxCode = error.Code,
            };
        }
    }

    private AnalysisError? FindError(ModuleEntry module, ModuleEdge edge)
    {
        var (problem, kind) = edge.Target.Kind switch
        {
            TargetKind.Unresolved => (edge.Target.Text, GraphErrorKind.Unresolved),
            TargetKind.File when !Exists(edge) => (NotFound(module, edge), GraphErrorKind.NotFound),
            TargetKind.File => (FindFileProblem(edge), GraphErrorKind.Unsupported),
            _ => (null, GraphErrorKind.None),
        };
        return problem is null ? null : SourcePlace.Error(AnalysisErrorCodes.GraphError, problem, module.Path, module.SourceFile, edge.Span, withFrame: true) with { Kind = kind };
    }

    private bool Exists(ModuleEdge edge) => edge.IsAsset ? source.TryRead(edge.Target.Text, out _) : modules.ContainsKey(edge.Target.Text);

    private string? FindFileProblem(ModuleEdge edge)
    {
        var path = edge.Target.Text;
        if (edge.IsAsset)
        {
            return null;
        }

        var target = modules[path];

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
