using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kiln.TypeScript.JsDoc;

public sealed partial class JsDocParserTests
{
    [Fact]
    public void Reads_each_comment_as_the_documentation_generator_does()
    {
        var count = 0;
        var differences = new List<string>();
        foreach (var (comment, expected) in JsDocCases.Comments)
        {
            count++;
            var actual = JsDocRecord.Of(JsDocCases.Parse(comment));
            if (!JsonNode.DeepEquals(actual, expected))
            {
                differences.Add($"{JsonValue.Create(comment)!.ToJsonString()}\n  expected {expected?.ToJsonString()}\n  actual   {actual?.ToJsonString()}");
            }
        }

        Assert.True(count > 400);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>The text at a span, its gutters removed, is the value.</summary>
    [Fact]
    public void Every_span_shows_its_value_in_the_file()
    {
        var count = 0;
        foreach (var (comment, _) in JsDocCases.Comments)
        {
            // Somewhere in a file, not only at its start.
            var text = "export {};\n" + comment + "\nlet a;";
            var file = Parser.Parse(text, Language.TypeScript);
            foreach (var found in file.Comments.Where(c => c.Kind == CommentKind.JsDoc))
            {
                foreach (var tag in JsDocParser.Parse(file, found).Tags)
                {
                    Assert.Equal('@', text[tag.Span.Start]);
                    Assert.True(tag.Span.End <= found.End);
                    Assert.Equal(tag.Span.Start + 1, tag.TagName.Span.Start);
                    foreach (var part in (JsDocText?[])[tag.TagName, tag.Type, tag.Name, tag.Default])
                    {
                        if (part is { } p)
                        {
                            count++;
                            Assert.InRange(p.Span.Start, tag.Span.Start + 1, found.End);
                            Assert.Equal(p.Value.TrimEnd(), WithoutGutters(text[p.Span.Start..p.Span.End]).TrimEnd());
                        }
                    }
                }
            }
        }

        Assert.True(count > 500);
    }

    [Fact]
    public void A_tag_ends_with_its_last_line()
    {
        const string Text = "/**\n * @param a one\n *   two\n *\n * @see b */";
        var tags = JsDocCases.Parse(Text).Tags;
        Assert.Equal("@param a one\n *   two", Text[tags[0].Span.Start..tags[0].Span.End]);
        Assert.Equal("@see b", Text[tags[1].Span.Start..tags[1].Span.End]);
        Assert.Equal("@see b".Length, tags[1].Span.Length);
    }

    [Theory]
    [InlineData("arg", "/** @arg a */")]
    [InlineData("returns", "/** @returns{a} */")]
    [InlineData("internalThing", "/** @internalThing x */")]
    [InlineData("un-known", "/** @un-known x */")]
    public void The_name_of_a_tag_is_what_is_written(string expected, string comment) => Assert.Equal(expected, JsDocCases.Parse(comment).Tags[0].TagName.Value);

    [Theory]
    [InlineData("", " ", "")]
    [InlineData("", "*", "")]
    [InlineData("", "\n", "")]
    [InlineData("", "\r\n * ", "")]
    [InlineData("", " *", "\n * @see x")]
    [InlineData("", "@", "")]
    [InlineData("", "\n@", "")]
    [InlineData("", "\n@a", "")]
    [InlineData("", "\n@param {", "")]
    [InlineData("", "\n@param [", "")]
    [InlineData("@param [", "a=", "")]
    [InlineData("@param [a=", " ", "")]
    [InlineData("@param {", "a\n", "}")]
    [InlineData("@param {", "a\n * ", "} b")]
    [InlineData("@returns ", "{", "")]
    [InlineData("@returns ", "{", "}")]
    [InlineData("@returns ", "{}", "")]
    [InlineData("@tags ", ",", "")]
    [InlineData("@type {", "{\n", "")]
    [InlineData("@example ", "```\n# a\n", "")]
    [InlineData("", "```\n", "")]
    [InlineData("", "{@link ", "")]
    [InlineData("@module", "\n", "x")]
    [InlineData("@priority ", "9", "")]
    [InlineData("@param a ", "- ", "")]
    public void A_long_comment_is_read_in_one_go(string before, string unit, string after)
    {
        const int Length = 20_000_000;
        var comment = "/** " + before + string.Concat(Enumerable.Repeat(unit, Length / Math.Max(unit.Length, 8))) + after + " */";
        var parsed = JsDocCases.Parse(comment);
        Assert.Equal(comment.Length, parsed.Span.End);
        Assert.All(parsed.Tags.Take(1000), t => Assert.InRange(t.Span.End, t.Span.Start + 2, comment.Length));
        var bare = (before + unit + after).Trim(' ', '*', '\r', '\n', '@');
        Assert.True(bare.Length == 0 || !parsed.IsEmpty);
    }

    private static string WithoutGutters(string text) => Gutter().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "\n");

    [GeneratedRegex(@"[^\S\n]*\n[^\S\n]*\*?[^\S\n]*")]
    private static partial Regex Gutter();
}
