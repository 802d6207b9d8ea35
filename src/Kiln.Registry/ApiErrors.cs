using System.Collections.Frozen;

namespace Kiln.Registry;

/// <summary>
/// The one table of codes, statuses and meanings (registry.md §2.4). A code is never renamed and never changes its status: clients match them. Meanings that begin with "Ours" are of
/// codes that the reference does not have.
/// </summary>
public static class ApiErrors
{
    public const string MalformedRequest = "malformedRequest";
    public const string MissingGzipContentEncoding = "missingGzipContentEncoding";
    public const string GithubOauthError = "githubOauthError";
    public const string InvalidOauthState = "invalidOauthState";
    public const string MissingTurnstileToken = "missingTurnstileToken";
    public const string InvalidTurnstileToken = "invalidTurnstileToken";
    public const string DuplicateVersionPublish = "duplicateVersionPublish";
    public const string WeeklyPublishAttemptsLimitExceeded = "weeklyPublishAttemptsLimitExceeded";
    public const string WeeklyPackageLimitExceeded = "weeklyPackageLimitExceeded";
    public const string PackageLimitExceeded = "packageLimitExceeded";
    public const string AlreadyInvited = "alreadyInvited";
    public const string AlreadyScopeMember = "alreadyScopeMember";
    public const string ScopeMustHaveAdmin = "scopeMustHaveAdmin";
    public const string NoScopeOwnerAvailable = "noScopeOwnerAvailable";
    public const string ScopeLimitReached = "scopeLimitReached";
    public const string GithubSamlEnforcement = "githubSamlEnforcement";
    public const string GithubRepositoryNotPublic = "githubRepositoryNotPublic";
    public const string GithubRepositoryNotAuthorized = "githubRepositoryNotAuthorized";
    public const string AuthorizationExpired = "authorizationExpired";
    public const string AuthorizationInvalidVerifier = "authorizationInvalidVerifier";
    public const string AuthorizationDenied = "authorizationDenied";
    public const string AuthorizationPending = "authorizationPending";
    public const string ScopeNameNotAllowed = "scopeNameNotAllowed";
    public const string ScopeNameReserved = "scopeNameReserved";
    public const string PackageNameNotAllowed = "packageNameNotAllowed";
    public const string PackageArchived = "packageArchived";
    public const string DeleteVersionHasDependents = "deleteVersionHasDependents";
    public const string TicketMessageEmpty = "ticketMessageEmpty";
    public const string TicketMetaNotValid = "ticketMetaNotValid";
    public const string UnknownLoginService = "unknownLoginService";
    public const string ConnectTakenService = "connectTakenService";
    public const string DisconnectLastService = "disconnectLastService";
    public const string UploadIncomplete = "uploadIncomplete";
    public const string MissingAuthentication = "missingAuthentication";
    public const string InvalidBearerToken = "invalidBearerToken";
    public const string InvalidOidcToken = "invalidOidcToken";
    public const string SignInLinkInvalid = "signInLinkInvalid";
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
    public const string DiffNoIndex = "diffNoIndex";
    public const string DiffDisabled = "diffDisabled";
    public const string DocsOnlyForLatestVersion = "docsOnlyForLatestVersion";
    public const string EntrypointOrSymbolNotFound = "entrypointOrSymbolNotFound";
    public const string PackagePathNotFound = "packagePathNotFound";
    public const string TokenNotFound = "tokenNotFound";
    public const string ScopeMemberNotFound = "scopeMemberNotFound";
    public const string ScopeInviteNotFound = "scopeInviteNotFound";
    public const string GithubRepositoryNotFound = "githubRepositoryNotFound";
    public const string AuthorizationNotFound = "authorizationNotFound";
    public const string TicketNotFound = "ticketNotFound";
    public const string ScopeAlreadyExists = "scopeAlreadyExists";
    public const string PackageAlreadyExists = "packageAlreadyExists";
    public const string ScopeNotEmpty = "scopeNotEmpty";
    public const string PackageNotEmpty = "packageNotEmpty";
    public const string VersionContentLocked = "versionContentLocked";
    public const string TaskNotPending = "taskNotPending";
    public const string TarballSizeLimitExceeded = "tarballSizeLimitExceeded";
    public const string TooManyAttempts = "tooManyAttempts";
    public const string TooManyRequests = "tooManyRequests";
    public const string TooManyAuthorizations = "tooManyAuthorizations";
    public const string InternalServerError = "internalServerError";
    public const string TurnstileVerificationFailed = "turnstileVerificationFailed";
    public const string ServiceUnavailable = "serviceUnavailable";
    public const string RegistryReadOnly = "registryReadOnly";
    public const string DatabaseUnavailable = "databaseUnavailable";
    public const string InsufficientStorage = "insufficientStorage";

