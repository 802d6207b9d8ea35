using System.Text.Json;
using Kiln.Packages.Publishing;
using Kiln.Packages.Scoring;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>Field names and meaning: registry.md §2.2; the JSON member of <see cref="Scope"/> is <c>scope</c>.</summary>
public sealed record Package
{
    public string Scope { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>A JSON object: <c>browser, deno, node, workerd, bun</c>, each absent when unknown.</summary>
    public string RuntimeCompat { get; init; } = "{}";

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Yanked ones too.</summary>
    public int VersionCount { get; init; }

    /// <summary>Real only where one package is asked for, like <see cref="DependentCount"/>.</summary>
    public int DependencyCount { get; init; }

    public int DependentCount { get; init; }

    /// <summary>Per cent, of <see cref="LatestVersion"/>; null while there is none, and until its documentation has been made.</summary>
    public int? Score => VersionPoints is { } points
        ? Math.Min((points + PackageScore.Compute(NoInputs, FactsOf(HasProvenance)).Total - NoPoints) * 100 / PackageScore.FullMarks, 100)
        : null;

    /// <summary>The highest version that is neither yanked nor a pre-release.</summary>
    public string? LatestVersion { get; init; }

    public DateTimeOffset? WhenFeatured { get; init; }

    public bool IsArchived { get; init; }

    public string ReadmeSource { get; init; } = "jsdoc";

    /// <summary>Null when none is linked.</summary>
    public GitHubRepository? Repository => RepositoryId is not { } id
        ? null
        : new GitHubRepository(id, RepositoryOwner!, RepositoryName!, RepositoryUpdatedAt!.Value, RepositoryCreatedAt!.Value);

    internal long? RepositoryId { get; init; }

    internal string? RepositoryOwner { get; init; }

    internal string? RepositoryName { get; init; }

    internal DateTimeOffset? RepositoryUpdatedAt { get; init; }

    internal DateTimeOffset? RepositoryCreatedAt { get; init; }

    /// <summary>What the files of <see cref="LatestVersion"/> give of the score.</summary>
    internal int? VersionPoints { get; init; }

    /// <summary>Of <see cref="LatestVersion"/>.</summary>
    internal bool HasProvenance { get; init; }

    internal PackageFacts FactsOf(bool hasProvenance) => new() { HasProvenance = hasProvenance, Description = Description, CompatibleRuntimes = CompatibleRuntimes };

    /// <summary>In the order in which they are shown.</summary>
    public IReadOnlyList<string> CompatibleRuntimes => Runtimes(JsonValueKind.True);

    /// <summary>Those that the authors say it does not work in; of all others nothing is known.</summary>
    public IReadOnlyList<string> IncompatibleRuntimes => Runtimes(JsonValueKind.False);

    private IReadOnlyList<string> Runtimes(JsonValueKind answer)
    {
        if (RuntimeCompat == "{}")
        {
            return [];
        }

        using var json = JsonDocument.Parse(RuntimeCompat);
        return [.. json.RootElement.EnumerateObject().Where(p => p.Value.ValueKind == answer).Select(p => p.Name)];
    }

    private static readonly ScoreInputs NoInputs = new();
    private static readonly int NoPoints = PackageScore.Compute(NoInputs, PackageFacts.None).Total;
}

/// <summary>A published version. <see cref="Publisher"/> is filled in lists, <see cref="NewerVersionsCount"/> where one version is asked for.</summary>
public sealed record PublishedVersion
{
    public string Scope { get; init; } = "";

    public string Package { get; init; } = "";

    public string Version { get; init; } = "";

    public User? Publisher { get; init; }

    public bool Yanked { get; init; }

    public bool UsesNpm { get; init; }

    public int? NewerVersionsCount { get; init; }

    public string? RekorLogId { get; init; }

    public string? License { get; init; }

    public string? ReadmePath { get; init; }

    /// <summary>Null for a version that was published before this was found out.</summary>
    public SlowTypes? SlowTypes { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <param name="Kind"><c>jsr</c> or <c>npm</c>.</param>
/// <param name="Name">For jsr <c>@scope/package</c>.</param>
/// <param name="Path">The subpath, or empty.</param>
public sealed record Dependency(string Kind, string Name, string Constraint, string Path);
