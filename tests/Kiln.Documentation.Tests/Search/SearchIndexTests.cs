using System.Buffers;
using System.Text.Json;
using Kiln.Documentation.Pages;
using Kiln.Documentation.Support;

namespace Kiln.Documentation.Search;

public sealed class SearchIndexTests
{
    private static JsonElement Index()
    {
        var output = new ArrayBufferWriter<byte>();
        SearchIndex.Write(output, Garden.Docs(), new PlainAddresses(), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(output.WrittenMemory).RootElement;
    }

    [Fact]
    public void Symbols_and_members_are_found_with_their_place()
    {
        var index = Index();
        Assert.Equal(["@kiln/garden", "@kiln/garden/shapes", "@kiln/garden/tools", "@kiln/garden/same", "@kiln/garden/data.json", "@kiln/garden/gone"], index.GetProperty("entries").EnumerateArray().Select(e => e.GetString()));
        var rows = index.GetProperty("symbols").EnumerateArray().Select(r => r.ToString()).ToList();
        Assert.Contains("""["weed","v",0,"/symbol//weed","",1]""", rows);
        Assert.Contains("""["Tree.rings","p",0,"/symbol//Tree#property_rings","Rings of the trunk."]""", rows);
        Assert.Contains("""["Plant","c",0,"/symbol//Plant","The base of all plants.",0,"Things"]""", rows);
        Assert.Contains("""["merged","fN",0,"/symbol//merged","Merged: a function with things on it."]""", rows);
        Assert.Contains("""["merged.inner.deep","f",0,"/symbol//merged.inner.deep","Deepest. See thing, merged.inner.deep and Plant."]""", rows);
        Assert.Contains("""["Garden","c",0,"/symbol//default","The garden itself."]""", rows);
    }

    [Fact]
    public void Internal_symbols_and_private_members_are_not_found_and_the_rest_once()
    {
        var symbols = SearchIndex.Symbols(Garden.Docs(), TestContext.Current.CancellationToken).ToList();
        Assert.DoesNotContain(symbols, s => s.Name.Contains("secret", StringComparison.OrdinalIgnoreCase) || s.Name == "Plant.hidden");
        Assert.Single(symbols, s => s.Name == "Bed");
        Assert.Equal(symbols.Count, symbols.Select(s => (s.Name, s.Page, s.Anchor)).Distinct().Count());
        Assert.All(symbols, s => Assert.Equal(DocPageKind.Symbol, s.Page.Kind));
    }
}
