namespace Kiln.Analysis.Graph;

/// <summary>All modules that a package's exports reach, and the problems with them.</summary>
public sealed class ModuleGraph
{
    private readonly Dictionary<string, ModuleEntry> byPath;
    private readonly ExportResolver exportResolver;
    private readonly SpecifierResolver resolver;

    internal ModuleGraph(IReadOnlyList<ModuleEntry> modules, Dictionary<string, ModuleEntry> byPath, IReadOnlyList<KeyValuePair<string, string>> roots, IReadOnlyList<PackageDependency> dependencies, SpecifierResolver resolver, IReadOnlyList<AnalysisError> errors)
    {
        Modules = modules;
        Roots = roots;
        Dependencies = dependencies;
        Errors = errors;
        this.byPath = byPath;
        this.resolver = resolver;
        exportResolver = new ExportResolver(byPath);
    }

    /// <summary>In the order in which the exports reach them, breadth first. Files that do not exist are absent; files with syntax errors are not <see cref="ModuleEntry.IsParsed"/>.</summary>
    public IReadOnlyList<ModuleEntry> Modules { get; }

    /// <summary>Export key and absolute path, in the order of the configuration.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Roots { get; }

    /// <summary>Packages that any module names, for code or types, sorted by kind, name, constraint and sub path. The package itself is not among them.</summary>
    public IReadOnlyList<PackageDependency> Dependencies { get; }

    /// <summary>The first problem, or null when the package may be published.</summary>
    public AnalysisError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>The problem that decides comes first; the others follow only where <see cref="ModuleGraphInput.AllErrors"/> asks for them.</summary>
    public IReadOnlyList<AnalysisError> Errors { get; }

    /// <summary>The module at an absolute path, or null.</summary>
    public ModuleEntry? Find(string path) => byPath.GetValueOrDefault(path);

    /// <summary>What a text means as a specifier of the module at <paramref name="path"/>, whether or not the module imports it.</summary>
    public ResolvedTarget Resolve(string path, string specifier, SpecifierUse use) => resolver.Resolve(path, specifier, use);

    /// <summary>
    /// What <paramref name="name"/> means when the module at <paramref name="path"/> imports it from <paramref name="specifier"/> is nothing but a type,
    /// so that JavaScript must not mention it. False when it cannot be told.
    /// </summary>
    public bool IsTypeOnlyExport(string path, string specifier, string name) => exportResolver.IsTypeOnly(path, specifier, name);

    /// <summary>
    /// Builds the graph (publishing.md §3.2 steps 16 to 19): 1. load what the exports reach; 2. follow static code from the roots: what it needs must exist
    /// and parse; 3. dependencies; 4. banned constructs; 5. names of jsr packages. The first step that finds a problem decides.
    /// </summary>
    public static ModuleGraph Build(ModuleGraphInput input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ModuleGraphBuilder(input).Build(cancellationToken);
    }
}
