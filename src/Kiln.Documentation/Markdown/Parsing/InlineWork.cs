using System.Buffers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>
/// Estimates what the inlines of a leaf can cost: for every mark the parser may look through the rest of the leaf, and through the marks that are still open. What would
/// be too much is left unread.
/// </summary>
internal static class InlineWork
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("[]!*_~^<&{`\\:(");

    public static void Reserve(ParseState state, LeafBlock leaf)
    {
        if (!leaf.ProcessInlines)
        {
            return;
        }

        long marks = 1;
        long length = 0;
        for (var i = 0; i < leaf.Lines.Count; i++)
        {
            var line = leaf.Lines.Lines[i].Slice.AsSpan();
            length += line.Length + 1;
            marks += line.Count("www.");
            for (var next = line.IndexOfAny(Marks); next >= 0; next = line.IndexOfAny(Marks))
            {
                marks++;
                line = line[(next + 1)..];
            }
        }

        leaf.ProcessInlines = !state.IsBeyondBounds && state.AddInlineWork(marks, length);
    }
}
