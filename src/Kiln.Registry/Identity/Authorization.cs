namespace Kiln.Registry.Identity;

/// <summary>What the approving page shows.</summary>
public sealed record Authorization(string Code, IReadOnlyList<Permission>? Permissions, DateTimeOffset ExpiresAt);

/// <summary>What the command line gets when it asks; the server adds <c>verificationUrl</c> and <c>pollInterval</c>.</summary>
/// <param name="Code">Two groups of four letters that a person compares or types.</param>
/// <param name="ExchangeToken">Secret of the command line: 40 hex digits.</param>
public sealed record CreatedAuthorization(string Code, string ExchangeToken, DateTimeOffset ExpiresAt);

public sealed record ExchangedAuthorization(string Token, User User);
