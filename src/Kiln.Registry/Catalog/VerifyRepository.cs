using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>
/// Asks GitHub, as this user, whether the repository exists, is public and may be pushed to by the user (registry.md §2.3). The errors are those of linking:
/// <c>githubRepositoryNotFound</c>, <c>githubRepositoryNotPublic</c>, <c>githubRepositoryNotAuthorized</c>, <c>githubSamlEnforcement</c>.
/// </summary>
/// <returns>GitHub's number for it, and owner and name as GitHub writes them.</returns>
public delegate Task<Result<VerifiedRepository>> VerifyRepository(Principal principal, string owner, string name, CancellationToken cancellation);

public sealed record VerifiedRepository(long Id, string Owner, string Name);
