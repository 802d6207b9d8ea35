using System.Globalization;
using System.Text;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// Code blocks are finished markup and can be large: they are put in after the sanitizer, which sees an element with the same place in a page's structure. The mark is a
/// character that no author's text has any more.
/// </summary>
internal static class CodeSlots
{
    private const char Mark = '\u0002';
    private const string Before = "<pre>\u0002";
    private const string After = "\u0002</pre>";

    public static string Slot(int index) => $"{Before}{index.ToString(CultureInfo.InvariantCulture)}{After}\n";

    /// <summary>Null when it becomes too long.</summary>
    public static string? Fill(string markup, List<string> blocks)
    {
        if (blocks.Count == 0)
        {
            return markup;
        }

        if (blocks.Sum(b => (long)b.Length) + markup.Length > MarkdownLimits.Output)
        {
            return null;
        }

        var filled = new StringBuilder(markup.Length + blocks.Sum(b => b.Length));
        var position = 0;
        while (true)
        {
            var start = markup.IndexOf(Before, position, StringComparison.Ordinal);
            if (start < 0)
            {
                return filled.Append(markup, position, markup.Length - position).ToString();
            }

            var number = start + Before.Length;
            var end = markup.IndexOf(Mark, number);
            filled.Append(markup, position, start - position).Append(blocks[int.Parse(markup.AsSpan(number, end - number), CultureInfo.InvariantCulture)]);
            position = end + After.Length;
        }
    }
}
