namespace Kiln.Registry.Identity;

public enum TokenType
{
    /// <summary>A session in a browser.</summary>
    Web,

    /// <summary>Given to a command line by an approved authorization.</summary>
    Device,

    /// <summary>Made by hand, e.g. for CI.</summary>
    Personal,
}

public sealed record Token(
    Guid Id,
    string? Description,
    Guid UserId,
    TokenType Type,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset CreatedAt,
    IReadOnlyList<Permission>? Permissions);

/// <param name="Secret">Shown this once; only its hash is stored.</param>
public sealed record CreatedToken(string Secret, Token Token);
