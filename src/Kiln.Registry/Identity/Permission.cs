using System.Text.Json;
using System.Text.Json.Serialization;

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

    /// <summary>One of the three forms, and nothing between them: a version without a hash would be no form at all.</summary>
    [JsonIgnore]
    public bool IsWellFormed => Kind == Publish && Scope.Length > 0
        && (Version, TarballHash) is (null, null) or ({ Length: > 0 }, { Length: > 0 }) && (Version is null || Package is not null) && Package != "";

    public bool Covers(string scope, string package, string version) =>
        IsWellFormed && Scope == scope && (Package is null || Package == package) && (Version is null || Version == version);

    internal static string? Serialize(IReadOnlyList<Permission>? permissions) => permissions is null ? null : JsonSerializer.Serialize(permissions, JsonSerializerOptions.Web);

    internal static IReadOnlyList<Permission>? Deserialize(string? json) => json is null ? null : JsonSerializer.Deserialize<Permission[]>(json, JsonSerializerOptions.Web);
}
