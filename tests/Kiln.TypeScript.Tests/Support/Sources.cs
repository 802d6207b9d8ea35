using System.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Support;

internal static class Sources
{
    public static SourceFile Parse(string text, Language language = Language.TypeScript) => Parser.Parse(text, language);

    /// <summary>Parses text that must be valid.</summary>
    public static SourceFile ParseValid(string text, Language language = Language.TypeScript)
    {
        var file = Parser.Parse(text, language);
        Assert.True(file.Diagnostics.Length == 0, $"{text}\n{string.Join("\n", file.Diagnostics.Select(d => $"{d.Span.Start}: TS{d.Code} {d.Message}"))}");
        return file;
    }

    public static string Tree(string text, Language language = Language.TypeScript) => TreePrinter.Print(ParseValid(text, language));

    /// <summary>The expression of a file that is one expression statement.</summary>
    public static string Expression(string text, Language language = Language.TypeScript)
    {
        var file = ParseValid(text, language);
        var statement = Assert.IsType<ExpressionStatement>(Assert.Single(file.Statements));
        return TreePrinter.Print(file, statement.Expression);
    }

    /// <summary>The type <c>T</c> of <c>type X = T</c>.</summary>
    public static string Type(string type)
    {
        var file = ParseValid("type X = " + type);
        var alias = Assert.IsType<TypeAliasDeclaration>(Assert.Single(file.Statements));
        Assert.Equal("type X = ".Length, alias.Type.Start);
        return TreePrinter.Print(file, alias.Type);
    }

    /// <summary>The text without the spans that the parser marked for erasure.</summary>
    public static string Erase(string text, Language language = Language.TypeScript)
    {
        var file = ParseValid(text, language);
        var result = new StringBuilder();
        var at = 0;
        var lastStart = -1;
        foreach (var erasure in file.Erasures)
        {
            Assert.True(erasure.Start >= lastStart, "erasures are ordered by start");
            lastStart = erasure.Start;
            if (erasure.Start >= at)
            {
                result.Append(text, at, erasure.Start - at);
            }

            at = Math.Max(at, erasure.End);
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    public static int FirstError(string text, Language language = Language.TypeScript)
    {
        var file = Parser.Parse(text, language);
        return file.Diagnostics.Length == 0 ? 0 : file.Diagnostics[0].Code;
    }
}
