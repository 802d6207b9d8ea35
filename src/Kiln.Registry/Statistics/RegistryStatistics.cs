namespace Kiln.Registry.Statistics;

/// <summary><c>GET stats</c> (registry.md §2.3): ten each, archived packages nowhere.</summary>
/// <param name="Newest">Packages that have a version which is not yanked, the newest first.</param>
/// <param name="Updated">Versions that are not yanked, the newest first.</param>
/// <param name="Featured">What staff have picked, the latest pick first.</param>
public sealed record RegistryStatistics(IReadOnlyList<ListedPackage> Newest, IReadOnlyList<ListedVersion> Updated, IReadOnlyList<ListedPackage> Featured);

public sealed class ListedPackage
{
    public string Scope { get; set; } = "";

    public string Name { get; set; } = "";

    public string Description { get; set; } = "";
}

public sealed class ListedVersion
{
    public string Scope { get; set; } = "";

    public string Package { get; set; } = "";

    public string Version { get; set; } = "";

    public string Description { get; set; } = "";
}
