namespace Kiln.Documentation.Types;

public sealed class CodeLayoutTests
{
    private static CodeLayout Call(int width)
    {
        var layout = new CodeLayout();
        return layout.Open().Text("f(").Indent().Line().Text(new string('a', width)).Text(",").Line(" ").Text("b").Outdent().Line().Text(")").Close().Text(": T");
    }

    [Fact]
    public void What_fits_with_its_tail_stands_on_one_line()
    {
        // f( + a… + ", b" + ")" + ": T" is nine columns more than the word.
        Assert.Equal("f(" + new string('a', 51) + ", b): T", Call(51).ToPlainText());
        Assert.Equal("f(\n  " + new string('a', 52) + ",\n  b\n): T", Call(52).ToPlainText());
    }

    [Fact]
    public void Everything_in_the_markup_is_encoded()
    {
        var html = new CodeLayout().Text("<b>", "td-ref", "x?a=\"&b").Text("'\u0001&", "td-str").ToHtml().ToString();
        Assert.Equal("""<a href="x?a=&quot;&amp;b" class="td-ref">&lt;b&gt;</a><span class="td-str">&#39;&amp;</span>""", html);
    }
}
