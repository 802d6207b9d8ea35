using System.Text.Json;
using System.Text.Json.Serialization;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Registry.Identity;

/// <summary>
/// What a limited token may do: publish to a scope, a package, or one version with one tarball (registry.md §2.2). Written
/// <c>{"permission":"package/publish","scope":…,"package":…,"version":…,"tarballHash":"sha256-…"}</c> with absent members left out.
/// </summary>
public sealed record Permission
{
    public const string Publish = "package/publish";

    [JsonPropertyName("permission")]
    public string Kind { get; init; } = "";

    public string Scope { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Package { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TarballHash { get; init; }

    /// <summary>
    /// One of the three forms, and nothing between them: a version without a hash would be no form at all. The names must be names: a person reads them before
    /// approving, and what reads like a small permission must not be something else. Any member may be null when it comes from JSON.
    /// </summary>
    [JsonIgnore]
    public bool IsWellFormed => Kind == Publish && Scope is not null && ScopeName.TryParse(Scope, out _, out _)
        && (Package is null || PackageName.TryParse(Package, out _, out _))
        && (Version, TarballHash) switch
        {
            (null, null) => true,
            ({ } version, { Length: > 7 and <= 71 } hash) => Package is not null && PackageVersion.TryParse(version, out _, out _)
                && hash.StartsWith("sha256-", StringComparison.Ordinal) && hash.Skip(7).All(char.IsAsciiHexDigitLower),
            _ => false,
        };

    public bool Covers(string scope, string package, string version) =>
        IsWellFormed && Scope == scope && (Package is null || Package == package) && (Version is null || Version == version);

    internal static string? Serialize(IReadOnlyList<Permission>? permissions) => permissions is null ? null : JsonSerializer.Serialize(permissions, JsonSerializerOptions.Web);

    internal static IReadOnlyList<Permission>? Deserialize(string? json) => json is null ? null : JsonSerializer.Deserialize<Permission[]>(json, JsonSerializerOptions.Web);
}
