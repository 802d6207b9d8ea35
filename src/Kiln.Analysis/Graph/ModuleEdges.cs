using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Graph;

/// <summary>Collects all edges of one module in the order: imports and exports, references, own types, JSX runtime, documentation comments.</summary>
internal sealed class ModuleEdges(string path, SourceFile file, SpecifierResolver resolver)
{
    private readonly List<ModuleEdge> edges = [];
    private readonly Dictionary<string, ResolvedDependency> table = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ResolvedDependency> Table => table;
    public ResolvedTarget? SelfTypes { get; private set; }

    public ModuleEdge[] Collect(ModuleInfo info)
    {
        var isDeclaration = file.Language == Language.Declaration;
        foreach (var dependency in info.Dependencies)
        {
            if (dependency.Specifier is not { } specifier)
            {
                continue;
            }

            var kind = isDeclaration || dependency.IsTypeOnly ? EdgeKind.Types : dependency.IsDynamic ? EdgeKind.DynamicCode : EdgeKind.StaticCode;
            string? type = null;
            dependency.Attributes?.TryGet("type", out type);
            var isSource = dependency.Kind is ModuleDependencyKind.ImportSource or ModuleDependencyKind.DynamicImportSource;
            Add(new ModuleEdge(kind, specifier, resolver.Resolve(path, specifier, kind == EdgeKind.Types ? SpecifierUse.Types : SpecifierUse.Code), dependency.Span, type, isSource));
            if (dependency.Types is { } types)
            {
                // The pragma says what the specifier means for the type checker; it has no entry of its own.
                var target = resolver.Resolve(path, types.Text, SpecifierUse.Types);
                edges.Add(new ModuleEdge(EdgeKind.Types, types.Text, target, types.Span));
                SetTypes(specifier, target, overwrite: true);
            }
        }

        AddReferences(info);
        AddJsx(info);
        foreach (var import in info.JsDocImports)
        {
            AddTypes(import.Specifier);
        }

        return [.. edges];
    }

    /// <summary>In JavaScript the first <c>types</c> reference names the module's own declarations, unless <c>@ts-self-types</c> does; the others mean nothing.</summary>
    private void AddReferences(ModuleInfo info)
    {
        var isJavaScript = file.Language is Language.JavaScript or Language.Jsx;
        var self = info.SelfTypes;
        foreach (var reference in info.TypeScriptReferences)
        {
            if (reference.IsPath || !isJavaScript)
            {
                AddTypes(reference.Specifier);
            }
            else
            {
                self ??= reference.Specifier;
            }
        }

        if (self is not null)
        {
            SelfTypes = AddTypes(self);
        }
    }

    private void AddJsx(ModuleInfo info)
    {
        if (info.JsxImportSource is not { } source)
        {
            return;
        }

        var specifier = source.Text + "/jsx-runtime";
        Add(new ModuleEdge(EdgeKind.StaticCode, specifier, resolver.Resolve(path, specifier, SpecifierUse.Code), source.Span));
        if (info.JsxImportSourceTypes is { } types)
        {
            var target = resolver.Resolve(path, types.Text + "/jsx-runtime", SpecifierUse.Types);
            edges.Add(new ModuleEdge(EdgeKind.Types, types.Text + "/jsx-runtime", target, types.Span));
            SetTypes(specifier, target, overwrite: true);
        }
    }

    private ResolvedTarget AddTypes(SpecifierWithRange specifier)
    {
        var target = resolver.Resolve(path, specifier.Text, SpecifierUse.Types);
        Add(new ModuleEdge(EdgeKind.Types, specifier.Text, target, specifier.Span));
        return target;
    }

    private void Add(ModuleEdge edge)
    {
        edges.Add(edge);
        if (edge.Target.Kind == TargetKind.Unresolved)
        {
            return;
        }

        if (edge.Kind == EdgeKind.Types)
        {
            SetTypes(edge.Specifier, edge.Target, overwrite: false);
        }
        else
        {
            var known = table.GetValueOrDefault(edge.Specifier);
            table[edge.Specifier] = known with { Code = known.Code ?? edge.Target };
        }
    }

    private void SetTypes(string specifier, ResolvedTarget target, bool overwrite)
    {
        var known = table.GetValueOrDefault(specifier);
        if (target.Kind != TargetKind.Unresolved && (overwrite || known.Types is null))
        {
            table[specifier] = known with { Types = target };
        }
    }
}
