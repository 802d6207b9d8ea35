namespace Kiln.Registry.Identity;

/// <summary>Who makes a request, and how far the credential reaches.</summary>
public sealed record Principal
{
    public static Principal Anonymous { get; } = new();

    public FullUser? User { get; init; }

    public TokenType? TokenType { get; init; }

    public Guid? TokenId { get; init; }

    /// <summary>Null: everything that the user may do.</summary>
    public IReadOnlyList<Permission>? Permissions { get; init; }

    /// <summary>The request asked for staff powers over scopes; false for all who are not staff.</summary>
    public bool Sudo { get; init; }

    public bool IsAnonymous => User is null;

    public bool IsInteractive => TokenType == Identity.TokenType.Web;
}
