using System.Text.Json.Serialization;

namespace Kiln.Registry.Statistics;

/// <summary><c>GET metrics</c> (registry.md §2.3). <see cref="Packages"/> have a version; those of a time had one published in it.</summary>
public sealed class RegistryTotals
{
    public long Packages { get; set; }

    [JsonPropertyName("packages1d")]
    public long Packages1D { get; set; }

    [JsonPropertyName("packages7d")]
    public long Packages7D { get; set; }

    [JsonPropertyName("packages30d")]
    public long Packages30D { get; set; }

    public long Users { get; set; }

    [JsonPropertyName("users1d")]
    public long Users1D { get; set; }

    [JsonPropertyName("users7d")]
    public long Users7D { get; set; }

    [JsonPropertyName("users30d")]
    public long Users30D { get; set; }

    public long PackageVersions { get; set; }

    [JsonPropertyName("packageVersions1d")]
    public long PackageVersions1D { get; set; }

    [JsonPropertyName("packageVersions7d")]
    public long PackageVersions7D { get; set; }

    [JsonPropertyName("packageVersions30d")]
    public long PackageVersions30D { get; set; }
}
