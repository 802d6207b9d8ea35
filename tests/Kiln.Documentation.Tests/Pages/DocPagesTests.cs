using System.Collections.Immutable;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Support;

namespace Kiln.Documentation.Pages;

public sealed class DocPagesTests
{
    private static IDocument Parse(DocPage page) => new HtmlParser().ParseDocument("<!DOCTYPE html><body>" + page.Content + page.Aside + page.Switcher);

    private static string[] Texts(IDocument document, string selector) => [.. document.QuerySelectorAll(selector).Select(e => string.Join(' ', e.TextContent.Replace("#", "", StringComparison.Ordinal).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)))];

    private static string? LinkOf(IDocument document, string text, string within = "body") =>
        document.QuerySelector(within)!.QuerySelectorAll("a").FirstOrDefault(a => a.TextContent == text)?.GetAttribute("href")?.Replace(DocAddresses.Base, "~", StringComparison.Ordinal);

    [Fact]
    public void The_sections_of_a_class_have_the_order_of_the_specification()
    {
        var page = Parse(Garden.Symbol("Plant"));
        Assert.Equal(["Constructors", "Type Parameters", "Index Signatures", "Static Properties", "Static Methods", "Properties", "Methods", "See"], Texts(page, "h2.doc-h"));
    }

    [Fact]
    public void Private_members_are_never_shown_and_accessors_are_one_property()
    {
        var page = Parse(Garden.Symbol("Plant"));
        var text = page.Body!.TextContent;
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.DoesNotContain("#secret", text, StringComparison.Ordinal);
        Assert.Contains("protected sap?: T", text, StringComparison.Ordinal);
        Assert.Contains("readonly name: string", page.GetElementById("property_name")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("height: number", page.GetElementById("accessor_height")!.QuerySelector("pre")!.TextContent);
        Assert.Equal("readonly leaves: Map<string, Promise<T[]>>", page.GetElementById("accessor_leaves")!.QuerySelector("pre")!.TextContent);
        Assert.Contains("writeonly", page.GetElementById("accessor_colour")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Default: 0", page.GetElementById("accessor_height")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Overloads_have_a_place_each_and_implementations_none()
    {
        var find = Parse(Garden.Symbol("find"));
        Assert.Equal(3, find.QuerySelectorAll(".doc-overload").Length);
        Assert.NotNull(find.GetElementById("function_find_2"));
        Assert.Null(find.GetElementById("function_find_3"));
        var plant = Parse(Garden.Symbol("Plant"));
        Assert.NotNull(plant.GetElementById("method_trim_1"));
        Assert.Null(plant.GetElementById("method_trim_2"));
    }

    [Fact]
    public void Inherited_members_follow_what_a_class_declares_itself()
    {
        var oak = Parse(Garden.Symbol("Oak"));
        var groups = oak.QuerySelectorAll(".doc-inherited").Select(g => (g.QuerySelector("code")!.TextContent, string.Join(' ', g.QuerySelectorAll("li").Select(l => l.TextContent)))).ToArray();
        Assert.Equal(("Tree", "rings depth cut() grow()"), groups[0]);
        Assert.Equal(("Plant", "count age sap name height colour leaves trim() of() [Symbol.iterator]()"), (groups[1].Item1, groups[1].Item2));
        Assert.Equal("~/symbol//Tree#property_rings", LinkOf(oak, "rings"));

        var rooted = Parse(Garden.Symbol("Rooted"));
        Assert.Equal("age name grow()", string.Join(' ', rooted.QuerySelectorAll(".doc-inherited li").Select(l => l.TextContent)));
    }

    [Fact]
    public void A_member_without_a_comment_has_that_of_the_interface()
    {
        var plant = Parse(Garden.Symbol("Plant"));
        Assert.Contains("Grows by some days.", plant.GetElementById("method_grow_0")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Its age in days.", plant.GetElementById("property_age")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("How deep it goes.", Parse(Garden.Symbol("Tree")).GetElementById("property_depth")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tree", "Plant", "~/symbol//Plant")]
    [InlineData("Tree", "Rooted", "~/symbol//Rooted")]
    [InlineData("Rooted", "Bed", "~/symbol//Bed")]
    [InlineData("Rooted", "Iterable", "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Iteration_protocols#the_iterable_protocol")]
    [InlineData("Plant", "Map", "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Map")]
    [InlineData("Plant", "T", "#type_param_t")]
    [InlineData("Fn", "Readable", "https://nodejs.org/api/stream.html")]
    [InlineData("Imported", "Spade", "~/symbol/tools/Spade")]
    [InlineData("Imported", "z.ZodType", "https://www.npmjs.com/package/zod/v/3.24.1")]
    [InlineData("Deep", "Record", "https://www.typescriptlang.org/docs/handbook/utility-types.html#recordkeys-type")]
    [InlineData("Deep", "Options", "~/symbol//Options")]
    [InlineData("water", "P", "#function_water_0_type_param_p")]
    [InlineData("merged.inner.deep", "Thing", "~/symbol//merged.inner.Thing")]
    [InlineData("merged.inner.deep", "Plant", "~/symbol//Plant")]
    public void Names_in_types_lead_to_what_they_mean(string symbol, string name, string expected) => Assert.Equal(expected, LinkOf(Parse(Garden.Symbol(symbol)), name, "pre, .doc-content, body"));

    [Theory]
    [InlineData("water", "Plant.grow", "~/symbol//Plant#method_grow_0")]
    [InlineData("water", "tools.Spade.dig", "~/symbol/tools/Spade#method_dig_0")]
    [InlineData("water", "nowhere", null)]
    [InlineData("Living", "Living.age", "#property_age")]
    [InlineData("Living", "age", "#property_age")]
    [InlineData("Plant", "Plant.prototype.trim", "#method_trim_0")]
    [InlineData("Plant", "Tree", "~/symbol//Tree")]
    [InlineData("merged.inner.Thing", "thing", null)]
    public void Link_tags_lead_to_symbols_and_members(string symbol, string target, string? expected) =>
        Assert.Equal(expected, Parse(Garden.Symbol(symbol)).QuerySelectorAll(".doc-prose a").FirstOrDefault(a => a.TextContent == target)?.GetAttribute("href")?.Replace(DocAddresses.Base, "~", StringComparison.Ordinal));

    [Fact]
    public void The_overview_is_the_module_documentation_or_the_README()
    {
        var key = new DocPageKey(DocPageKind.Overview);
        var module = Garden.Pages()[key];
        var page = Parse(module);
        Assert.Contains("Everything for a small garden", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("~/entry/shapes/", LinkOf(page, "shapes"));
        Assert.Equal("~/file/docs/guide.md", LinkOf(page, "the guide"));
        Assert.Equal("~/file/LICENSE", LinkOf(page, "the license"));
        Assert.StartsWith("Everything for a small garden: Plant", module.Description, StringComparison.Ordinal);
        Assert.Contains("View all", page.QuerySelector(".doc-top")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(5, page.QuerySelectorAll(".doc-top li").Length);
        Assert.Equal("water", page.QuerySelector(".doc-top .doc-name")!.TextContent);

        var readme = Parse(Garden.Pages(Garden.Docs(prefersReadme: true))[key]);
        Assert.Contains("A garden. See", readme.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(LinkOf(readme, "nothing"));
    }

    [Fact]
    public void Listings_are_grouped_by_category_with_its_description()
    {
        var page = Parse(Garden.Pages()[new DocPageKey(DocPageKind.Entry)]);
        var titles = Texts(page, "h2.doc-h");
        Assert.Equal(["Care", "Things", "Uncategorized"], titles);
        Assert.Contains("What keeps plants alive", page.QuerySelector(".doc-prose")!.TextContent, StringComparison.Ordinal);
        var rows = Texts(page, ".doc-row-name");
        Assert.StartsWith("water", rows[0], StringComparison.Ordinal);
        Assert.Contains("weed deprecated", rows);
        Assert.Contains("fresh unstable", rows);
        Assert.DoesNotContain(rows, r => r.Contains("secretSauce", StringComparison.Ordinal));
        Assert.NotNull(page.QuerySelector(".doc-row.doc-is-gone"));
    }

    [Fact]
    public void Without_categories_listings_are_grouped_by_kind()
    {
        var page = Parse(Garden.Pages()[new DocPageKey(DocPageKind.Entry, "shapes")]);
        Assert.Equal(["Functions", "Interfaces"], Texts(page, "h2.doc-h"));
        Assert.Contains("Draw them yourself.", page.QuerySelector(".doc-deprecated")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_point_says_what_it_is_when_it_has_nothing()
    {
        var pages = Garden.Pages();
        Assert.Contains("the same module as", pages[new DocPageKey(DocPageKind.Entry, "same")].Content.ToString(), StringComparison.Ordinal);
        Assert.Contains("no module of code", pages[new DocPageKey(DocPageKind.Entry, "gone")].Content.ToString(), StringComparison.Ordinal);
        Assert.Contains("default", pages[new DocPageKey(DocPageKind.Entry, "data.json")].Content.ToString(), StringComparison.Ordinal);
        var empty = DocPages.Render(new PackageDocs { Name = "@a/b", Modules = new DocSet { Modules = [] }, Entries = [] }, new PlainAddresses(), TestContext.Current.CancellationToken).ToList();
        Assert.Equal([DocPageKind.Overview, DocPageKind.AllSymbols], empty.Select(p => p.Key.Kind));
        Assert.Contains("No docs found.", empty[0].Content.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("water", "import { water } from \"@kiln/garden\";")]
    [InlineData("Options", "import { type Options } from \"@kiln/garden\";")]
    [InlineData("default", "import Garden from \"@kiln/garden\";")]
    [InlineData("merged.thing", "import { merged } from \"@kiln/garden\";\nconst { thing } = merged;")]
    [InlineData("merged.inner.Thing", "import { merged } from \"@kiln/garden\";\ntype Thing = merged.inner.Thing;")]
    [InlineData("a/b", "import { \"a/b\" as a_b } from \"@kiln/garden\";")]
    [InlineData("javascript:alert(1)", "import { \"javascript:alert(1)\" as javascript_alert_1_ } from \"@kiln/garden\";")]
    public void A_symbol_says_how_to_import_it(string symbol, string expected) => Assert.Equal(expected, Parse(Garden.Symbol(symbol)).QuerySelector(".doc-import code")!.TextContent);

    [Fact]
    public void A_module_says_how_to_add_and_import_it()
    {
        var page = Parse(Garden.Pages()[new DocPageKey(DocPageKind.Entry, "tools")]);
        Assert.Equal("import * as tools from \"@kiln/garden/tools\";", page.QuerySelector(".doc-import code")!.TextContent);
        Assert.Equal(
            ["deno add jsr:@kiln/garden", "pnpm i jsr:@kiln/garden", "yarn add jsr:@kiln/garden", "vlt install jsr:@kiln/garden", "npx jsr add @kiln/garden", "bunx jsr add @kiln/garden"],
            page.QuerySelectorAll(".doc-tab code").Select(c => c.TextContent));
        Assert.Equal("import * as garden from \"@kiln/garden\";", Parse(Garden.Pages()[new DocPageKey(DocPageKind.Overview)]).QuerySelector(".doc-import code")!.TextContent);
        Assert.Null(Parse(Garden.Pages(Garden.Docs(isPublished: false))[new DocPageKey(DocPageKind.Entry, "tools")]).QuerySelector(".doc-tab"));
    }

    [Fact]
    public void Crumbs_lead_back_and_the_switcher_to_other_entry_points()
    {
        var page = Garden.Symbol("merged.inner.deep");
        Assert.Equal(["@kiln/garden", "main", "merged", "inner", "deep"], page.Crumbs.Select(c => c.Text));
        Assert.Equal("\u0001/symbol//merged.inner", page.Crumbs[3].Address);
        Assert.Null(page.Crumbs[4].Address);
        Assert.Equal(["main", "./shapes", "./tools", "./same", "./data.json", "./gone", "all symbols"], Parse(page).QuerySelectorAll(".doc-switch a").Select(a => a.TextContent));
    }

    [Fact]
    public void Parameters_have_defaults_and_what_the_comment_says()
    {
        var page = Parse(Garden.Symbol("water"));
        Assert.Equal(["Examples", "Type Parameters", "Parameters", "Return Type", "Throws"], Texts(page, "h2.doc-h"));
        Assert.Contains("The thirsty one", page.GetElementById("function_water_0_parameter_plant")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("= 2", page.GetElementById("function_water_0_parameter_times")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Whether it liked it", page.GetElementById("function_water_0_return")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("for stones", page.GetElementById("function_water_0_throws_0")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Example 1", "With much water Some text."], page.QuerySelectorAll(".doc-example summary").Select(s => s.TextContent.Replace("#", "", StringComparison.Ordinal).Trim()));
    }

    [Fact]
    public void Redirects_are_the_rest_of_the_address_grammar()
    {
        var redirects = DocPages.Redirects(Garden.Docs(), TestContext.Current.CancellationToken).ToDictionary(r => r.From.Symbol + "|" + r.From.Entry, r => (r.To.Symbol, r.Anchor));
        Assert.Equal(("Plant", "method_trim_0"), redirects["Plant.prototype.trim|"]);
        Assert.Equal(("Plant", "method_of_0"), redirects["Plant.of|"]);
        Assert.Equal(("Plant", null), redirects["Plant.prototype|"]);
        Assert.Equal(("Living", "property_age"), redirects["Living.age|"]);
        Assert.Equal(("Options", "property_count"), redirects["Options.count|"]);
        Assert.Equal(("Month", "enum_smarch"), redirects["Month.Smarch|"]);
        Assert.Equal(("Plant", "method_symbol_iterator_0"), redirects["Plant.prototype.[Symbol.iterator]|"]);
        var pages = Garden.Pages();
        Assert.All(DocPages.Redirects(Garden.Docs(), TestContext.Current.CancellationToken), r => Assert.True(pages.ContainsKey(r.To) && !pages.ContainsKey(r.From)));
    }

    /// <summary>Nothing of a page may be more than text, whatever a package calls its exports.</summary>
    [Fact]
    public void Hostile_names_are_text()
    {
        foreach (var page in Garden.Pages().Values)
        {
            var document = Parse(page);
            Assert.Empty(document.QuerySelectorAll("script, iframe, object, embed, form, base, meta, style, [onerror], [onclick], [style]"));
            Assert.All(document.QuerySelectorAll("[href]"), e => Assert.Matches("^(\u0001/|#|https://)", e.GetAttribute("href")));
            Assert.All(document.QuerySelectorAll("img"), e => Assert.StartsWith("\u0001/file/", e.GetAttribute("src"), StringComparison.Ordinal));
        }

        Assert.Equal("<img src=x onerror=alert(1)>", Parse(Garden.Symbol("<img src=x onerror=alert(1)>")).QuerySelector("h1 .doc-name")!.TextContent);
    }

    [Fact]
    public void Names_that_no_address_can_hold_are_listed_without_a_page()
    {
        var pages = Garden.Pages();
        Assert.DoesNotContain(pages.Keys, k => k.Symbol.Contains('\n', StringComparison.Ordinal));
        var entry = Parse(pages[new DocPageKey(DocPageKind.Entry)]);
        Assert.Contains(entry.QuerySelectorAll("span.doc-name"), e => e.TextContent == "\"new\\nline\"");
    }

    [Fact]
    public void A_listing_too_long_for_a_page_goes_on_behind_a_link()
    {
        var symbols = Enumerable.Range(0, 10_000).Select(i => Variable($"v{i:00000}")).ToImmutableArray();
        var docs = new PackageDocs { Name = "@a/b", Modules = new DocSet { Modules = [new DocModule { Specifier = "file:///m.ts", Symbols = symbols }] }, Entries = [new("", "file:///m.ts")] };
        var pages = DocPages.Render(docs, new PlainAddresses(), TestContext.Current.CancellationToken).ToList();
        var parts = pages.Where(p => p.Key.Kind == DocPageKind.Entry).ToList();
        Assert.True(parts.Count >= 5);
        Assert.Equal(Enumerable.Range(0, parts.Count), parts.Select(p => p.Key.Part));
        Assert.All(parts, p => Assert.InRange(Parse(p).QuerySelectorAll(".doc-row").Length, 1, 2048));
        Assert.Equal(10_000, parts.Sum(p => Parse(p).QuerySelectorAll(".doc-row").Length));
        Assert.All(pages, p => Assert.InRange(Encoding.UTF8.GetByteCount(p.Content.ToString()) + Encoding.UTF8.GetByteCount(p.Aside.ToString()), 1, 900_000));
        Assert.Equal("~/entry//?part=1", Parse(parts[0]).QuerySelector("a.doc-more")!.GetAttribute("href")!.Replace(DocAddresses.Base, "~", StringComparison.Ordinal));
    }

    [Fact]
    public void A_class_too_large_for_a_page_keeps_its_places()
    {
        var members = Enumerable.Range(0, 600).Select(i => new DocClassProperty { Name = $"p{i}", Type = new DocTypeReference { Name = "T", Resolution = new DocResolution { Kind = DocResolutionKind.TypeParameter } }, Location = new DocLocation("file:///m.ts", i, 0, i), Comment = new DocComment { Text = string.Concat(Enumerable.Repeat($"many words {i} ", 200)) } });
        var cls = new DocSymbol
        {
            Name = "Big",
            Declarations = [new DocDeclaration { Location = new DocLocation("file:///m.ts", 0, 0, 0), Visibility = DocVisibility.Export, Definition = new DocClass { Properties = [.. members], TypeParameters = [new DocTypeParameter { Name = "T" }] } }],
        };
        var docs = new PackageDocs { Name = "@a/b", Modules = new DocSet { Modules = [new DocModule { Specifier = "file:///m.ts", Symbols = [cls] }] }, Entries = [new("", "file:///m.ts")] };
        var parts = DocPages.Render(docs, new PlainAddresses(), TestContext.Current.CancellationToken).Where(p => p.Key.Kind == DocPageKind.Symbol).ToList();
        Assert.True(parts.Count > 2);
        var first = Parse(parts[0]);
        Assert.Equal("LI", first.GetElementById("property_p599")!.TagName);
        Assert.Equal($"~/symbol//Big?part={parts.Count - 1}#property_p599", first.QuerySelector("#property_p599 a")!.GetAttribute("href")!.Replace(DocAddresses.Base, "~", StringComparison.Ordinal));
        var last = Parse(parts[^1]);
        Assert.Equal("DIV", last.GetElementById("property_p599")!.TagName);
        Assert.Equal("~/symbol//Big/#type_param_t".Replace("/#", "#", StringComparison.Ordinal), LinkOf(last, "T"));
    }

    private static DocSymbol Variable(string name) => new()
    {
        Name = name,
        Declarations = [new DocDeclaration { Location = new DocLocation("file:///m.ts", 1, 0, name.GetHashCode(StringComparison.Ordinal)), Visibility = DocVisibility.Export, Definition = new DocVariable { Keyword = "const" } }],
    };
}
