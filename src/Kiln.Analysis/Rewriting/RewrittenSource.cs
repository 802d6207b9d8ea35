using System.Text;
using Kiln.TypeScript.Text;

namespace Kiln.Analysis.Rewriting;

/// <summary>A source in which specifiers were replaced, and where its places are now: maps lead to the text that is shipped, not to the one that was compiled.</summary>
public sealed class RewrittenSource
{
    private readonly int[] starts;
    private readonly int[] ends;
    private readonly int[] newEnds;
    private LineMap? lines;

    /// <param name="edits">By position; of two that overlap the first counts.</param>
    internal RewrittenSource(string text, IReadOnlyList<(TextSpan Span, string Text)> edits)
    {
        (starts, ends, newEnds) = (new int[edits.Count], new int[edits.Count], new int[edits.Count]);
        var result = new StringBuilder(text.Length + 64);
        var at = 0;
        var count = 0;
        foreach (var (span, replacement) in edits)
        {
            // A nested edit (a require inside the argument of another) cannot overlap, for only literals are replaced.
            if (span.Start < at)
            {
                continue;
            }

            result.Append(text, at, span.Start - at).Append(replacement);
            (starts[count], ends[count], newEnds[count]) = (span.Start, span.End, result.Length);
            count++;
            at = span.End;
        }

        Text = count == 0 ? text : result.Append(text, at, text.Length - at).ToString();
        Array.Resize(ref starts, count);
    }

    /// <summary>The very same string when nothing changed.</summary>
    public string Text { get; }

    internal LineMap Lines => lines ??= new LineMap(Text);

    internal bool IsChanged => starts.Length > 0;

    /// <summary>The new offset of a place in the old text; of one inside a replaced span, the offset at its start or where the new text ends.</summary>
    internal int PlaceOf(int offset)
    {
        var found = Array.BinarySearch(starts, offset);
        var last = found >= 0 ? found - 1 : ~found - 1;
        if (last < 0)
        {
            return offset;
        }

        return offset < ends[last] ? newEnds[last] : newEnds[last] + (offset - ends[last]);
    }
}
