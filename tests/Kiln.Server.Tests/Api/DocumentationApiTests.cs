using System.Text.Json.Nodes;
using Kiln.Server.Tests.Web;

namespace Kiln.Server.Tests.Api;

/// <summary>Documentation, files, differences and the upload of a version (registry.md §2.3, Versions).</summary>
public sealed class DocumentationApiTests(DocumentedPackage package) : IClassFixture<DocumentedPackage>
{
    private const string Glaze = "scopes/pottery/packages/glaze";

    [Theory]
    [InlineData("latest", "", "index", "Colours for clay")]
    [InlineData("1.0.0", "", "index", "Colours for clay")] // every version keeps its own
    [InlineData("1.2.0", "", "index", "Colours for clay")] // a yanked one too
    [InlineData("latest", "?entrypoint=", "file", "Mixes two colours")]
    [InlineData("latest", "?entrypoint=.", "file", "Mixes two colours")]
    [InlineData("latest", "?entrypoint=tools/wheel", "file", "Wheels.")]
    [InlineData("latest", "?entrypoint=./tools/wheel", "file", "Wheels.")]
    [InlineData("latest", "?symbol=mix", "symbol", "Mixes two colours")]
    [InlineData("latest", "?entrypoint=tools/wheel&symbol=turn", "symbol", "Turns.")]
    [InlineData("latest", "?symbol=Colours.red", "symbol", "The reddest")]
    [InlineData("latest", "?all_symbols", "allSymbols", "turn")]
    public async Task A_page_has_the_members_of_the_reference_and_the_markup_of_the_site(string version, string query, string kind, string text)
    {
        var reply = await Anyone.GetAsync($"{Glaze}/versions/{version}/docs{query}");
        Assert.Equal(200, reply.Status);
        Assert.Equal(["kind", "version", "comrakCss", "script", "breadcrumbs", "toc", "main"], reply.Json.AsObject().Select(m => m.Key));
        Assert.Equal(("content", kind), (Text(reply.Json["kind"]), Text(reply.Json["main"]!["kind"])));
        Assert.Equal(version == "latest" ? "1.1.0" : version, Text(reply.Json["version"]!["version"]));
        var docs = Text(reply.Json["main"]!["value"]!["docs"]);
        Assert.Contains(text, docs, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", docs, StringComparison.Ordinal);
        Assert.DoesNotContain("kiln-base:", reply.Body, StringComparison.Ordinal);
        Assert.Equal(["root", "current_entrypoint", "entrypoints", "symbol"], reply.Json["breadcrumbs"]!.AsObject().Select(m => m.Key));
        Assert.Equal(["usages", "top_symbols", "document_navigation_str", "document_navigation"], reply.Json["toc"]!.AsObject().Select(m => m.Key));
        Assert.Equal([".", "./tools/wheel"], reply.Json["breadcrumbs"]!["entrypoints"]!.AsArray().Select(e => Text(e!["name"])));
        if (kind == "symbol")
        {
            Assert.Contains(version == "latest" ? "href=\"/@pottery/glaze/" : $"href=\"/@pottery/glaze@{version}/", reply.Body.Replace("\\u0022", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("glaze", "latest", "?all_symbols&symbol=mix", 400, "malformedRequest")]
    [InlineData("glaze", "latest", "?all_symbols&entrypoint=", 400, "malformedRequest")]
    [InlineData("glaze", "latest", "?symbol=none", 404, "entrypointOrSymbolNotFound")]
    [InlineData("glaze", "latest", "?entrypoint=none", 404, "entrypointOrSymbolNotFound")]
    [InlineData("glaze", "9.9.9", "", 404, "packageVersionNotFound")]
    [InlineData("glaze", "x.y", "", 400, "malformedRequest")]
    [InlineData("none", "latest", "", 404, "packageNotFound")]
    [InlineData("none", "1.0.0", "", 404, "packageNotFound")]
    [InlineData("bare", "latest", "", 404, "packageVersionNotFound")]
    public async Task What_there_is_not_is_told_apart(string name, string version, string query, int status, string code)
    {
        foreach (var path in query.Length > 0 ? new[] { "docs" } : ["docs", "docs/search", "docs/search_structured"])
        {
            var reply = await Anyone.GetAsync($"scopes/pottery/packages/{name}/versions/{version}/{path}{query}");
            Assert.Equal((status, code), (reply.Status, reply.Code));
        }
    }

    [Fact]
    public async Task A_member_leads_to_its_symbol()
    {
        var reply = await Anyone.GetAsync($"{Glaze}/versions/latest/docs?symbol=Glaze.prototype.burn");
        Assert.Equal(("redirect", "Glaze"), (Text(reply.Json["kind"]), Text(reply.Json["symbol"])));
    }

    [Fact]
    public async Task Symbols_are_listed_flat_and_by_entry_point()
    {
        var flat = await Anyone.GetAsync($"{Glaze}/versions/latest/docs/search");
        Assert.Equal("search", Text(flat.Json["kind"]));
        var mix = flat.Json["nodes"]!.AsArray().Single(n => Text(n!["name"]) == "mix")!;
        Assert.Equal(("function", ".", "/@pottery/glaze/doc/~/mix"), (Text(mix["kind"]), Text(mix["file"]), Text(mix["url"])));
        Assert.True(flat.Json["nodes"]!.AsArray().Single(n => Text(n!["name"]) == "blend")!["deprecated"]!.GetValue<bool>());

        var structured = (await Anyone.GetAsync($"{Glaze}/versions/1.0.0/docs/search_structured")).Json["entrypoints"]!.AsArray();
        Assert.Equal([".", "./tools/wheel"], structured.Select(e => Text(e!["name"])));
        Assert.Equal(["turn"], structured[1]!["symbols"]!.AsArray().Select(s => Text(s!["name"])));
        Assert.Equal("/@pottery/glaze@1.0.0/doc/tools/wheel/~/turn", Text(structured[1]!["symbols"]![0]!["url"]));
    }

    [Fact]
    public async Task A_folder_lists_folders_first_with_the_size_of_what_is_in_them()
    {
        foreach (var query in new[] { "", "?path=/" })
        {
            var reply = await Anyone.GetAsync($"{Glaze}/versions/latest/source{query}");
            Assert.Equal(["version", "comrakCss", "script", "source"], reply.Json.AsObject().Select(m => m.Key));
            Assert.Equal("dir", Text(reply.Json["source"]!["kind"]));
            var entries = reply.Json["source"]!["entries"]!.AsArray();
            Assert.Equal(
                ["dir tools", "file README.md", "file data.bin", "file deno.json", "file large.txt", "file logo.svg", "file mod.ts", "file page.html"],
                entries.Select(e => $"{e!["kind"]} {e["name"]}"));
            Assert.Equal(1_100_000, entries.Single(e => Text(e!["name"]) == "large.txt")!["size"]!.GetValue<long>());
        }

        var tools = (await Anyone.GetAsync($"{Glaze}/versions/latest/source?path=/tools/")).Json["source"]!["entries"]!.AsArray();
        Assert.Equal(["README.md", "wheel.ts"], tools.Select(e => Text(e!["name"])));
    }

    [Theory]
    [InlineData("/mod.ts", true)]
    [InlineData("/data.bin", false)]
    [InlineData("/large.txt", false)]
    [InlineData("/page.html", true)]
    [InlineData("meta.json", true)]
    [InlineData("1.1.0_meta.json", true)]
    public async Task A_file_has_its_size_and_is_shown_when_it_is_text(string path, bool isShown)
    {
        var source = (await Anyone.GetAsync($"{Glaze}/versions/latest/source?path={path}")).Json["source"]!;
        Assert.Equal("file", Text(source["kind"]));
        Assert.True(source["size"]!.GetValue<long>() > 0);
        Assert.Equal(isShown, source["view"] is not null);
        Assert.DoesNotContain("<script>alert", source["view"]?.GetValue<string>() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/none.ts", 404, "packagePathNotFound")]
    [InlineData("/mod.ts/", 404, "packagePathNotFound")]
    [InlineData("/mod.ts/x", 404, "packagePathNotFound")]
    [InlineData("1.0.0_meta.json", 400, "malformedRequest")] // of another version
    [InlineData("mod.ts", 400, "malformedRequest")]
    [InlineData("/../glaze/1.0.0/mod.ts", 400, "malformedRequest")]
    [InlineData("/tools/../mod.ts", 400, "malformedRequest")]
    [InlineData("//mod.ts", 400, "malformedRequest")]
    [InlineData("/%00", 400, "malformedRequest")]
    [InlineData("/a\\b", 400, "malformedRequest")]
    public async Task A_path_that_leads_nowhere_is_refused(string path, int status, string code)
    {
        var reply = await Anyone.GetAsync($"{Glaze}/versions/latest/source?path={path}");
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task The_upload_comes_back_as_it_was_sent()
    {
        var (scope, owner) = ("tarballs", await ApiClient.PersonalAsync(package.Server, "tarballer"));
        await owner.PostAsync("scopes", new { scope, description = "" });
        await owner.PostAsync($"scopes/{scope}/packages", new { package = "lib" });
        var sent = TestPackage.Pack([("mod.ts", "export const a: number = 1;\n"u8.ToArray()), ("deno.json", """{"name":"@tarballs/lib","version":"1.0.0","exports":"./mod.ts","license":"MIT"}"""u8.ToArray())]);
        var content = new ByteArrayContent(sent);
        content.Headers.ContentEncoding.Add("gzip");
        await TestPackage.FinishAsync(owner, await owner.PostAsync($"scopes/{scope}/packages/lib/versions/1.0.0?config=/deno.json", content));

        using var response = await package.Server.Client.GetAsync($"/api/scopes/{scope}/packages/lib/versions/1.0.0/tarball");
        Assert.Equal("application/gzip", response.Content.Headers.ContentType?.ToString());
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(sent, await response.Content.ReadAsByteArrayAsync());
        using var head = await package.Server.SendAsync("HEAD", $"/api/scopes/{scope}/packages/lib/versions/1.0.0/tarball");
        Assert.Equal((200, (long?)sent.Length), ((int)head.StatusCode, head.Content.Headers.ContentLength));
        foreach (var (version, status, code) in new[] { ("9.9.9", 404, "packageVersionNotFound"), ("latest", 400, "malformedRequest") })
        {
            var reply = await Anyone.GetAsync($"scopes/{scope}/packages/lib/versions/{version}/tarball");
            Assert.Equal((status, code), (reply.Status, reply.Code));
        }
    }

    [Fact]
    public async Task A_difference_says_what_breaks()
    {
        var owner = await ApiClient.PersonalAsync(package.Server, "changer");
        await owner.PostAsync("scopes", new { scope = "changes", description = "" });
        await owner.PostAsync("scopes/changes/packages", new { package = "lib" });
        var exports = new Dictionary<string, string> { ["."] = "./mod.ts", ["./more"] = "./more.ts" };
        await TestPackage.PublishAsync(
            package.Server, owner, "changes", "lib", "1.0.0", exports,
            ("mod.ts", "export function gone(a: string, b: number): boolean { return true; }\nexport function stays(a: string): void {}\n"), ("more.ts", "export const more: number = 1;\n"));
        await TestPackage.PublishAsync(
            package.Server, owner, "changes", "lib", "2.0.0", exports,
            ("mod.ts", "export function stays(a: string): void {}\nexport function added(): void {}\n"), ("more.ts", "export const more: number = 1;\nexport const most: number = 2;\n"));
        await TestPackage.DocumentedAsync(package.Server, "changes", "lib", "2.0.0");

        const string Diff = "scopes/changes/packages/lib/diff";
        Assert.Equal((404, "diffNoIndex"), Answer(await Anyone.GetAsync($"{Diff}/1.0.0/2.0.0")));
        Assert.Equal((404, "packageVersionNotFound"), Answer(await Anyone.GetAsync($"{Diff}/1.0.0/3.0.0?all_symbols")));
        Assert.Equal((400, "malformedRequest"), Answer(await Anyone.GetAsync($"{Diff}/1.0.0/latest?all_symbols")));
        Assert.Equal((404, "entrypointOrSymbolNotFound"), Answer(await Anyone.GetAsync($"{Diff}/1.0.0/2.0.0?entrypoint=nowhere")));
        Assert.Empty((await Anyone.GetAsync($"{Diff}/2.0.0/2.0.0?entrypoint=more")).Json["modules"]!.AsArray()); // it is there, and nothing changed

        // docs/diff.md: a symbol that is gone breaks, one more does not.
        var all = (await Anyone.GetAsync($"{Diff}/1.0.0/2.0.0?all_symbols")).Json;
        Assert.Equal(("diff", "major"), (Text(all["kind"]), Text(all["verdict"])));
        Assert.Equal([".", "./more"], all["modules"]!.AsArray().Select(m => Text(m!["name"])));
        var main = all["modules"]![0]!["symbols"]!.AsArray().ToDictionary(s => Text(s!["name"]), s => Text(s!["status"]));
        Assert.Equal(("removed", "added"), (main["gone"], main["added"]));
        Assert.DoesNotContain("stays", main.Keys);
        var more = (await Anyone.GetAsync($"{Diff}/1.0.0/2.0.0?entrypoint=more")).Json["modules"]!.AsArray();
        Assert.Equal("minor", Text(Assert.Single(more)!["verdict"]));
        Assert.Empty((await Anyone.GetAsync($"{Diff}/1.0.0/2.0.0?symbol=nothing")).Json["modules"]!.AsArray());
        Assert.Equal("none", Text((await Anyone.GetAsync($"{Diff}/2.0.0/2.0.0?all_symbols")).Json["verdict"]));
    }

    private ApiClient Anyone => new(package.Server);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);
}
