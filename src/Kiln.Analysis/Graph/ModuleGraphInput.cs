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

    /// <summary>
    /// What a specifier means by the author's configuration, before it is read as a published one: given the referrer's path, the specifier and what for.
    /// Null where there is none, as in a published package. May be called from several threads at once.
    /// </summary>
    public Func<string, string, SpecifierUse, MappedSpecifier>? MapSpecifier { get; init; }

    /// <summary>Go on after the first problem, for people who want to see them all.</summary>
    public bool AllErrors { get; init; }

    /// <summary>
    /// Only what a reader needs: files are parsed but early errors are not looked for, nor what a published package may not contain. The problems are then
    /// those of loading and parsing.
    /// </summary>
    public bool OnlyLoads { get; init; }

    /// <summary>How many files are read and parsed at once. The result does not depend on it.</summary>
    public int MaxParallelism { get; init; } = 1;

    /// <summary>The most modules that are loaded; more is an error.</summary>
    public int MaxModules { get; init; } = 10_000;
}
