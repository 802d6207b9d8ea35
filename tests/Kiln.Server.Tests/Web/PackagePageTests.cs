using System.Text.RegularExpressions;

namespace Kiln.Server.Tests.Web;

/// <summary>Every page of a package, by its address (web.md §4.2, §5.2–5.8, §11.1).</summary>
public sealed partial class PackagePageTests(DocumentedPackage package) : IClassFixture<DocumentedPackage>
{
    private const string Newest = "public, max-age=30, s-maxage=120, stale-while-revalidate=360";
    private const string Slow = "public, max-age=30, s-maxage=300, stale-while-revalidate=900";
    private const string Fixed = "public, max-age=30, s-maxage=3600, stale-while-revalidate=10800";
    private const string Private = "private, no-store";

    [Theory]
    [InlineData("/@pottery/glaze", Newest, false, "Colours for clay", "1.1.0", "Set up this registry")]
    [InlineData("/@pottery/glaze@1.0.0", Fixed, true, "Colours for clay", "is one version behind", "Go to 1.1.0")]
    [InlineData("/@pottery/glaze@1.2.0", Fixed, true, "Yanked.", "1.2.0", "Go to 1.1.0")]
    [InlineData("/@pottery/glaze@2.0.0-rc.1", Fixed, true, "is a pre-release", "2.0.0-rc.1", "Go to 1.1.0")]
    [InlineData("/@pottery/glaze/doc", Newest, false, "Functions", "mix", "Glaze")]
    [InlineData("/@pottery/glaze@1.0.0/doc", Fixed, true, "href=\"/@pottery/glaze@1.0.0/doc/~/mix\"", "Classes", "Namespaces")]
    [InlineData("/@pottery/glaze/doc/tools/wheel", Newest, false, "Wheels.", "turn", "./tools/wheel")]
    [InlineData("/@pottery/glaze/doc/all_symbols", Newest, false, "mix", "turn", "Glaze")]
    [InlineData("/@pottery/glaze/doc/~/mix", Newest, true, "Mixes two colours", "href=\"/@pottery/glaze/doc/~/Glaze\"", "/@pottery/glaze/1.1.0/mod.ts#L14")]
    [InlineData("/@pottery/glaze@1.2.0/doc/~/mix", Fixed, true, "Mixes two colours", "href=\"/@pottery/glaze@1.2.0/doc/~/Glaze\"", "/@pottery/glaze/1.2.0/mod.ts#L14")]
    [InlineData("/@pottery/glaze/doc/~/Colours.red", Newest, true, "The reddest", "Colours", "red")]
    [InlineData("/@pottery/glaze/doc/tools/wheel/~/turn", Newest, true, "Turns.", "turn", "wheel")]
    [InlineData("/@pottery/glaze/doc/~/a~2fb%20%3Cc%3E~25~7e", Newest, true, "a/b &lt;c&gt;%~", "a/b", "number")]
    [InlineData("/@pottery/glaze/1.0.0", Fixed, true, "logo.svg", "tools", "Glaze 1.0.0")]
    [InlineData("/@pottery/glaze/1.0.0/tools", Fixed, true, "wheel.ts", "href=\"/@pottery/glaze/1.0.0/mod.ts\"", "Tools")]
    [InlineData("/@pottery/glaze/1.0.0/mod.ts", Fixed, true, "id=\"L12\"", "hl-keyword", "Raw")]
    [InlineData("/@pottery/glaze/1.0.0/page.html", Fixed, true, "&lt;", "alert", "page.html")]
    [InlineData("/@pottery/glaze/1.0.0/data.bin", Fixed, true, "This file is not text", "8 B", "Raw")]
    [InlineData("/@pottery/glaze/1.0.0/large.txt", Fixed, true, "too large to show", "1.1 MB", "Raw")]
    [InlineData("/@pottery/glaze/meta.json", Private, true, "meta.json", "1.1.0", "yanked")]
    [InlineData("/@pottery/glaze/1.0.0_meta.json", Fixed, true, "1.0.0_meta.json", "manifest", "checksum")]
    [InlineData("/@pottery/glaze/versions", Newest, false, "2.0.0-rc.1", "yanked", "latest")]
    [InlineData("/@pottery/glaze@1.0.0/versions", Newest, true, "2.0.0-rc.1", "yanked", "latest")]
    [InlineData("/@pottery/glaze/dependencies", Newest, true, "npm:chalk", "^5", "(default)")]
    [InlineData("/@pottery/glaze@1.0.0/dependencies", Fixed, true, "npm:chalk", "^5", "Versions")]
    [InlineData("/@pottery/glaze/dependents", Slow, true, "No package of this registry needs this one.", "Dependents", "1.1.0")]
    [InlineData("/@pottery/glaze/score", Slow, true, "README", "Documented symbols", "No slow types")]
    [InlineData("/@pottery/kit/doc/all_symbols?no_default_entrypoint", Newest, false, "has no main entry point", "one", "two")]
    public async Task A_page_has_its_content_its_lifetime_and_its_place_in_indexes(string path, string cache, bool isNoIndex, params string[] texts)
    {
        using var browser = new Browser(package.Server);
        var (response, html) = await browser.OpenAsync(path);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(Sorted(cache), Sorted(response.Headers.CacheControl!.ToString()));
        Assert.Equal(isNoIndex, response.Headers.Contains("X-Robots-Tag"));
        Assert.Equal(isNoIndex, html.Contains("<meta name=\"robots\" content=\"noindex\"", StringComparison.Ordinal));
        foreach (var text in texts)
        {
            Assert.Contains(text, html, StringComparison.Ordinal);
        }

        AssertLockedDown(response, html);
    }

