using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using CsCheck;
using Kiln.Documentation.Highlighting;

namespace Kiln.Documentation.Tests.Highlighting;

public sealed partial class CodeHighlighterTests
{
    private static readonly string[] Languages = ["ts", "tsx", "js", "jsx", "json", "md", "toml", "diff", "sh", "python", "rust", "css", "html", "yaml", "sql", "none"];

    // Every piece in brackets with its class; the classes are those of the language's own specification: keyword, name of a type, called name, property …
    [Theory]
    [InlineData("ts", "type A<T> = B | null;", "[keyword:type] [type:A]<[type:T]> [operator:=] [type:B] [operator:|] [constant:null];")]
    [InlineData("ts", "const type = of.from(as);", "[keyword:const] type [operator:=] of.[function:from](as);")]
    [InlineData("ts", "a < b / c > /d/g.test(e)", "a < b [operator:/] c > [regexp:/d/g].[function:test](e)")]
    [InlineData("ts", "`a${b + `c`}d`", "[string:`a${]b [operator:+] [string:`c`}d`]")]
    [InlineData("ts", "class A { #p = 1n; get q(): string {} }", "[keyword:class] [type:A] { [property:#p] [operator:=] [number:1n]; [keyword:get] [property:q](): [type:string] {} }")]
    [InlineData("ts", "/** @param a {@link B} x@y */ f();", "[comment:/** ][doctag:@param][comment: a {][doctag:@link][comment: B} x@y */] [function:f]();")]
    [InlineData("ts", "import { type A, b as c } from \"d\";", "[keyword:import] { [keyword:type] A, b [keyword:as] c } [keyword:from] [string:\"d\"];")]
    [InlineData("tsx", "<A.B c=\"d\" {...e}>f {g}</A.B>", "<[tag:A].[tag:B] [attribute:c][operator:=][string:\"d\"] {[operator:...]e}>f {g}</[tag:A].[tag:B]>")]
    [InlineData("js", "if (x) return undefined", "[keyword:if] (x) [keyword:return] [constant:undefined]")]
    [InlineData("ts", "{ broken: (", "{ broken: (")]
    [InlineData("json", "{ \"a\": [1, -2.5, true, null, \"b\"] } // c", "{ [property:\"a\"]: [[number:1], [number:-2.5], [constant:true], [constant:null], [string:\"b\"]] } [comment:// c]")]
    [InlineData("sh", "npm i -D a # b", "[function:npm] i [attribute:-D] a [comment:# b]")]
    [InlineData("sh", "A=1 echo \"$A\" | cat && ls", "[property:A][operator:=]1 [function:echo] [string:\"$A\"] [operator:|] [function:cat] [operator:&&] [function:ls]")]
    [InlineData("toml", "[a.b]\nc = \"d\" # e", "[heading:[a.b]]\n[property:c] [operator:=] [string:\"d\"] [comment:# e]")]
    [InlineData("diff", "@@ -1 +1 @@\n-a\n+b\n c", "[heading:@@ -1 +1 @@]\n[deleted:-a]\n[inserted:+b]\n c")]
    [InlineData("md", "# A\n- `b` [c](d)", "[heading:# A]\n[keyword:-] [string:`b`] [c]([attribute:d])")]
    [InlineData("python", "def f(): # a\n  return \"b\"", "[keyword:def] [function:f](): [comment:# a]\n  [keyword:return] [string:\"b\"]")]
    [InlineData("css", "a { color: red }", "[tag:a] { [property:color]: [constant:red] }")]
    [InlineData("none", "if (a) {}", "if (a) {}")]
    public void Classes(string language, string code, string expected)
    {
        var markup = CodeHighlighter.Highlight(code, language).ToString();
        Assert.Equal(expected, System.Net.WebUtility.HtmlDecode(Span().Replace(markup, "[$1:$2]")));
    }

    [Theory]
    [InlineData("TypeScript", true)]
    [InlineData(".tsx", true)]
    [InlineData(" yml ", true)]
    [InlineData("C#", true)]
    [InlineData("mermaid", false)]
    [InlineData("", false)]
    [InlineData("constructor", false)]
    public void Names_of_languages(string name, bool supported) => Assert.Equal(supported, CodeHighlighter.Supports(name));

    [Fact]
    public void Every_line_stands_alone()
    {
        Assert.Equal(
            ["<span class=\"hl-comment\">/* a</span>", "<span class=\"hl-comment\">b */</span> <span class=\"hl-function\">c</span>();", ""],
            CodeHighlighter.HighlightLines("/* a\r\nb */ c();\n\n", "ts").Select(l => l.ToString()));
        Assert.Empty(CodeHighlighter.HighlightLines("", "ts"));
        Assert.Equal(["", "a"], CodeHighlighter.HighlightLines("\ra", "none").Select(l => l.ToString()));
    }

    [Fact]
    public void Long_lines_and_long_files_are_plain()
    {
        var line = "let a = \"" + new string('x', CodeHighlighter.MaximumLine) + "\";";
        Assert.Equal(System.Net.WebUtility.HtmlEncode(line), CodeHighlighter.Highlight(line, "ts").ToString());
        Assert.Contains("hl-keyword", CodeHighlighter.Highlight(line + "\nlet b;", "ts").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<", CodeHighlighter.Highlight(string.Concat(Enumerable.Repeat("let b;\n", 150_000)), "ts").ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// Text made of pieces that scanners stop at: the markup says exactly the same text, whole and line by line, in spans that do not nest. No scanner stands still either.
    /// </summary>
    [Fact]
    public void Whatever_the_code_is_its_text_stays_the_same()
    {
        string[] pieces =
        [
            "a", "B", " ", "\n", "\r\n", "\t", "\u00a0", "\u2028", "1", "\"", "'", "`", "${", "}", "{", "(", ")", "[", "]", "<", ">", "</", "/>", "/", "*", "/*", "*/", "//", "#", "@", "@p", "=", "=>", "-", "--",
            "+", "$", "$(", "\\", "\\\n", "|", "&", ";", ":", ",", ".", "?", "!", "<!--", "-->", "<script>", "```", "~~~", "def ", "class ", "if ", "\u0000", "\u0001", "\ud83d\ude00", "\ud800", "é", "'''", "\"\"\"", "- ", "%", "^",
        ];
        var code = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 40].Select(string.Concat);
        Gen.Select(code, Gen.Int[0, Languages.Length - 1].Select(i => Languages[i])).Sample(
            (text, language) =>
            {
                var expected = Expected(text);
                var markup = CodeHighlighter.Highlight(text, language).ToString();
                var lines = CodeHighlighter.HighlightLines(text, language).Select(l => l.ToString()).ToList();
                return TextOf(markup) == expected
                    && string.Join('\n', lines.Select(TextOf)) == (expected.EndsWith('\n') ? expected[..^1] : expected)
                    && Span().Replace(markup, "").All(c => c is not ('<' or '>'));
            },
            iter: 4_000);
    }

    private static string Expected(string text)
    {
        var kept = new string([.. text.Where(c => c is '\t' or '\n' or '\r' or >= ' ' and not (>= '\u007f' and <= '\u009f'))]).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return Regex.Replace(kept, "[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]", "\ufffd");
    }

    /// <summary>As an HTML parser reads it; one that is given a first line end would drop it.</summary>
    private static string TextOf(string markup) => new HtmlParser().ParseDocument("<body><pre><code>" + markup + "</code></pre>").QuerySelector("code")!.TextContent;

    [GeneratedRegex("<span class=\"hl-([a-z]+)\">([^<]*)</span>")]
    private static partial Regex Span();
}
