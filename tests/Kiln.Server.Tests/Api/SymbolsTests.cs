using Kiln.Server.Tests.Web;

namespace Kiln.Server.Tests.Api;

/// <summary>Symbols of all packages and scores, over the API and on the search page.</summary>
public sealed class SymbolsTests(DocumentedPackage package) : IClassFixture<DocumentedPackage>
{
    [Fact]
    public async Task A_symbol_is_found_with_all_that_one_needs_to_go_there()
    {
        var reply = await new ApiClient(package.Server).GetAsync("symbols?query=mix");
        Assert.Equal(200, reply.Status);
        Assert.StartsWith("public, ", reply.Header("Cache-Control"), StringComparison.Ordinal);
        var symbol = reply.Json["items"]![0]!.AsObject();
        Assert.Equal(
            ["deprecated", "entrypoint", "kind", "name", "package", "scope", "summary", "url", "version"], symbol.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ("pottery", "glaze", "1.1.0", "mix", "function", ".", "/@pottery/glaze/doc/~/mix"),
            (Text("scope"), Text("package"), Text("version"), Text("name"), Text("kind"), Text("entrypoint"), Text("url")));
        Assert.StartsWith("Mixes two colours", Text("summary"), StringComparison.Ordinal);
        Assert.False(symbol["deprecated"]!.GetValue<bool>());

        string Text(string name) => symbol[name]!.GetValue<string>();
    }

    [Theory]
    [InlineData("turn", "./tools/wheel", "/@pottery/glaze/doc/tools/wheel/~/turn")]
    [InlineData("burn", ".", "/@pottery/glaze/doc/~/Glaze#method_burn_0")]
    [InlineData("Colours.red", ".", "/@pottery/glaze/doc/~/Colours.red")]
    [InlineData("one", "./one", "/@pottery/kit/doc/one/~/one")]
    public async Task Its_address_is_a_page(string query, string entry, string url)
    {
        var items = (await new ApiClient(package.Server).GetAsync("symbols?query=" + query)).Json["items"]!.AsArray();
        Assert.Equal((entry, url), (items[0]!["entrypoint"]!.GetValue<string>(), items[0]!["url"]!.GetValue<string>()));
        using var browser = new Browser(package.Server);
        Assert.Equal(200, (int)(await browser.OpenAsync(url)).Response.StatusCode);
        Assert.Contains($"href=\"{url}\"", (await browser.OpenAsync("/search?q=" + query)).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?query=")]
    [InlineData("?query=%22%20OR%20")]
    [InlineData("?query=zzzzqqq&limit=5")]
    public async Task Nothing_is_an_answer(string query)
    {
        var reply = await new ApiClient(package.Server).GetAsync("symbols" + query);
        Assert.Equal((200, "{\"items\":[]}"), (reply.Status, reply.Body));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 1)]
    [InlineData("2", 2)]
    public async Task A_list_is_as_long_as_asked_for(string limit, int count) =>
        Assert.Equal(count, (await new ApiClient(package.Server).GetAsync($"symbols?query=glaze&limit={limit}")).Json["items"]!.AsArray().Count);

    [Fact]
    public async Task A_deprecated_symbol_says_so()
    {
        var items = (await new ApiClient(package.Server).GetAsync("symbols?query=blend")).Json["items"]!.AsArray();
        Assert.True(items[0]!["deprecated"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_score_has_the_members_of_the_reference()
    {
        var reply = await new ApiClient(package.Server).GetAsync("scopes/pottery/packages/glaze/score");
        Assert.Equal(200, reply.Status);
        string[] expected =
        [
            "hasReadme", "hasReadmeExamples", "allEntrypointsDocs", "entrypointsWithoutDocs", "percentageDocumentedSymbols", "allFastCheck", "hasProvenance", "hasDescription",
            "atLeastOneRuntimeCompatible", "multipleRuntimesCompatible", "total",
        ];
        Assert.Equal(expected, reply.Json.AsObject().Select(m => m.Key));

        // Five of six exported symbols have a comment: all five points. README 2, examples 1, entry points 1, types 5.
        Assert.Equal(14, reply.Json["total"]!.GetValue<int>());
        Assert.Equal(5f / 6, reply.Json["percentageDocumentedSymbols"]!.GetValue<float>(), 0.02f);
        Assert.Equal(14 * 100 / 17, (await new ApiClient(package.Server).GetAsync("scopes/pottery/packages/glaze")).Json["score"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_the_package_says_of_itself_counts_at_once()
    {
        var before = (await package.Owner.GetAsync("scopes/pottery/packages/kit")).Json["score"]!.GetValue<int>();
        Assert.Equal(200, (await package.Owner.PatchAsync("scopes/pottery/packages/kit", new { description = "Tools for clay" })).Status);
        Assert.Equal(200, (await package.Owner.PatchAsync("scopes/pottery/packages/kit", new { runtimeCompat = new { deno = true, node = true, bun = false } })).Status);
        var score = (await package.Owner.GetAsync("scopes/pottery/packages/kit/score")).Json;
        Assert.True(score["hasDescription"]!.GetValue<bool>() && score["multipleRuntimesCompatible"]!.GetValue<bool>());
        Assert.Equal(["./one", "./two"], score["entrypointsWithoutDocs"]!.AsArray().Select(e => e!.GetValue<string>()));
        var after = (await package.Owner.GetAsync("scopes/pottery/packages/kit")).Json["score"]!.GetValue<int>();
        Assert.Equal((score["total"]!.GetValue<int>() - 3) * 100 / 17, before);
        Assert.Equal(score["total"]!.GetValue<int>() * 100 / 17, after);
        Assert.Equal(after, (await package.Owner.GetAsync("scopes/pottery/packages")).Json["items"]!.AsArray().First(p => p!["name"]!.GetValue<string>() == "kit")!["score"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_package_without_versions_has_no_score_and_an_answer()
    {
        var reply = await new ApiClient(package.Server).GetAsync("scopes/pottery/packages/bare/score");
        Assert.Equal((200, 0, false), (reply.Status, reply.Json["total"]!.GetValue<int>(), reply.Json["hasReadme"]!.GetValue<bool>()));
        Assert.Null((await new ApiClient(package.Server).GetAsync("scopes/pottery/packages/bare")).Json["score"]);
        Assert.Equal("packageNotFound", (await new ApiClient(package.Server).GetAsync("scopes/pottery/packages/none/score")).Code);
    }
}
