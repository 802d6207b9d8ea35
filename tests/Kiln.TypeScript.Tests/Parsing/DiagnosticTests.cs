using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("let x = ;", 1109, 8)]
    [InlineData("f(", 1005, 2)]
    [InlineData("let = 1;\nlet let2 = [1, 2;", 1005, 25)]
    [InlineData("if (a", 1005, 5)]
    [InlineData("}", 1128, 0)]
    [InlineData("'abc", 1002, 4)]
    [InlineData("`abc", 1160, 4)]
    [InlineData("/* abc", 1010, 6)]
    [InlineData("x = /abc", 1161, 4)]
    [InlineData("a § b", 1127, 2)]
    [InlineData("class A { foo bar }", 1434, 10)]
    [InlineData("const class = 1", 1389, 6)]
    [InlineData("throw\na", 1142, 5)]
    [InlineData("try {}", 1472, 6)]
    [InlineData("fucntion f() {}", 1435, 0)]
    [InlineData("x = 09", 1489, 4)]
    [InlineData("x = 017", 1121, 4)]
    [InlineData("x = 1__0", 6189, 5)]
    [InlineData("x = 1_", 6188, 5)]
    [InlineData("x = 3in []", 1351, 5)]
    [InlineData("x = 0x", 1125, 6)]
    [InlineData("x = 1.5n", 1353, 4)]
    [InlineData("x = '\\u{110000}'", 1198, 8)]
    [InlineData("a?.#b", 18030, 3)]
    [InlineData("new a?.b()", 1209, 5)]
    [InlineData("import {a b} from 'x'", 1005, 10)]
    [InlineData("switch (a) { b }", 1130, 13)]
    [InlineData("import { if } from 'x'", 1003, 9)]
    [InlineData("export declare default class A {}", 1128, 0)]
    public void Errors_have_TypeScripts_code_and_place(string source, int code, int start)
    {
        var file = Sources.Parse(source);
        Assert.NotEmpty(file.Diagnostics);
        Assert.Equal((code, start), (file.Diagnostics[0].Code, file.Diagnostics[0].Span.Start));
    }

    [Fact]
    public void Messages_name_what_was_expected() => Assert.Equal("')' expected.", Assert.Single(Sources.Parse("if (a b").Diagnostics.Select(d => d.Message).Take(1)));

    [Fact]
    public void Every_code_has_a_text()
    {
        var codes = typeof(Diagnostics.Diagnostic).Assembly.GetType("Kiln.TypeScript.Diagnostics.DiagnosticCodes")!.GetFields().Select(f => (int)f.GetRawConstantValue()!).ToArray();
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Length, codes.Distinct().Count());
        foreach (var code in codes)
        {
            Assert.DoesNotContain("Syntax error", Diagnostics.DiagnosticMessages.Format(code, "x"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void After_an_error_the_next_statements_are_read()
    {
        var file = Sources.Parse("let a = ;\nlet b = 1;\nclass C { foo bar; baz() {} }\nlet d = 2;");
        Assert.Equal(2, file.Diagnostics.Length);
        Assert.Equal(4, file.Statements.Length);
    }

    [Fact]
    public void A_file_reports_at_most_twenty_errors_in_source_order()
    {
        var file = Sources.Parse(string.Concat(Enumerable.Repeat("let x = ;\n", 100)));
        Assert.Equal(20, file.Diagnostics.Length);
        Assert.Equal(file.Diagnostics.OrderBy(d => d.Span.Start), file.Diagnostics);
    }

    [Fact]
    public void An_invalid_escape_is_an_error_unless_the_template_is_tagged()
    {
        Assert.NotEqual(0, Sources.FirstError("`\\u{`"));
        Assert.NotEqual(0, Sources.FirstError("`a${b}\\xZZ`"));
        Assert.Equal(0, Sources.FirstError("tag`\\u{ ${a} \\xZZ`"));
    }

    [Fact]
    public void HTML_like_comments_are_for_scripts()
    {
        var script = Sources.ParseValid("a <!-- b\n--> c\nd", Language.JavaScript);
        Assert.Equal(2, script.Comments.Length);
        Assert.Equal(2, script.Statements.Length);
        Assert.NotEqual(0, Sources.FirstError("<!-- a\nexport {}", Language.JavaScript));
    }

    /// <summary>typescript finds the same markers, and besides gives up the element that they stand in.</summary>
    [Fact]
    public void A_merge_conflict_between_tags_is_nothing_but_its_markers()
    {
        var file = Sources.Parse("x = <div>\n<<<<<<< HEAD\n  <a/>\n=======\n  <b>\n>>>>>>> other\n</div>;\ny;", Language.Tsx);
        Assert.Equal([(1185, 10), (1185, 30), (1185, 44)], file.Diagnostics.Select(d => (d.Code, d.Span.Start)));
        Assert.Equal(2, file.Statements.Length);
        Assert.Empty(Sources.ParseValid("x = <div>\n=======\n</div>", Language.Tsx).Diagnostics);
    }
}
