using System.Text;
using System.Text.Json;
using Kiln.Packages.Configuration;

namespace Kiln.Packages.Tests.Configuration;

public sealed class JsoncReaderTests
{
    [Fact]
    public void Reads_comments_trailing_commas_and_a_byte_order_mark()
    {
        var value = Read("\ufeff// first\n{ /* a */ \"a\": [1, 2,], \"b\": { \"c\": \"\\u00e9\\ud83d\\ude00\", }, }\n// last");

        Assert.Equal(["a", "b"], value.Members.Select(m => m.Name));
        Assert.Equal(["1", "2"], value.Find("a")!.Items.Select(i => i.Text));
        Assert.Equal("é😀", value.Find("b")!.Find("c")!.Text);
    }

    [Fact]
    public void Null_counts_as_absent()
    {
        var value = Read("""{ "a": null }""");

        Assert.Null(value.Find("a"));
        Assert.Equal(JsonValueKind.Null, value.Members[0].Value.Kind);
    }

    [Fact]
    public void Knows_the_place_of_every_value()
    {
        var value = Read("{\n  \"é\": 1, \"b\":\n\t\"x\"\n}");

        Assert.Equal(new TextPlace(2, 8), value.Members[0].Value.Place);
        Assert.Equal(new TextPlace(2, 11), value.Members[1].Place);
        Assert.Equal(new TextPlace(3, 2), value.Members[1].Value.Place);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("  \n ", 1, 1)]
    [InlineData("// only a comment", 1, 18)]
    [InlineData("{", 1, 2)]
    [InlineData("{}\n}", 2, 1)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("{\n  \"a\": tru\n}", 2, 11)]
    [InlineData("{ a: 1 }", 1, 3)]
    [InlineData("{ 'a': 1 }", 1, 3)]
    [InlineData("{ \"a\": 1 \"b\": 2 }", 1, 10)]
    [InlineData("[1,,2]", 1, 4)]
    public void Refuses_what_is_no_document_and_tells_where(string text, int line, int column)
    {
        Assert.False(JsoncReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(new TextPlace(line, column), error.Place);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("reader options", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"name\": 1,\n \"name\": 2 }", 2, 2, "twice")]
    [InlineData("{ \"a\": { \"b\": 1, \"\\u0062\": 2 } }", 1, 18, "twice")]
    [InlineData("[\"a\\u0000b\"]", 1, 2, "U+0000")]
    [InlineData("{ \"\\u0000\": 1 }", 1, 3, "U+0000")]
    [InlineData("[\"\\ud800\"]", 1, 2, "surrogate")]
    [InlineData("[\"\\udc00\\ud800\"]", 1, 2, "surrogate")]
    [InlineData("[\"\\ud800\\n\"]", 1, 2, "surrogate")]
    [InlineData("[\"\\uD83Dx\\uDE00\"]", 1, 2, "surrogate")]
    [InlineData("{ \"\\uDBFF\": 1 }", 1, 3, "surrogate")]
    public void Refuses_what_readers_would_disagree_about(string text, int line, int column, string word)
    {
        Assert.False(JsoncReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(new TextPlace(line, column), error.Place);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_that_only_look_like_surrogates_are_text()
    {
        Assert.Equal("\\ud800", Read("[\"\\\\ud800\"]").Items[0].Text);
    }

    [Fact]
    public void Reads_64_levels_and_refuses_65()
    {
        Assert.NotNull(Read(new string('[', 64) + new string(']', 64)));
        Assert.False(JsoncReader.TryRead(Encoding.UTF8.GetBytes(new string('[', 65) + new string(']', 65)), out _, out var error));
        Assert.Contains("64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xed, 0xa0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xc0, 0x80, (byte)'"' })]
    public void Refuses_bytes_that_are_not_utf8(byte[] bytes)
    {
        Assert.False(JsoncReader.TryRead(bytes, out _, out var error));
        Assert.Equal(new TextPlace(1, 2), error.Place);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_that_is_too_large()
    {
        Assert.False(JsoncReader.TryRead(Encoding.UTF8.GetBytes("[" + new string(' ', JsoncReader.MaxLength) + "]"), out _, out var error));
        Assert.Contains("larger", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cost_grows_with_the_length_and_not_with_its_square()
    {
        // A million values on one line: with a search for the line at every value this takes minutes.
        var text = "[" + string.Concat(Enumerable.Repeat("1,", 1_000_000)) + "1]";

        var value = Read(text);

        Assert.Equal(1_000_001, value.Items.Count);
        Assert.Equal(new TextPlace(1, 2_000_002), value.Items[^1].Place);
    }

    private static JsoncValue Read(string text)
    {
        Assert.True(JsoncReader.TryRead(Encoding.UTF8.GetBytes(text), out var value, out var error), error?.Message);
        return value;
    }
}
