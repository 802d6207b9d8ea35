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
    private const string Before = "<pre>";
    private const string After = "</pre>";

    public static string Slot(int index) => $"{Before}{Mark}{index.ToString(CultureInfo.InvariantCulture)}{Mark}{After}\n";

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
            var mark = markup.IndexOf(Mark, position);
            if (mark < 0)
            {
                return filled.Append(markup, position, markup.Length - position).ToString();
            }

            // Between the element and the mark may be emphasis that began before and was not closed where HTML closes it.
            var start = markup.LastIndexOf(Before, mark, StringComparison.Ordinal);
            var end = markup.IndexOf(Mark, mark + 1);
            filled.Append(markup, position, start - position).Append(blocks[int.Parse(markup.AsSpan(mark + 1, end - mark - 1), CultureInfo.InvariantCulture)]);
            position = markup.IndexOf(After, end, StringComparison.Ordinal) + After.Length;
        }
    }
}
