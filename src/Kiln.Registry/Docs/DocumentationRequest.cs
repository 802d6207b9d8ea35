using Kiln.Packages.Publishing;

namespace Kiln.Registry.Docs;

/// <summary>What the documentation of a version is made from.</summary>
public sealed class DocumentationRequest
{
    public required string Scope { get; init; }

    public required string Package { get; init; }

    public required string Version { get; init; }

    /// <summary>Key and target, in the order of the configuration.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Exports { get; init; }

    /// <summary>Of all files that can matter: modules, JSON and the README, by absolute path.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; }

    /// <summary>Of all files of the version, absolute in the package.</summary>
    public required IReadOnlyCollection<string> Paths { get; init; }

    /// <summary>Absolute in the package; null without one.</summary>
    public string? ReadmePath { get; init; }

    /// <summary>The overview shows the README even where the main module has documentation.</summary>
    public bool PrefersReadme { get; init; }

    /// <summary>Null for versions from before they were counted.</summary>
    public SlowTypes? SlowTypes { get; init; }

    /// <summary>How clients reach the registry; ends with a slash.</summary>
    public required string RegistryUrl { get; init; }
}
