namespace Kiln.Packages.Scoring;

/// <summary>What only the registry knows of a package and a version (registry.md §6, 6 to 9).</summary>
public sealed record PackageFacts
{
    /// <summary>Nothing has been set.</summary>
    public static readonly PackageFacts None = new();

    /// <summary>The version has an attestation of its origin.</summary>
    public bool HasProvenance { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The runtimes that are marked as compatible, in the order in which they are shown.</summary>
    public IReadOnlyList<string> CompatibleRuntimes { get; init; } = [];
}