    /// <summary>By status, then in the order of the specification.</summary>
    public static IReadOnlyList<ApiErrorCode> All { get; } =
    [
        new(MalformedRequest, 400, "A parameter or the body cannot be read or is outside of its limits."),
        new(MissingGzipContentEncoding, 400, "An upload must say Content-Encoding: gzip."),
        new(GithubOauthError, 400, "GitHub refused the sign-in."),
        new(InvalidOauthState, 400, "The sign-in was not started in this browser, or took too long."),
        new(MissingTurnstileToken, 400, "The captcha's answer is missing. Not used: Kiln has none."),
        new(InvalidTurnstileToken, 400, "The captcha's answer is wrong. Not used: Kiln has none."),
        new(DuplicateVersionPublish, 400, "The version has been published, or is being published, with other content; the reply carries its task."),
        new(WeeklyPublishAttemptsLimitExceeded, 400, "The scope has used up its publishes of seven days."),
        new(WeeklyPackageLimitExceeded, 400, "The scope has used up its new packages of seven days."),
        new(PackageLimitExceeded, 400, "The scope has as many packages as it may."),
        new(AlreadyInvited, 400, "The user has been invited to the scope already."),
        new(AlreadyScopeMember, 400, "The user is a member of the scope already."),
        new(ScopeMustHaveAdmin, 400, "The change would leave the scope without an admin."),
        new(NoScopeOwnerAvailable, 400, "The scope's owner would leave it, and no other admin may own another scope."),
        new(ScopeLimitReached, 400, "The caller owns as many scopes as it may."),
        new(GithubSamlEnforcement, 400, "The repository's organisation asks for a sign-in by SAML."),
        new(GithubRepositoryNotPublic, 400, "The repository is not public."),
        new(GithubRepositoryNotAuthorized, 400, "The caller may not push to the repository."),
        new(AuthorizationExpired, 400, "The authorization has expired; start again."),
        new(AuthorizationInvalidVerifier, 400, "The verifier does not belong to the authorization."),
        new(AuthorizationDenied, 400, "The authorization was denied."),
        new(AuthorizationPending, 400, "Nobody has decided yet; ask again. Clients match this code: it is never renamed."),
        new(ScopeNameNotAllowed, 400, "The operator does not allow the scope's name."),
        new(ScopeNameReserved, 400, "The scope's name is reserved; staff can give it."),
        new(PackageNameNotAllowed, 400, "The operator does not allow the package's name."),
        new(PackageArchived, 400, "The package is archived."),
        new(DeleteVersionHasDependents, 400, "Other packages depend on the package."),
        new(TicketMessageEmpty, 400, "A message needs a text."),
        new(TicketMetaNotValid, 400, "The details of a ticket must be an object."),
        new(UnknownLoginService, 400, "There is no such identity provider."),
        new(ConnectTakenService, 400, "The identity belongs to another account."),
        new(DisconnectLastService, 400, "An account needs an identity."),
        new(UploadIncomplete, 400, "Ours: the upload ended early or its connection broke."),
        new(MissingAuthentication, 401, "The route needs a signed-in user and the request has no credential."),
        new(InvalidBearerToken, 401, "The token or session is unknown, was revoked or has expired."),
        new(InvalidOidcToken, 401, "The OpenID Connect token of a CI run is not valid here."),
        new(SignInLinkInvalid, 401, "Ours: the sign-in link is unknown, used or expired."),
        new(MissingPermission, 403, "The token is limited to something else than this."),
        new(ActorNotAuthorized, 403, "The route is for the registry's staff, or the CI run is not of the linked repository."),
        new(ActorNotUser, 403, "The route needs a person; the credential is a machine's."),
        new(ActorNotScopeAdmin, 403, "The caller is a member of the scope, but not an admin of it."),
        new(ActorNotScopeMember, 403, "The caller is not a member of the scope."),
        new(CredentialNotInteractive, 403, "The route needs a session in a browser, not a token."),
        new(ScopeRequiresPublishingFromCi, 403, "The scope accepts packages from CI only."),
        new(Blocked, 403, "The account is blocked."),
        new(PublishNotFound, 404, "There is no such publishing task."),
        new(UserNotFound, 404, "There is no such user."),
        new(ScopeNotFound, 404, "There is no such scope."),
        new(PackageNotFound, 404, "There is no such package."),
        new(PackageVersionNotFound, 404, "There is no such version."),
        new(DiffNoIndex, 404, "A comparison has no start page; ask for all symbols or one entry point."),
        new(DiffDisabled, 404, "Comparisons are switched off."),
        new(DocsOnlyForLatestVersion, 404, "Documentation is kept for the newest version only. Not used: Kiln keeps it for all."),
        new(EntrypointOrSymbolNotFound, 404, "The version has no such entry point or symbol."),
        new(PackagePathNotFound, 404, "The version has no such file or folder."),
        new(TokenNotFound, 404, "The caller has no such token."),
        new(ScopeMemberNotFound, 404, "The user is not a member of the scope."),
        new(ScopeInviteNotFound, 404, "There is no such invitation."),
        new(GithubRepositoryNotFound, 404, "There is no such repository, or the caller cannot see it."),
        new(AuthorizationNotFound, 404, "There is no such authorization, or it was decided or has expired."),
        new(TicketNotFound, 404, "There is no such ticket, or it is somebody else's."),
        new(ScopeAlreadyExists, 409, "The scope, or one that differs by hyphens only, exists."),
        new(PackageAlreadyExists, 409, "The package, or one that differs by hyphens only, exists."),
        new(ScopeNotEmpty, 409, "The scope has packages."),
        new(PackageNotEmpty, 409, "The package has versions or publishing tasks that did not fail."),
        new(VersionContentLocked, 409, "Ours: some bytes of the version are public already, so only the same tarball may continue."),
        new(TaskNotPending, 409, "Ours: the publishing task has been started or is over, so it cannot be cancelled."),
        new(TarballSizeLimitExceeded, 413, "The request body is larger than the route allows."),
        new(TooManyAttempts, 429, "Ours: too many wrong codes from one caller."),
        new(TooManyRequests, 429, "Ours: the caller has used up its requests for the moment; Retry-After says when to come back."),
        new(TooManyAuthorizations, 429, "Ours: too many authorizations are waiting for a decision."),
        new(InternalServerError, 500, "Something unexpected failed on the server."),
        new(TurnstileVerificationFailed, 503, "The captcha could not be checked. Not used: Kiln has none."),
        new(RegistryReadOnly, 503, "Ours: the registry was restored from a backup and has not been checked yet; it can be read."),
        new(DatabaseUnavailable, 503, "Ours: the database cannot be reached just now; try again. Installs go on."),
        new(ServiceUnavailable, 503, "Ours: the server is stopping or cannot reach what it needs; try again."),
        new(InsufficientStorage, 507, "Ours: the server's disk is nearly full; uploads are refused until the operator has made room."),
    ];

    private static readonly FrozenDictionary<string, ApiErrorCode> ByCode = All.ToFrozenDictionary(e => e.Code, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The code is not in the table.</exception>
    public static int StatusOf(string code) => ByCode.TryGetValue(code, out var known) ? known.Status : throw new ArgumentException($"'{code}' is not in the table of codes.", nameof(code));
}
