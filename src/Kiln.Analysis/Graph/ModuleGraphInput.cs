namespace Kiln.Analysis.Graph;

/// <summary>What a graph is built from.</summary>
public sealed class ModuleGraphInput
{
    /// <summary>The package's exports in the order of its configuration: key (<c>.</c>, <c>./sub</c>) and target (<c>./mod.ts</c> or <c>/mod.ts</c>).</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Exports { get; init; }

    /// <summary>Absolute paths of modules that are loaded and checked like exports, but offered to nobody: the programs of a package.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    public required IModuleSource Source { get; init; }
    public required IPackageRequirements Requirements { get; init; }

    /// <summary>The most modules that are loaded; more is an error.</summary>
    public int MaxModules { get; init; } = 10_000;
}
