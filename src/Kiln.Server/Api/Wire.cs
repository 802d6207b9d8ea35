using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kiln.Packages.Publishing;
using Kiln.Packages.Scoring;
using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Server.Api;

/// <summary>The shapes of registry.md §2.2 where they differ from ours. Members that the table has and we do not keep yet are constants.</summary>
internal static class Wire
{
    /// <summary>What everybody may see, of a <see cref="FullScope"/> too.</summary>
    public static ScopeShape Of(Scope scope) => new(scope.Name, scope.Description, scope.UpdatedAt, scope.CreatedAt);

    public static FullScopeShape Of(FullScope scope) => new(
        scope.Name, scope.Description, scope.UpdatedAt, scope.CreatedAt, scope.Creator, scope.Quotas, scope.VerifyOidcActor, scope.RequirePublishingFromCi);

    public static PackageShape Of(Package package) => new(
        package.Scope,
        package.Name,
        package.Description,
        package.Repository,
        JsonNode.Parse(package.RuntimeCompat)!.AsObject(),
        package.UpdatedAt,
        package.CreatedAt,
        package.VersionCount,
        package.DependencyCount,
        package.DependentCount,
        package.Score,
        package.LatestVersion,
        package.WhenFeatured,
        package.IsArchived,
        package.ReadmeSource);

    public static VersionShape Of(PublishedVersion version) => new(
        version.Scope, version.Package, version.Version, version.Yanked, version.UsesNpm, version.NewerVersionsCount, version.RekorLogId, version.License, version.ReadmePath,
        version.UpdatedAt, version.CreatedAt, version.SlowTypes is null ? null : version.SlowTypes.Count == 0, version.SlowTypes);

    public static VersionWithUserShape WithUser(PublishedVersion version) => new(
        version.Scope, version.Package, version.Version, version.Publisher, version.Yanked, version.UsesNpm, version.RekorLogId,
        version.ReadmePath, version.UpdatedAt, version.CreatedAt);

    public static DependencyShape Of(Dependency dependency) => new(dependency.Kind, dependency.Name, dependency.Constraint, dependency.Path, FallbackUrl: null);

    public static ScoreShape Of(PackageScore? score) => score is null
        ? new ScoreShape(false, false, false, [], 0, false, false, false, false, false, 0)
        : new ScoreShape(
            score.Inputs.HasReadme,
            score.Inputs.Examples.Length > 0,
            score.Inputs.EntryPointsWithoutDocumentation.Length == 0,
            [.. score.Inputs.EntryPointsWithoutDocumentation.Select(e => e.Text)],
            score.Inputs.DocumentedShare,
            score.Inputs.SlowTypes == 0,
            score.Facts!.HasProvenance,
            score.Facts.Description.Length > 0,
            score.Facts.CompatibleRuntimes.Count >= 1,
            score.Facts.CompatibleRuntimes.Count >= 2,
            score.Total);

    public static IReadOnlyList<TWire> List<T, TWire>(IReadOnlyList<T> items, Func<T, TWire> shape) => [.. items.Select(shape)];

    public static Page<TWire> Of<T, TWire>(Page<T> page, Func<T, TWire> shape) => new([.. page.Items.Select(shape)], page.Total);

    internal sealed record ScopeShape(string Scope, string Description, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

    /// <summary>Note the capitals of <c>requirePublishingFromCI</c>.</summary>
    internal sealed record FullScopeShape(
        string Scope, string Description, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt, User Creator, ScopeQuotas Quotas, bool GhActionsVerifyActor,
        [property: JsonPropertyName("requirePublishingFromCI")] bool RequirePublishingFromCi);

    internal sealed record PackageShape(
        string Scope, string Name, string Description, GitHubRepository? GithubRepository, JsonObject RuntimeCompat, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt, int VersionCount,
        int DependencyCount, int DependentCount, int? Score, string? LatestVersion, DateTimeOffset? WhenFeatured, bool IsArchived, string ReadmeSource);

    /// <summary>The last two are Kiln's own; the first of them is what the reference counts in a score under the same name.</summary>
    internal sealed record VersionShape(
        string Scope, string Package, string Version, bool Yanked, bool UsesNpm, int? NewerVersionsCount, string? RekorLogId, string? License, string? ReadmePath,
        DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt, bool? AllFastCheck, SlowTypes? SlowTypes);

    internal sealed record VersionWithUserShape(
        string Scope, string Package, string Version, User? User, bool Yanked, bool UsesNpm, string? RekorLogId, string? ReadmePath, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);

    /// <param name="Total">Points, not per cent.</param>
    internal sealed record ScoreShape(
        bool HasReadme, bool HasReadmeExamples, bool AllEntrypointsDocs, string[] EntrypointsWithoutDocs, float PercentageDocumentedSymbols, bool AllFastCheck, bool HasProvenance,
        bool HasDescription, bool AtLeastOneRuntimeCompatible, bool MultipleRuntimesCompatible, int Total);

    /// <param name="VerificationUrl">Where a person decides.</param>
    /// <param name="PollInterval">Seconds.</param>
    internal sealed record NewAuthorizationShape(string VerificationUrl, string Code, string ExchangeToken, int PollInterval, DateTimeOffset ExpiresAt);

    /// <summary>The one reply with a snake_case member (registry.md §11 no. 3).</summary>
    internal sealed record AuthorizationShape(string Code, IReadOnlyList<Permission>? Permissions, [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt);

    internal sealed record DependencyShape(string Kind, string Name, string Constraint, string Path, string? FallbackUrl);
}