    [Theory]
    [InlineData("/@pottery/glaze/doc/~", "/@pottery/glaze/doc")]
    [InlineData("/@pottery/glaze/doc/", "/@pottery/glaze/doc")]
    [InlineData("/@pottery/glaze@1.0.0/doc/~", "/@pottery/glaze@1.0.0/doc")]
    [InlineData("/@pottery/glaze/doc/tools/wheel/~", "/@pottery/glaze/doc/tools/wheel")]
    [InlineData("/@pottery/glaze/doc/tools/wheel/", "/@pottery/glaze/doc/tools/wheel")]
    [InlineData("/@pottery/glaze/doc/~/Glaze.prototype", "/@pottery/glaze/doc/~/Glaze")]
    [InlineData("/@pottery/glaze/doc/~/Glaze.prototype.burn", "/@pottery/glaze/doc/~/Glaze#method_burn_0")]
    [InlineData("/@pottery/glaze@1.0.0/doc/~/Glaze.burn", "/@pottery/glaze@1.0.0/doc/~/Glaze#method_burn_0")]
    [InlineData("/@pottery/kit/doc", "/@pottery/kit/doc/all_symbols?no_default_entrypoint")]
    [InlineData("/@pottery/glaze/", "/@pottery/glaze")]
    [InlineData("/@pottery/glaze@1.0.0/score/", "/@pottery/glaze@1.0.0/score")]
    [InlineData("/@pottery/glaze/1.0.0/", "/@pottery/glaze/1.0.0")]
    [InlineData("/@pottery/glaze/1.0.0/tools/", "/@pottery/glaze/1.0.0/tools")]
    [InlineData("/@pottery/glaze/1.0.0/mod.ts:10:5", "/@pottery/glaze/1.0.0/mod.ts#L10")]
    [InlineData("/@pottery/glaze/1.0.0/tools/wheel.ts:7", "/@pottery/glaze/1.0.0/tools/wheel.ts#L7")]
    public async Task An_address_that_means_another_one_leads_there(string path, string target)
    {
        using var browser = new Browser(package.Server);
        var (response, _) = await browser.OpenAsync(path);
        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(target, response.Headers.Location?.ToString());
        Assert.Equal(200, (int)(await browser.OpenAsync(target)).Response.StatusCode);
    }

