namespace Kiln.TypeScript.Modules;

/// <summary>
/// What one module says about others: the record that clients read from <c>moduleGraph2</c> (registry.md §1.6, publishing.md §3.8), so that they follow
/// a module's imports before they have its text. It keeps no part of the tree alive.
/// </summary>
public sealed class ModuleInfo
{
    /// <summary>Nothing proves the file an ECMAScript module.</summary>
    public bool IsScript { get; init; }

    /// <summary>In the order of the source.</summary>
    public IReadOnlyList<ModuleDependency> Dependencies { get; init; } = [];
    public IReadOnlyList<TypeScriptReference> TypeScriptReferences { get; init; } = [];
    public SpecifierWithRange? SelfTypes { get; init; }
    public SpecifierWithRange? JsxImportSource { get; init; }
    public SpecifierWithRange? JsxImportSourceTypes { get; init; }
    public IReadOnlyList<JsDocImport> JsDocImports { get; init; } = [];
    public SpecifierWithRange? SourceMapUrl { get; init; }

    /// <summary>Collects the record of a parsed file, in time linear in its length.</summary>
    /// <param name="file">The file; its diagnostics do not matter.</param>
    /// <param name="isModuleByName">The extension alone makes it a module: <c>.mjs</c>, <c>.mts</c>, <c>.d.mts</c>, <c>.cts</c>.</param>
    public static ModuleInfo Create(SourceFile file, bool isModuleByName = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new ModuleInfoBuilder(file).Build(isModuleByName);
    }
}
