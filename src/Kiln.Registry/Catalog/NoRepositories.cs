using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>The <see cref="VerifyRepository"/> of a registry that users do not sign in to through GitHub: it cannot ask whether they may push, so it links nothing.</summary>
internal static class NoRepositories
{
    public static Task<Result<VerifiedRepository>> VerifyAsync(Principal principal, string owner, string name, CancellationToken cancellation) =>
        Task.FromResult<Result<VerifiedRepository>>(new ApiError(
            ApiErrors.GithubRepositoryNotAuthorized,
            "This registry cannot tell whether you may push to that repository: its users do not sign in through GitHub. For npm, name it as 'npm.repository' in the configuration of the package."));
}
