namespace Kiln.Registry.Identity;

/// <summary>What everybody may see of a user (registry.md §2.2).</summary>
public record User
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public long? GithubId { get; init; }

    public long? GitlabId { get; init; }

    public string AvatarUrl { get; init; } = "";

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the user and staff see.</summary>
public sealed record FullUser : User
{
    /// <summary>The unique name by which <c>admin</c> commands address the user.</summary>
    public string Login { get; init; } = "";

    public string? Email { get; init; }

    public bool IsBlocked { get; init; }

    public bool IsStaff { get; init; }

    /// <summary>Scopes whose creator the user is.</summary>
    public int ScopeUsage { get; init; }

    public int ScopeLimit { get; init; }

    public int InviteCount { get; init; }

    public int NewerTicketMessagesCount { get; init; }

    /// <summary>Only what everybody may see.</summary>
    public User ToPublic() => new()
    {
        Id = Id, Name = Name, GithubId = GithubId, GitlabId = GitlabId, AvatarUrl = AvatarUrl, UpdatedAt = UpdatedAt, CreatedAt = CreatedAt,
    };
}
