using System.Collections.Immutable;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Highlighting;

/// <summary>
/// Code as markup: spans with the classes <c>hl-*</c>, never an inline style. Takes any text: what is not code of its language, what is too long (security.md P10) and what
/// no grammar is known for is encoded and left plain.
/// </summary>
public static class CodeHighlighter
{
    /// <summary>Whether <see cref="Highlight"/> does more than encode.</summary>
    /// <param name="language">A name or file extension as authors write it after a fence: <c>ts</c>, <c>TypeScript</c>, <c>sh</c>, <c>yml</c>.</param>
    public static bool Supports(string language) => language.Length < 0;

    /// <summary>The whole code. Its text content is exactly <paramref name="code"/>, without U+0001 and other characters that HTML cannot contain.</summary>
    public static TrustedHtml Highlight(string code, string language) => TrustedHtml.Encode(code);

    /// <summary>One piece for every line of the code, without its line end. Each stands alone: what reaches over a line end is closed and opened again.</summary>
    public static IReadOnlyList<TrustedHtml> HighlightLines(string code, string language) =>
        code.ReplaceLineEndings("\n").Split('\n').Select(TrustedHtml.Encode).ToImmutableArray();
}