    [Theory]
    [InlineData("/@pottery/glaze@9.9.9")]
    [InlineData("/@pottery/glaze@9.9.9/doc")]
    [InlineData("/@pottery/glaze@latest")]
    [InlineData("/@pottery/glaze@1.0.0/1.0.0/mod.ts")]
    [InlineData("/@pottery/glaze/9.9.9/mod.ts")]
    [InlineData("/@pottery/glaze/9.9.9")]
    [InlineData("/@pottery/glaze/1.0.0/no.ts")]
    [InlineData("/@pottery/glaze/1.0.0/tools/no")]
    [InlineData("/@pottery/glaze/9.9.9_meta.json")]
    [InlineData("/@pottery/glaze/doc/no/such")]
    [InlineData("/@pottery/glaze/doc/~/mix/more")]
    [InlineData("/@pottery/glaze/doc/~zz")]
    [InlineData("/@pottery/glaze/doc/~/mix?part=2")]
    [InlineData("/@pottery/glaze/nothing")]
    [InlineData("/@pottery/glaze/symbols.json/x")]
    [InlineData("/@pottery/bare/doc")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var browser = new Browser(package.Server);
        var (response, html) = await browser.OpenAsync(path);
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal(Sorted(Private), Sorted(response.Headers.CacheControl!.ToString()));
        AssertLockedDown(response, html);
    }

    [Theory]
    [InlineData("mux", "mix")]
    [InlineData("glaze", "Glaze")]
    [InlineData("Colors.red", "Colours.red")]
    [InlineData("turn", "turn")]
    public async Task A_symbol_that_is_not_there_has_neighbours(string wanted, string near)
    {
        using var browser = new Browser(package.Server);
        var (response, html) = await browser.OpenAsync($"/@pottery/glaze@1.1.0/doc/~/{wanted}");
        Assert.Equal(404, (int)response.StatusCode);
        Assert.Contains("Did you mean", html, StringComparison.Ordinal);
        Assert.Matches($"href=\"/@pottery/glaze@1\\.1\\.0/doc/[^\"]*~/{Regex.Escape(near)}\"", html);
    }

