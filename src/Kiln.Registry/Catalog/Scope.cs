using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>Field names and meaning: registry.md §2.2; the JSON member of <see cref="Name"/> is <c>scope</c>.</summary>
public record Scope
{
    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What admins of the scope see.</summary>
public sealed record FullScope : Scope
{
    public User Creator { get; init; } = new();

    public ScopeQuotas Quotas { get; init; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>JSON member <c>ghActionsVerifyActor</c>.</summary>
    public bool VerifyOidcActor { get; init; }

    /// <summary>JSON member <c>requirePublishingFromCI</c>.</summary>
    public bool RequirePublishingFromCi { get; init; }
}

public sealed record ScopeQuotas(
    int PackageUsage,
    int PackageLimit,
    int NewPackagePerWeekUsage,
    int NewPackagePerWeekLimit,
    int PublishAttemptsPerWeekUsage,
    int PublishAttemptsPerWeekLimit);

public sealed record ScopeMember(string Scope, User User, bool IsAdmin, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);
