using System.Text;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Highlighting;

/// <summary>
/// Code as markup: spans with the classes <c>hl-*</c>, never an inline style. Takes any text: what is not code of its language, what is too long (security.md P10) and what
/// no grammar is known for is encoded and left plain.
/// </summary>
public static class CodeHighlighter
{
    /// <summary>Characters of a text; a longer one is left plain.</summary>
    public const int MaximumLength = 1024 * 1024;

    /// <summary>Characters of a line; a longer one is left plain.</summary>
    public const int MaximumLine = 10 * 1024;

    private static readonly string[] ClassNames = [.. Enum.GetNames<CodeClass>().Select(n => n.ToLowerInvariant())];

    /// <summary>Whether <see cref="Highlight"/> does more than encode.</summary>
    /// <param name="language">A name or file extension as authors write it after a fence: <c>ts</c>, <c>TypeScript</c>, <c>sh</c>, <c>yml</c>.</param>
    public static bool Supports(string language) => CodeLanguages.Find(language) is not null;

    /// <summary>
    /// The whole code. Its text content is exactly <paramref name="code"/> with <c>\n</c> as line end, without U+0001 and other characters that HTML cannot contain.
    /// </summary>
    public static TrustedHtml Highlight(string code, string language)
    {
        var text = Normalize(code);
        var tokens = Tokens(text, language);
        var markup = new StringBuilder(text.Length + (tokens.Count * 32));
        var writer = new LineWriter(markup, text, tokens);
        var position = 0;
        while (true)
        {
            var end = text.IndexOf('\n', position);
            writer.Write(position, end < 0 ? text.Length : end);
            if (end < 0)
            {
                return TrustedHtml.FromMarkup(markup.ToString());
            }

            markup.Append('\n');
            position = end + 1;
        }
    }

    /// <summary>
    /// One piece for every line of the code, without its line end. Each stands alone: what reaches over a line end is closed and opened again. A line end at the very end begins
    /// no further line; empty code has no lines.
    /// </summary>
    public static IReadOnlyList<TrustedHtml> HighlightLines(string code, string language)
    {
        var text = Normalize(code);
        var tokens = Tokens(text, language);
        var lines = new List<TrustedHtml>();
        var markup = new StringBuilder();
        var writer = new LineWriter(markup, text, tokens);
        for (var position = 0; position < text.Length;)
        {
            var end = text.IndexOf('\n', position);
            end = end < 0 ? text.Length : end;
            markup.Clear();
            writer.Write(position, end);
            lines.Add(TrustedHtml.FromMarkup(markup.ToString()));
            position = end + 1;
        }

        return lines;
    }

    private static string Normalize(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var text = HtmlText.Clean(code);
        return text.Contains('\r', StringComparison.Ordinal) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    private static CodeTokenList Tokens(string text, string language) =>
        text.Length <= MaximumLength && CodeLanguages.Find(language) is { } scan ? scan(text) : new CodeTokenList();

    /// <summary>Writes lines in order, each with complete spans.</summary>
    private sealed class LineWriter(StringBuilder markup, string text, CodeTokenList tokens)
    {
        /// <summary>The first token that does not end before the line.</summary>
        private int next;

        public void Write(int start, int end)
        {
            while (next < tokens.Count && tokens[next].End <= start)
            {
                next++;
            }

            if (end - start > MaximumLine)
            {
                HtmlText.Append(markup, text.AsSpan(start, end - start));
                return;
            }

            var position = start;
            for (var i = next; i < tokens.Count && tokens[i].Start < end; i++)
            {
                var token = tokens[i];
                var from = Math.Max(Whole(token.Start), position);
                var to = Math.Min(Whole(token.End), end);
                if (to <= from)
                {
                    continue;
                }

                HtmlText.Append(markup, text.AsSpan(position, from - position));
                markup.Append("<span class=\"hl-").Append(ClassNames[(int)token.Class]).Append("\">");
                HtmlText.Append(markup, text.AsSpan(from, to - from));
                markup.Append("</span>");
                position = to;
            }

            HtmlText.Append(markup, text.AsSpan(position, end - position));
        }

        /// <summary>No span ends between the two halves of a character.</summary>
        private int Whole(int index) => index > 0 && index < text.Length && char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]) ? index + 1 : index;
    }
}
