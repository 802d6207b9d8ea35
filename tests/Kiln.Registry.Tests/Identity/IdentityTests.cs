using System.Security.Cryptography;
using System.Text;
using Kiln.Registry.Catalog;
using Kiln.Tooling;

namespace Kiln.Registry.Identity;

public sealed class IdentityTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    private TokenService Tokens => registry.Get<TokenService>();

    private AuthorizationService Authorizations => registry.Get<AuthorizationService>();

    public async ValueTask InitializeAsync() => registry = await TestRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    private static string Challenge(string verifier) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)));

    [Fact]
    public async Task A_token_names_its_user_until_it_expires()
    {
        var author = await registry.SignInAsync("author");
        var created = (await Tokens.CreateAsync(author, " my\ntoken ", registry.Clock.GetUtcNow().AddHours(1), null, default)).Value;
        Assert.Equal("my token", created.Token.Description);

        var principal = (await Tokens.AuthenticateAsync(created.Secret, sudo: true, default)).Value;
        Assert.Equal(author.User!.Id, principal.User!.Id);
        Assert.False(principal.IsInteractive);
        Assert.False(principal.Sudo); // Not staff.

        registry.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("invalidBearerToken", (await Tokens.AuthenticateAsync(created.Secret, false, default)).Error?.Code);
        Assert.Equal(401, ApiErrors.StatusOf("invalidBearerToken"));
    }

    [Fact]
    public async Task No_secret_is_in_the_database()
    {
        var author = await registry.SignInAsync("author");
        var created = (await Tokens.CreateAsync(author, "ci", null, null, default)).Value;
        var link = (await registry.Get<RegistryAdmin>().CreateSignInLinkAsync("author", TimeSpan.FromMinutes(5), default)).Value;
        var exchange = (await Authorizations.CreateAsync(Challenge("v"), null, default)).Value.ExchangeToken;

        if (registry.Options.Database is { } address)
        {
            var dump = await (await PostgresCluster.SharedAsync()).DumpAsync(address);
            Assert.Contains("COPY public.tokens", dump, StringComparison.Ordinal);
            Assert.All(new[] { created.Secret, link, exchange }, secret => Assert.DoesNotContain(secret, dump, StringComparison.Ordinal));
            return;
        }

        var files = Directory.GetFiles(registry.Options.DataDirectory, "kiln.db*");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync();
            Assert.All(new[] { created.Secret, link, exchange }, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Only_a_browser_session_may_make_and_delete_tokens()
    {
        var web = await registry.SignInAsync("author");
        var token = (await Tokens.CreateAsync(web, "ci", null, null, default)).Value;
        var machine = (await Tokens.AuthenticateAsync(token.Secret, false, default)).Value;
        Assert.Equal("credentialNotInteractive", (await Tokens.CreateAsync(machine, "more", null, null, default)).Error?.Code);
        Assert.Equal("credentialNotInteractive", (await Tokens.DeleteAsync(machine, token.Token.Id, default)).Error?.Code);
        Assert.Equal("missingAuthentication", (await Tokens.CreateAsync(Principal.Anonymous, "more", null, null, default)).Error?.Code);
        Assert.Null((await Tokens.DeleteAsync(web, token.Token.Id, default)).Error);
        Assert.Equal("tokenNotFound", (await Tokens.DeleteAsync(web, token.Token.Id, default)).Error?.Code);
        Assert.Equal("invalidBearerToken", (await Tokens.AuthenticateAsync(token.Secret, false, default)).Error?.Code);
    }

    [Fact]
    public async Task A_limited_token_can_do_nothing_but_publish()
    {
        var web = await registry.SignInAsync("author");
        var token = (await Tokens.CreateAsync(web, "ci", null, [new Permission { Kind = "package/publish", Scope = "scope" }], default)).Value;
        var limited = (await Tokens.AuthenticateAsync(token.Secret, false, default)).Value;
        Assert.Equal("missingPermission", (await registry.Get<ScopeService>().CreateAsync(limited, "other", "", default)).Error?.Code);
        Assert.Equal("missingPermission", (await Tokens.ListAsync(limited, default)).Error?.Code);
    }

    [Fact]
    public async Task A_permission_covers_what_it_names()
    {
        Permission scope = new() { Kind = "package/publish", Scope = "scope" };
        Assert.True(scope.Covers("scope", "pkg", "1.0.0"));
        Assert.False(scope.Covers("other", "pkg", "1.0.0"));
        var package = scope with { Package = "pkg" };
        Assert.True(package.Covers("scope", "pkg", "1.0.0"));
        Assert.False(package.Covers("scope", "tool", "1.0.0"));
        var version = package with { Version = "1.0.0", TarballHash = "sha256-00" };
        Assert.True(version.Covers("scope", "pkg", "1.0.0"));
        Assert.False(version.Covers("scope", "pkg", "1.0.1"));
        Assert.False((package with { Version = "1.0.0" }).IsWellFormed);
        Assert.False((scope with { Kind = "package/delete" }).IsWellFormed);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_sign_in_link_works_once_and_not_late()
    {
        await registry.SignInAsync("author");
        var admin = registry.Get<RegistryAdmin>();
        var service = registry.Get<SignInService>();
        var link = (await admin.CreateSignInLinkAsync("author", TimeSpan.FromMinutes(5), default)).Value;
        var winners = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => service.RedeemAsync(link, default))));
        Assert.Single(winners, w => w.Error is null);
        Assert.All(winners.Where(w => w.Error is not null), w => Assert.Equal("signInLinkInvalid", w.Error!.Code));

        var late = (await admin.CreateSignInLinkAsync("author", TimeSpan.FromMinutes(5), default)).Value;
        registry.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("signInLinkInvalid", (await service.RedeemAsync(late, default)).Error?.Code);
        Assert.Equal("signInLinkInvalid", (await service.RedeemAsync("guess", default)).Error?.Code);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        await registry.SignInAsync("author");
        var link = (await registry.Get<RegistryAdmin>().CreateSignInLinkAsync("author", TimeSpan.FromMinutes(5), default)).Value;
        var session = (await registry.Get<SignInService>().RedeemAsync(link, default)).Value;
        var principal = (await Tokens.AuthenticateAsync(session.Secret, false, default)).Value;
        await Tokens.SignOutAsync(principal, default);
        Assert.Equal("invalidBearerToken", (await Tokens.AuthenticateAsync(session.Secret, false, default)).Error?.Code);
    }

    [Fact]
    public async Task An_approved_authorization_gives_a_device_token_with_the_asked_permissions()
    {
        var author = await registry.SignInAsync("author");
        Permission permission = new() { Kind = "package/publish", Scope = "scope", Package = "pkg", Version = "1.0.0", TarballHash = "sha256-ab" };
        var created = (await Authorizations.CreateAsync(Challenge("verifier"), [permission], default)).Value;
        Assert.Matches("^[A-HJ-NP-Z]{4}-[A-HJ-NP-Z]{4}$", created.Code);
        Assert.Equal("authorizationPending", (await Authorizations.ExchangeAsync(created.ExchangeToken, "verifier", default)).Error?.Code);
        Assert.Equal(permission, Assert.Single((await Authorizations.GetAsync(created.Code, "ip", default)).Value.Permissions!));

        Assert.Null((await Authorizations.ApproveAsync(author, created.Code, default)).Error);
        Assert.Equal("authorizationNotFound", (await Authorizations.DenyAsync(author, created.Code, default)).Error?.Code);
        var exchanged = (await Authorizations.ExchangeAsync(created.ExchangeToken, "verifier", default)).Value;
        Assert.Equal(author.User!.Id, exchanged.User.Id);
        var principal = (await Tokens.AuthenticateAsync(exchanged.Token, false, default)).Value;
        Assert.Equal(TokenType.Device, principal.TokenType);
        Assert.Equal(permission, Assert.Single(principal.Permissions!));
        Assert.Equal("authorizationNotFound", (await Authorizations.ExchangeAsync(created.ExchangeToken, "verifier", default)).Error?.Code);

        registry.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("invalidBearerToken", (await Tokens.AuthenticateAsync(exchanged.Token, false, default)).Error?.Code);
    }

    [Fact]
    public async Task A_wrong_verifier_burns_the_authorization()
    {
        var author = await registry.SignInAsync("author");
        var created = (await Authorizations.CreateAsync(Challenge("right"), null, default)).Value;
        await Authorizations.ApproveAsync(author, created.Code, default);
        Assert.Equal("authorizationInvalidVerifier", (await Authorizations.ExchangeAsync(created.ExchangeToken, "wrong", default)).Error?.Code);
        Assert.Equal("authorizationNotFound", (await Authorizations.ExchangeAsync(created.ExchangeToken, "right", default)).Error?.Code);
    }

    [Fact]
    public async Task Denied_and_expired_authorizations_say_so()
    {
        var author = await registry.SignInAsync("author");
        var denied = (await Authorizations.CreateAsync(Challenge("v"), null, default)).Value;
        await Authorizations.DenyAsync(author, denied.Code, default);
        Assert.Equal("authorizationDenied", (await Authorizations.ExchangeAsync(denied.ExchangeToken, "v", default)).Error?.Code);

        var late = (await Authorizations.CreateAsync(Challenge("v"), null, default)).Value;
        registry.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("authorizationNotFound", (await Authorizations.ApproveAsync(author, late.Code, default)).Error?.Code);
        Assert.Equal("authorizationExpired", (await Authorizations.ExchangeAsync(late.ExchangeToken, "v", default)).Error?.Code);
    }

    /// <summary>security.md H10: only those count that somebody could still decide about, or one caller's old ones would lock everybody out for an hour.</summary>
    [Fact]
    public async Task So_many_authorizations_wait_at_a_time_and_no_more()
    {
        await using var small = await TestRegistry.StartAsync(options => options with { MaxAuthorizations = 3 });
        var service = small.Get<AuthorizationService>();
        var author = await small.SignInAsync("author");
        var first = (await service.CreateAsync(Challenge("v"), null, default)).Value;
        for (var i = 1; i < 3; i++)
        {
            Assert.Null((await service.CreateAsync(Challenge("v"), null, default)).Error);
        }

        Assert.Equal("tooManyAuthorizations", (await service.CreateAsync(Challenge("v"), null, default)).Error?.Code);
        Assert.Null((await service.DenyAsync(author, first.Code, default)).Error); // decided: one place is free
        Assert.Null((await service.CreateAsync(Challenge("v"), null, default)).Error);
        Assert.Equal("tooManyAuthorizations", (await service.CreateAsync(Challenge("v"), null, default)).Error?.Code);

        small.Clock.Advance(TimeSpan.FromMinutes(11)); // expired: all are free, and their rows are there for another hour
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await service.CreateAsync(Challenge("v"), null, default)).Error);
        }

        Assert.Equal("tooManyAuthorizations", (await service.CreateAsync(Challenge("v"), null, default)).Error?.Code);
        Assert.Equal(7, await small.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM authorizations"), default));
        small.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null((await service.CreateAsync(Challenge("v"), null, default)).Error);
        Assert.Equal(4, await small.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM authorizations"), default));
    }

    [Fact]
    public async Task Approval_needs_a_person_at_a_browser()
    {
        var machine = await registry.SignInAsync("author", web: false);
        var created = (await Authorizations.CreateAsync(Challenge("v"), null, default)).Value;
        Assert.Equal("credentialNotInteractive", (await Authorizations.ApproveAsync(machine, created.Code, default)).Error?.Code);
        Assert.Equal("missingAuthentication", (await Authorizations.ApproveAsync(Principal.Anonymous, created.Code, default)).Error?.Code);
        Assert.Equal("authorizationPending", (await Authorizations.ExchangeAsync(created.ExchangeToken, "v", default)).Error?.Code);
    }

    [Fact]
    public async Task The_sixth_wrong_code_is_refused_and_so_is_a_right_one_then()
    {
        var author = await registry.SignInAsync("author");
        var created = (await Authorizations.CreateAsync(Challenge("v"), null, default)).Value;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("authorizationNotFound", (await Authorizations.ApproveAsync(author, $"AAAA-AAA{(char)('A' + i)}", default)).Error?.Code);
        }

        Assert.Equal("tooManyAttempts", (await Authorizations.ApproveAsync(author, created.Code, default)).Error?.Code);
        Assert.Equal(429, ApiErrors.StatusOf("tooManyAttempts"));
    }
}
