using System.Collections.Frozen;

namespace Kiln.Registry;

/// <summary>
/// A refusal that the caller is told about: a stable code (clients match it), a sentence for people, an HTTP status from <see cref="ApiErrors"/>, and what the
/// reply carries besides (<c>task</c> of <c>duplicateVersionPublish</c> and <c>versionContentLocked</c>; null otherwise).
/// </summary>
public sealed record ApiError(string Code, string Message, object? Extra = null)
{
    public int Status => ApiErrors.StatusOf(Code);
}

/// <summary>The one table of codes and statuses (registry.md §2.4). Codes marked "ours" are not in the reference.</summary>
public static class ApiErrors
{
    public const string MissingAuthentication = "missingAuthentication";
    public const string InvalidBearerToken = "invalidBearerToken";
    public const string MissingPermission = "missingPermission";
    public const string ActorNotAuthorized = "actorNotAuthorized";
    public const string ActorNotUser = "actorNotUser";
    public const string ActorNotScopeAdmin = "actorNotScopeAdmin";
    public const string ActorNotScopeMember = "actorNotScopeMember";
    public const string CredentialNotInteractive = "credentialNotInteractive";
    public const string ScopeRequiresPublishingFromCi = "scopeRequiresPublishingFromCi";
    public const string Blocked = "blocked";
    public const string PublishNotFound = "publishNotFound";
    public const string UserNotFound = "userNotFound";
    public const string ScopeNotFound = "scopeNotFound";
    public const string PackageNotFound = "packageNotFound";
    public const string PackageVersionNotFound = "packageVersionNotFound";
    public const string PackagePathNotFound = "packagePathNotFound";
    public const string TokenNotFound = "tokenNotFound";
    public const string ScopeMemberNotFound = "scopeMemberNotFound";
    public const string ScopeInviteNotFound = "scopeInviteNotFound";
    public const string AuthorizationNotFound = "authorizationNotFound";
    public const string ScopeAlreadyExists = "scopeAlreadyExists";
    public const string PackageAlreadyExists = "packageAlreadyExists";
    public const string ScopeNotEmpty = "scopeNotEmpty";
    public const string PackageNotEmpty = "packageNotEmpty";
    public const string TarballSizeLimitExceeded = "tarballSizeLimitExceeded";
    public const string MalformedRequest = "malformedRequest";
    public const string MissingGzipContentEncoding = "missingGzipContentEncoding";
    public const string DuplicateVersionPublish = "duplicateVersionPublish";
    public const string WeeklyPublishAttemptsLimitExceeded = "weeklyPublishAttemptsLimitExceeded";
    public const string WeeklyPackageLimitExceeded = "weeklyPackageLimitExceeded";
    public const string PackageLimitExceeded = "packageLimitExceeded";
    public const string AlreadyScopeMember = "alreadyScopeMember";
    public const string AlreadyInvited = "alreadyInvited";
    public const string ScopeMustHaveAdmin = "scopeMustHaveAdmin";
    public const string NoScopeOwnerAvailable = "noScopeOwnerAvailable";
    public const string ScopeLimitReached = "scopeLimitReached";
    public const string AuthorizationExpired = "authorizationExpired";
    public const string AuthorizationInvalidVerifier = "authorizationInvalidVerifier";
    public const string AuthorizationDenied = "authorizationDenied";

    /// <summary>Clients match this one while they poll: never rename.</summary>
    public const string AuthorizationPending = "authorizationPending";
    public const string ScopeNameNotAllowed = "scopeNameNotAllowed";
    public const string ScopeNameReserved = "scopeNameReserved";
    public const string PackageNameNotAllowed = "packageNameNotAllowed";
    public const string PackageArchived = "packageArchived";
    public const string GithubRepositoryNotAuthorized = "githubRepositoryNotAuthorized";
    public const string DeleteVersionHasDependents = "deleteVersionHasDependents";
    public const string EntrypointOrSymbolNotFound = "entrypointOrSymbolNotFound";
    public const string DiffNoIndex = "diffNoIndex";
    public const string InternalServerError = "internalServerError";

    /// <summary>Ours: some of the version's bytes are public already, so only the same tarball may continue (security.md C6).</summary>
    public const string VersionContentLocked = "versionContentLocked";

    /// <summary>Ours: too many wrong codes from one caller (security.md I3).</summary>
    public const string TooManyAttempts = "tooManyAttempts";

    /// <summary>Ours: the sign-in link is unknown, used or expired.</summary>
    public const string SignInLinkInvalid = "signInLinkInvalid";

    /// <summary>Ours: the upload ended early or its connection broke.</summary>
    public const string UploadIncomplete = "uploadIncomplete";

    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [MissingAuthentication] = 401, [InvalidBearerToken] = 401, ["invalidOidcToken"] = 401, [SignInLinkInvalid] = 401,
        [MissingPermission] = 403, [ActorNotAuthorized] = 403, [ActorNotUser] = 403, [ActorNotScopeAdmin] = 403, [ActorNotScopeMember] = 403,
        [CredentialNotInteractive] = 403, [ScopeRequiresPublishingFromCi] = 403, [Blocked] = 403,
        [PublishNotFound] = 404, [UserNotFound] = 404, [ScopeNotFound] = 404, [PackageNotFound] = 404, [PackageVersionNotFound] = 404, ["diffNoIndex"] = 404,
        ["diffDisabled"] = 404, ["docsOnlyForLatestVersion"] = 404, ["entrypointOrSymbolNotFound"] = 404, [PackagePathNotFound] = 404, [TokenNotFound] = 404,
        [ScopeMemberNotFound] = 404, [ScopeInviteNotFound] = 404, ["githubRepositoryNotFound"] = 404, [AuthorizationNotFound] = 404, ["ticketNotFound"] = 404,
        [ScopeAlreadyExists] = 409, [PackageAlreadyExists] = 409, [ScopeNotEmpty] = 409, [PackageNotEmpty] = 409, [VersionContentLocked] = 409,
        [TarballSizeLimitExceeded] = 413,
        [TooManyAttempts] = 429,
        [InternalServerError] = 500,
        ["turnstileVerificationFailed"] = 503,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>400 for every code that the table does not name: all others of the catalogue are bad requests.</summary>
    public static int StatusOf(string code) => Statuses.GetValueOrDefault(code, 400);
}
