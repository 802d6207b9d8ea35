namespace Kiln.Analysis.Graph;

/// <summary>Gathers the packages that modules name, wherever they do: dynamic and type-only imports count (publishing.md §3.6).</summary>
internal sealed class DependencyCollector(IPackageRequirements requirements)
{
    private readonly Dictionary<PackageDependency, (ModuleEntry Module, ModuleEdge Edge)> found = [];

    public IReadOnlyList<PackageDependency> Sorted => [.. found.Keys.Order()];

    /// <summary>Collects all, and what is wrong with them.</summary>
    public void Collect(IEnumerable<ModuleEntry> modules, ErrorCollector errors)
    {
        foreach (var module in modules)
        {
            foreach (var edge in module.Edges)
            {
                if (edge.Target.Dependency is { } dependency)
                {
                    found.TryAdd(dependency, (module, edge));
                }

                if (!errors.IsFull)
                {
                    errors.Add(FindError(module, edge));
                }
            }
        }
    }

    /// <summary>A <c>jsr:</c> package whose name is no <c>@scope/name</c>: checked last, as when dependencies are looked up.</summary>
    public void CollectMalformedNames(ErrorCollector errors)
    {
        foreach (var (dependency, (module, edge)) in found)
        {
            if (dependency.Kind == PackageDependencyKind.Jsr && !requirements.IsScopedName(dependency.Name))
            {
                errors.Add(Error(AnalysisErrorCodes.InvalidJsrScopedPackageName, $"\"{edge.Specifier}\" asks for the package \"{dependency.Name}\", but a jsr: package has a name like @scope/name.", module, edge));
            }
        }
    }

    private static AnalysisError? FindError(ModuleEntry module, ModuleEdge edge)
    {
        switch (edge.Target)
        {
            case { Kind: TargetKind.Forbidden } target:
                var isHttp = target.Text.AsSpan().TrimStart().StartsWith("http", StringComparison.OrdinalIgnoreCase);
                return Error(
                    AnalysisErrorCodes.InvalidExternalImport,
                    isHttp
                        ? $"The import of \"{edge.Specifier}\" is an http(s) import. Published modules may import only files of their package and jsr:, npm: and node: specifiers."
                        : $"The import of \"{edge.Specifier}\" has an unsupported scheme. Published modules may import only files of their package and jsr:, npm: and node: specifiers.",
                    module,
                    edge);
            case { Kind: TargetKind.Package, Dependency: null } target:
                return Error(
                    IsNpm(target.Text) ? AnalysisErrorCodes.InvalidNpmSpecifier : AnalysisErrorCodes.InvalidJsrSpecifier,
                    $"\"{edge.Specifier}\" is not a valid specifier: {target.Suffix}",
                    module,
                    edge);
            case { Dependency: { Constraint: "*" } dependency }:
                return Error(AnalysisErrorCodes.MissingConstraint, $"\"{edge.Specifier}\" has no version constraint. Say which versions of {dependency.Name} will do, for example \"{Example(dependency)}\".", module, edge);
            default:
                return null;
        }
    }

    private static bool IsNpm(string specifier) => specifier.AsSpan().TrimStart().StartsWith("npm:", StringComparison.OrdinalIgnoreCase);

    private static string Example(PackageDependency dependency) =>
        $"{(dependency.Kind == PackageDependencyKind.Npm ? "npm" : "jsr")}:{dependency.Name}@^1.0.0{(dependency.SubPath.Length > 0 ? "/" + dependency.SubPath : "")}";

    private static AnalysisError Error(string code, string message, ModuleEntry module, ModuleEdge edge) =>
        SourcePlace.Error(code, message, module.Path, module.SourceFile, edge.Span);
}
