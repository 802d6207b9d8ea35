using System.Net;
using Kiln.Documentation.Pages;

namespace Kiln.Registry.Docs;

/// <summary>Addresses of documentation pages, there and back as a web server decodes them.</summary>
public sealed class DocPathsTests
{
    [Theory]
    [InlineData(DocPageKind.Overview, "", "", "")]
    [InlineData(DocPageKind.AllSymbols, "", "", "/doc/all_symbols")]
    [InlineData(DocPageKind.Entry, "", "", "/doc")]
    [InlineData(DocPageKind.Entry, "sub/path", "", "/doc/sub/path")]
    [InlineData(DocPageKind.Entry, "all_symbols", "", "/doc/~61ll_symbols")]
    [InlineData(DocPageKind.Entry, "~", "", "/doc/~7e")]
    [InlineData(DocPageKind.Symbol, "", "Name", "/doc/~/Name")]
    [InlineData(DocPageKind.Symbol, "sub", "Ns.Name", "/doc/sub/~/Ns.Name")]
    [InlineData(DocPageKind.Symbol, "", "$effect_1", "/doc/~/$effect_1")]
    [InlineData(DocPageKind.Symbol, "", "größe", "/doc/~/gr%C3%B6%C3%9Fe")]
    [InlineData(DocPageKind.Symbol, "", "a b", "/doc/~/a%20b")]
    [InlineData(DocPageKind.Symbol, "", "a/b", "/doc/~/a~2fb")]
    [InlineData(DocPageKind.Symbol, "", "../..", "/doc/~/..~2f..")]
    [InlineData(DocPageKind.Symbol, "", "..", "/doc/~/~2e~2e")]
    [InlineData(DocPageKind.Symbol, "", "100%", "/doc/~/100~25")]
    [InlineData(DocPageKind.Symbol, "", "a\\b~c", "/doc/~/a~5cb~7ec")]
    [InlineData(DocPageKind.Symbol, "", "\0\n", "/doc/~/~00~0a")]
    [InlineData(DocPageKind.Symbol, "", "<img src=x>?#&\"'", "/doc/~/%3Cimg%20src%3Dx%3E%3F%23%26%22%27")]
    [InlineData(DocPageKind.Symbol, "", "[Symbol.iterator]", "/doc/~/%5BSymbol.iterator%5D")]
    public void A_page_has_an_address_and_is_found_at_it(DocPageKind kind, string entry, string symbol, string path)
    {
        var page = new DocPageKey(kind, entry, symbol);
        Assert.Equal(path, DocPaths.Of(page));
        if (path.StartsWith("/doc/", StringComparison.Ordinal))
        {
            Assert.True(DocPaths.TryParse(WebUtility.UrlDecode(path["/doc/".Length..].Replace("+", "%2B", StringComparison.Ordinal)), out var parsed));
            Assert.Equal(page, parsed);
        }
    }

    [Theory]
    [InlineData("~", DocPageKind.Entry, "", "")]
    [InlineData("sub/~", DocPageKind.Entry, "sub", "")]
    [InlineData("~/a%2Fb", DocPageKind.Symbol, "", "a/b")]
    [InlineData("~/a/b", DocPageKind.Symbol, "", "a/b")]
    public void Other_spellings_mean_the_same(string rest, DocPageKind kind, string entry, string symbol)
    {
        Assert.True(DocPaths.TryParse(rest, out var page));
        Assert.Equal(new DocPageKey(kind, entry, symbol), page);
    }

    [Theory]
    [InlineData("~/")]
    [InlineData("~zz")]
    [InlineData("~/a~4")]
    [InlineData("~/a~ff")]
    public void What_nobody_writes_is_no_page(string rest) => Assert.False(DocPaths.TryParse(rest, out _));

    [Fact]
    public void A_further_part_is_counted_from_one() => Assert.Equal("/doc/~/Name?part=3", DocPaths.Of(new DocPageKey(DocPageKind.Symbol, "", "Name", 2)));
}