    [Fact]
    public async Task A_package_without_versions_says_so_on_every_tab()
    {
        using var browser = new Browser(package.Server);
        foreach (var (path, text) in new[] { ("", "Nothing is published yet"), ("/versions", "Nothing has been published yet"), ("/dependencies", "Nothing has been published yet"), ("/score", "nothing to score") })
        {
            var (response, html) = await browser.OpenAsync("/@pottery/bare" + path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Contains(text, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Dependents_are_listed_page_by_page_with_their_newest_versions()
    {
        // cup needs kit in five versions. The others are rows like those that a publish makes, enough for two pages.
        Assert.Equal(200, (await package.Owner.PostAsync("scopes/pottery/packages", new { package = "cup" })).Status);
        foreach (var version in new[] { "1.0.0", "1.1.0", "1.2.0", "1.9.0", "1.10.0" })
        {
            await TestPackage.PublishAsync(
                package.Server, package.Owner, "pottery", "cup", version, new Dictionary<string, string> { ["."] = "./mod.ts" }, ("mod.ts", "export { one } from \"jsr:@pottery/kit@1/one\";\n"));
        }

        await ((Kiln.Registry.Data.Database)package.Server.App.Services.GetService(typeof(Kiln.Registry.Data.Database))!).ChangeAsync(
            async session =>
            {
                foreach (var name in Enumerable.Range(10, 20).Select(i => $"dish{i}"))
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO packages (scope, name, created_at, updated_at) VALUES ('pottery', @name, @Now, @Now);
                        INSERT INTO package_versions (scope, name, version, sort_key, is_prerelease, exports, created_at, updated_at) VALUES ('pottery', @name, '1.0.0', '1', FALSE, '{}', @Now, @Now);
                        INSERT INTO package_version_dependencies (package_scope, package_name, package_version, dependency_kind, dependency_name, dependency_constraint, dependency_path)
                        VALUES ('pottery', @name, '1.0.0', 'jsr', '@pottery/kit', '1', '')
                        """,
                        new { name, session.Now });
                }

                return 0;
            },
            default);
        using var browser = new Browser(package.Server);
        var (response, html) = await browser.OpenAsync("/@pottery/kit/dependents");
        Assert.Equal(200, (int)response.StatusCode);
        AssertLockedDown(response, html);
        Assert.Matches("href=\"/@pottery/cup\"><span class=\"scope\">@pottery/</span>cup</a>\\s*<span class=\"version\">1\\.10\\.0  1\\.9\\.0  1\\.2\\.0 and 2 more</span>", html);
        Assert.Contains("href=\"/@pottery/dish28\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("dish29", html, StringComparison.Ordinal);
        Assert.Contains("href=\"?page=2\" rel=\"next\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", html, StringComparison.Ordinal);
        (_, html) = await browser.OpenAsync("/@pottery/kit/dependents?page=2");
        Assert.Contains("href=\"/@pottery/dish29\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/@pottery/cup", html, StringComparison.Ordinal);
        Assert.Contains("href=\"?page=1\" rel=\"prev\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_signed_in_gets_pages_of_his_own()
    {
        using var browser = new Browser(package.Server);
        var link = await ((Kiln.Registry.RegistryAdmin)package.Server.App.Services.GetService(typeof(Kiln.Registry.RegistryAdmin))!).CreateSignInLinkAsync("potter", TimeSpan.FromHours(1), default);
        await browser.SubmitAsync((await browser.OpenAsync("/login/link?token=" + link.Value)).Html, "/login/link");
        foreach (var path in new[] { "/@pottery/glaze", "/@pottery/glaze@1.0.0/doc", "/@pottery/glaze/1.0.0/mod.ts", "/@pottery/glaze/score" })
        {
            var (response, html) = await browser.OpenAsync(path);
            Assert.Equal(Sorted(Private), Sorted(response.Headers.CacheControl!.ToString()));
            Assert.Contains("potter", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_of_an_old_version_names_the_page_that_it_repeats()
    {
        using var browser = new Browser(package.Server);
        var (_, html) = await browser.OpenAsync("/@pottery/glaze@1.0.0/doc/~/mix");
        Assert.Contains($"<link rel=\"canonical\" href=\"{package.Server.Address}@pottery/glaze/doc/~/mix\"", html, StringComparison.Ordinal);
        (_, html) = await browser.OpenAsync("/@pottery/glaze/doc/~/mix");
        Assert.DoesNotContain("canonical", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"description\" content=\"Mixes two colours", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_of_the_search_lasts_for_ever_under_the_name_that_the_page_gives_it()
    {
        using var browser = new Browser(package.Server);
        var (_, html) = await browser.OpenAsync("/@pottery/glaze@1.0.0/doc");
        var match = Regex.Match(html, "data-root=\"([^\"]+)\" data-index=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal("/@pottery/glaze@1.0.0", match.Groups[1].Value);
        using var index = await package.Server.SendAsync("GET", match.Groups[2].Value);
        Assert.Equal("application/json", index.Content.Headers.ContentType?.ToString());
        Assert.Contains("immutable", index.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var symbols = System.Text.Json.Nodes.JsonNode.Parse(await index.Content.ReadAsStringAsync())!["symbols"]!.AsArray();
        Assert.Contains(symbols, s => s![0]!.GetValue<string>() == "mix" && s[3]!.GetValue<string>() == "/doc/~/mix");
        using var plain = await package.Server.SendAsync("GET", "/@pottery/glaze/symbols.json");
        Assert.DoesNotContain("immutable", plain.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        foreach (var path in new[] { "/@pottery/glaze", "/@pottery/glaze/doc", "/@pottery/glaze/score" })
        {
            using var head = await package.Server.SendAsync("HEAD", path, ("Accept", "text/html"));
            Assert.Equal(200, (int)head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    private static string Sorted(string value) => string.Join(", ", value.Split(", ").Order(StringComparer.Ordinal));

    /// <summary>security.md B3, B4: what authors write does nothing, and nothing loads but what carries the nonce.</summary>
    private static void AssertLockedDown(HttpResponseMessage response, string html)
    {
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.NotEmpty(nonce);
        Assert.Contains("default-src 'none'; script-src 'nonce-" + nonce + "' 'strict-dynamic'; script-src-attr 'none'; style-src 'nonce-" + nonce + "'; img-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.EndsWith("object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.All(Scripts().Matches(html), s => Assert.Matches($"^<script src=\"/assets/[a-z]+\\.[0-9a-f]{{12}}\\.js\" nonce=\"{nonce}\"( defer)?>$", s.Value));
        Assert.DoesNotContain("onclick", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0001", html, StringComparison.Ordinal);
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
    }

    [GeneratedRegex("'nonce-([0-9a-f]{32})'", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scripts();
}
