using Kiln.Registry;
using Kiln.Server.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Web;

/// <summary>Sessions and forms (security.md I4, B6, B8).</summary>
public sealed class SignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_link_signs_in_once_and_looking_at_it_does_not_use_it_up()
    {
        using var browser = new Browser(fixture.Server);
        var link = await LinkAsync("ada");
        await browser.OpenAsync(link);
        var (_, page) = await browser.OpenAsync(link);
        Assert.Null(browser.Cookie("token"));

        var (signedIn, _) = await browser.SubmitAsync(page, "/login/link");
        Assert.Equal(303, (int)signedIn.StatusCode);
        Assert.Equal("/", signedIn.Headers.Location?.ToString());
        Assert.Matches("^token=jsrw_[0-9A-Za-z]{35}; expires=[^;]+; path=/; samesite=lax; httponly$", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("token=", StringComparison.Ordinal)));
        var (_, home) = await browser.OpenAsync("/");
        Assert.Contains("ada", home, StringComparison.Ordinal);

        using var second = new Browser(fixture.Server);
        var (used, text) = await second.SubmitAsync((await second.OpenAsync(link)).Html, "/login/link");
        Assert.Equal(401, (int)used.StatusCode);
        Assert.Contains("has been used", text, StringComparison.Ordinal);
        Assert.Null(second.Cookie("token"));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_itself()
    {
        using var browser = await SignedInAsync("bob");
        var session = browser.Cookie("token")!;
        Assert.Equal(200, (await new ApiClient(fixture.Server, session).GetAsync("user")).Status);
        await browser.SubmitAsync((await browser.OpenAsync("/")).Html, "/logout");
        Assert.Null(browser.Cookie("token"));
        Assert.Equal(401, (await new ApiClient(fixture.Server, session).GetAsync("user")).Status);
    }

    [Fact]
    public async Task Signing_in_again_is_another_session()
    {
        using var browser = await SignedInAsync("carol");
        var first = browser.Cookie("token");
        await browser.SubmitAsync((await browser.OpenAsync(await LinkAsync("carol"))).Html, "/login/link");
        Assert.NotEqual(first, browser.Cookie("token"));
        Assert.Equal(401, (await new ApiClient(fixture.Server, first).GetAsync("user")).Status);
    }

    [Fact]
    public async Task A_form_without_its_token_or_from_another_site_changes_nothing()
    {
        using var browser = await SignedInAsync("dora");
        var (_, html) = await browser.OpenAsync("/new");
        Assert.Equal(400, (int)(await browser.PostAsync("/new", new Dictionary<string, string> { ["scope"] = "stolen", ["package"] = "lib" })).Response.StatusCode);
        Assert.Equal(400, (int)(await browser.SubmitAsync(html, "/new", "cross-site", ("scope", "stolen"), ("package", "lib"))).Response.StatusCode);
        Assert.Equal(400, (int)(await browser.SubmitAsync(html, "/new", "same-site", ("scope", "stolen"), ("package", "lib"))).Response.StatusCode);
        Assert.Equal(404, (await fixture.Anyone.GetAsync("scopes/stolen")).Status);
    }

    [Fact]
    public async Task A_token_for_the_command_line_signs_no_browser_in()
    {
        using var browser = new Browser(fixture.Server);
        var token = (await ApiClient.PersonalAsync(fixture.Server, "erin")).Secret!;
        var (reply, _) = await browser.SubmitAsync((await browser.OpenAsync("/login")).Html, "/login", fields: [("token", token)]);
        Assert.Equal(401, (int)reply.StatusCode);
        Assert.Null(browser.Cookie("token"));
    }

    [Fact]
    public async Task A_pasted_link_leads_back_to_where_one_was_going()
    {
        using var browser = new Browser(fixture.Server);
        var (away, _) = await browser.OpenAsync("/auth?code=ABCD-EFGH");
        Assert.Equal(303, (int)away.StatusCode);
        Assert.Equal("/login?redirect=%2Fauth%3Fcode%3DABCD-EFGH", away.Headers.Location?.ToString());
        var (_, login) = await browser.OpenAsync(away.Headers.Location!.ToString());
        var (back, _) = await browser.SubmitAsync(login, "/login", fields: [("token", fixture.Server.Address + (await LinkAsync("finn"))[1..])]);
        Assert.Equal("/auth?code=ABCD-EFGH", back.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/\tevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("HTTPS://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("evil.example")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("/a#b")]
    [InlineData("/ä")]
    [InlineData(" /a")]
    public void Only_paths_of_this_site_are_led_back_to(string? target) => Assert.Equal("/", LocalRedirect.Clean(target));

    [Theory]
    [InlineData("/")]
    [InlineData("/auth?code=ABCD-EFGH")]
    [InlineData("/new?scope=a&package=b&from=cli")]
    [InlineData("/@a/b")]
    public void Paths_of_this_site_are_kept(string target) => Assert.Equal(target, LocalRedirect.Clean(target));

    private async Task<Browser> SignedInAsync(string user)
    {
        var browser = new Browser(fixture.Server);
        await browser.SubmitAsync((await browser.OpenAsync(await LinkAsync(user))).Html, "/login/link");
        Assert.NotNull(browser.Cookie("token"));
        return browser;
    }

    private async Task<string> LinkAsync(string user)
    {
        await ApiClient.PersonalAsync(fixture.Server, user);
        var secret = await fixture.Server.App.Services.GetRequiredService<RegistryAdmin>().CreateSignInLinkAsync(user, TimeSpan.FromHours(1), CancellationToken.None);
        return "/login/link?token=" + secret.Value;
    }
}
