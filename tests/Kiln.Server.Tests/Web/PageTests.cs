using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kiln.Server.Tests.Web;

/// <summary>Pages: their headers, their encoding, and the forms that clients send people to.</summary>
public sealed partial class PageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/packages?search=x", 200)]
    [InlineData("/search?q=x", 200)]
    [InlineData("/search", 200)]
    [InlineData("/login", 200)]
    [InlineData("/login/link?token=abc", 200)]
    [InlineData("/no/such/page", 404)]
    [InlineData("/@no-such-scope", 404)]
    [InlineData("/@no-such/package", 404)]
    [InlineData("/@no-such/package@1.0.0", 404)]
    [InlineData("/@no-such/package/doc", 404)]
    [InlineData("/@no-such/package/doc/~/Name", 404)]
    [InlineData("/@no-such/package@1.0.0/score", 404)]
    [InlineData("/@no-such/package/versions", 404)]
    [InlineData("/@no-such/package/dependencies", 404)]
    [InlineData("/@no-such/package/1.0.0", 404)]
    [InlineData("/@no-such/package/1.0.0/mod.ts", 404)]
    [InlineData("/@no-such/package/meta.json", 404)]
    public async Task Every_page_is_locked_down_and_loads_only_what_has_its_nonce(string path, int status)
    {
        using var browser = new Browser(fixture.Server);
        var (first, html) = await browser.OpenAsync(path);
        var (second, _) = await browser.OpenAsync(path);
        Assert.Equal(status, (int)first.StatusCode);
        Assert.Equal("text/html; charset=utf-8", first.Content.Headers.ContentType?.ToString());
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.Equal(
            $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; script-src-attr 'none'; style-src 'nonce-{nonce}'; img-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            policy);
        Assert.NotEqual(policy, second.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains($"nonce=\"{nonce}\"", html, StringComparison.Ordinal);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", first.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", first.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.True(first.Headers.CacheControl?.NoStore);
        Assert.False(first.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(html), s => Assert.Matches($"^<script src=\"/assets/[a-z]+\\.[0-9a-f]{{12}}\\.js\" nonce=\"{nonce}\"( defer)?>$", s.Value));
    }

    [Fact]
    public async Task What_strangers_write_is_text()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        const string Attack = "<img src=x onerror=alert(1)>\"'><svg onload=alert(2)>";
        Assert.Equal(200, (await owner.PatchAsync($"scopes/{scope}/packages/{package}", new { description = Attack })).Status);
        using var browser = new Browser(fixture.Server);
        foreach (var path in new[] { $"/@{scope}/{package}", $"/@{scope}", $"/packages?search={scope}", "/packages?search=" + Uri.EscapeDataString(Attack), "/search?q=" + Uri.EscapeDataString(Attack) })
        {
            var (_, html) = await browser.OpenAsync(path);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<svg onload", html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("onerror=alert(1)", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_style_sheet_is_found_under_the_name_that_pages_use()
    {
        using var browser = new Browser(fixture.Server);
        var (_, html) = await browser.OpenAsync("/");
        var (style, _) = await browser.OpenAsync(Regex.Match(html, "href=\"(/assets/site[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);
        Assert.Equal("text/css; charset=utf-8", style.Content.Headers.ContentType?.ToString());
        Assert.Contains("immutable", style.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("approve", 200)]
    [InlineData("deny", 400)]
    public async Task A_person_decides_on_the_approval_page(string decision, int exchanged)
    {
        using var browser = new Browser(fixture.Server);
        await SignInAsync(browser, "approver-" + decision);
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("verifier")));
        var permissions = new[] { new { permission = "package/publish", scope = "clay", package = "brick", version = "1.2.3", tarballHash = "sha256-" + new string('a', 64) } };
        var started = (await fixture.Anyone.PostAsync("authorizations", new { challenge, permissions })).Json;
        var code = started["code"]!.GetValue<string>();
        var (_, html) = await browser.OpenAsync($"/auth?code={code}");
        foreach (var shown in new[] { code, "@clay/brick", "1.2.3", "aaaaaaaaaaaaaaaa" })
        {
            Assert.Contains(shown, html, StringComparison.Ordinal);
        }

        var (decided, _) = await browser.SubmitAsync(html, "/auth", fields: [("decision", decision)]);
        Assert.Equal(200, (int)decided.StatusCode);
        var reply = await fixture.Anyone.PostAsync("authorizations/exchange", new { exchangeToken = started["exchangeToken"]!.GetValue<string>(), verifier = "verifier" });
        Assert.Equal(exchanged, reply.Status);
        Assert.Equal(404, (int)(await browser.SubmitAsync(html, "/auth", fields: [("decision", "approve")])).Response.StatusCode);
    }

    [Fact]
    public async Task The_page_that_clients_send_people_to_makes_scope_and_package()
    {
        using var browser = new Browser(fixture.Server);
        await SignInAsync(browser, "maker");
        var (_, html) = await browser.OpenAsync("/new?scope=fresh-clay&package=pot&from=cli");
        Assert.Contains("value=\"fresh-clay\"", html, StringComparison.Ordinal);
        var (bad, text) = await browser.SubmitAsync(html, "/new", fields: [("scope", "Not A Scope"), ("package", "pot")]);
        Assert.Equal(400, (int)bad.StatusCode);
        Assert.Contains("role=\"alert\"", text, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await browser.SubmitAsync(html, "/new", fields: [("scope", "fresh-clay"), ("package", "pot")])).Response.StatusCode);
        Assert.Equal(200, (await fixture.Anyone.GetAsync("scopes/fresh-clay/packages/pot")).Status);

        var (again, _) = await browser.SubmitAsync(html, "/new", fields: [("scope", "fresh-clay"), ("package", "pot")]);
        Assert.Equal(409, (int)again.StatusCode);
        var (page, shown) = await browser.OpenAsync("/@fresh-clay/pot");
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("Nothing is published yet", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accept", 200)]
    [InlineData("decline", 404)]
    public async Task An_invitation_is_answered_on_the_home_page(string decision, int membership)
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        var login = "guest-of-" + scope;
        using var browser = new Browser(fixture.Server);
        await SignInAsync(browser, login);
        Assert.DoesNotContain("/invites", (await browser.OpenAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/members", new { login })).Status);
        var (_, html) = await browser.OpenAsync("/");
        Assert.Contains("@" + scope, html, StringComparison.Ordinal);
        var (answered, _) = await browser.SubmitAsync(html, "/invites", fields: [("decision", decision)]);
        Assert.Equal(303, (int)answered.StatusCode);
        Assert.Equal(membership, (await (await ApiClient.PersonalAsync(fixture.Server, login)).GetAsync($"user/member/{scope}")).Status);
        Assert.DoesNotContain("/invites", (await browser.OpenAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await browser.SubmitAsync(html, "/invites", fields: [("decision", decision)])).Response.StatusCode);
    }

    private async Task SignInAsync(Browser browser, string user)
    {
        await ApiClient.PersonalAsync(fixture.Server, user);
        var admin = (Kiln.Registry.RegistryAdmin)fixture.Server.App.Services.GetService(typeof(Kiln.Registry.RegistryAdmin))!;
        var secret = await admin.CreateSignInLinkAsync(user, TimeSpan.FromHours(1), CancellationToken.None);
        await browser.SubmitAsync((await browser.OpenAsync("/login/link?token=" + secret.Value)).Html, "/login/link");
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scripts();

    [GeneratedRegex("'nonce-([0-9a-f]{32})'", RegexOptions.None, 1000)]
    private static partial Regex Nonce();
}
