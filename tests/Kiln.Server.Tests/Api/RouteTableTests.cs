using System.Reflection;
using System.Text.RegularExpressions;
using Kiln.Registry;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Tests.Api;

/// <summary>The table of routes and the table of codes are whole and agree with each other.</summary>
public sealed partial class RouteTableTests
{
    [Fact]
    public void A_route_is_declared_once() => Assert.Equal(ApiRoutes.All.Count, ApiRoutes.All.Select(r => ParameterName().Replace(r.Name, "{}")).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_code_of_a_route_is_in_the_table_of_codes()
    {
        var known = ApiErrors.All.Select(e => e.Code).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(ApiRoutes.All.SelectMany(r => r.AllErrors), c => !known.Contains(c));
    }

    [Fact]
    public void Every_route_that_changes_something_is_audited_or_says_why_not() =>
        Assert.Empty(ApiRoutes.All.Where(r => r.IsRead ? r.Actions.Count > 0 || r.NotAudited is not null : (r.Actions.Count == 0) == (r.NotAudited is null)).Select(r => r.Name));

    [Fact]
    public void Reads_have_no_body_and_changes_have_no_cache_policy() =>
        Assert.Empty(ApiRoutes.All.Where(r => r.IsRead ? r.Body is not null || r.BodyType is not null : r.Cache != Kiln.Server.Api.CachePolicy.None).Select(r => r.Name));

    [Fact]
    public void The_table_of_codes_has_every_code_once_with_a_meaning()
    {
        var constants = typeof(ApiErrors).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.Equal(constants.Order(StringComparer.Ordinal), ApiErrors.All.Select(e => e.Code).Order(StringComparer.Ordinal));
        Assert.All(ApiErrors.All, e => Assert.EndsWith(".", e.Meaning, StringComparison.Ordinal));
        Assert.All(ApiErrors.All, e => Assert.InRange(e.Status, 400, 599));
    }

    /// <summary>registry.md §2.4, written out from there.</summary>
    [Theory]
    [InlineData(401, "missingAuthentication invalidBearerToken invalidOidcToken")]
    [InlineData(403, "missingPermission actorNotAuthorized actorNotUser actorNotScopeAdmin actorNotScopeMember credentialNotInteractive scopeRequiresPublishingFromCi blocked")]
    [InlineData(404, "publishNotFound userNotFound scopeNotFound packageNotFound packageVersionNotFound diffNoIndex diffDisabled docsOnlyForLatestVersion entrypointOrSymbolNotFound packagePathNotFound tokenNotFound scopeMemberNotFound scopeInviteNotFound githubRepositoryNotFound authorizationNotFound ticketNotFound")]
    [InlineData(409, "scopeAlreadyExists packageAlreadyExists scopeNotEmpty packageNotEmpty")]
    [InlineData(413, "tarballSizeLimitExceeded")]
    [InlineData(503, "turnstileVerificationFailed")]
    [InlineData(500, "internalServerError")]
    [InlineData(400, "malformedRequest missingGzipContentEncoding githubOauthError invalidOauthState missingTurnstileToken invalidTurnstileToken duplicateVersionPublish weeklyPublishAttemptsLimitExceeded weeklyPackageLimitExceeded packageLimitExceeded alreadyInvited alreadyScopeMember scopeMustHaveAdmin noScopeOwnerAvailable scopeLimitReached githubSamlEnforcement githubRepositoryNotPublic githubRepositoryNotAuthorized authorizationExpired authorizationInvalidVerifier authorizationDenied authorizationPending scopeNameNotAllowed scopeNameReserved packageNameNotAllowed packageArchived deleteVersionHasDependents ticketMessageEmpty ticketMetaNotValid unknownLoginService connectTakenService disconnectLastService")]
    public void Codes_have_the_statuses_of_the_specification(int status, string codes) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(status, ApiErrors.StatusOf(code)));

    [Fact]
    public void No_source_file_writes_a_code_as_text()
    {
        var offending = SourceFiles().Where(f => LiteralCode().IsMatch(File.ReadAllText(f)));
        Assert.Empty(offending);
        Assert.Throws<ArgumentException>(() => new ApiError("noSuchCode", ""));
    }

    private static IEnumerable<string> SourceFiles()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Kiln.slnx")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests do not run inside of the repository.");
        }

        return new[] { "src/Kiln.Registry", "src/Kiln.Server" }.SelectMany(p => Directory.EnumerateFiles(Path.Combine(root, p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
    }

    [GeneratedRegex("""(new ApiError|Refuse)\(\s*"[a-z]""")]
    private static partial Regex LiteralCode();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex ParameterName();
}
