using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary><c>[ ]</c> or <c>[x]</c> at the beginning of a list item.</summary>
internal static class TaskMark
{
    private static readonly object Key = new();

    /// <summary>Null for an item that is no task.</summary>
    public static bool? IsDone(ListItemBlock item) => item.GetData(Key) as bool?;

    /// <summary>Called when a paragraph ends: takes the mark out of it.</summary>
    public static void Read(ParagraphBlock paragraph)
    {
        if (paragraph.Parent is not ListItemBlock item || item.Count == 0 || item[0] != paragraph || paragraph.Lines.Count == 0)
        {
            return;
        }

        ref var line = ref paragraph.Lines.Lines[0].Slice;
        var text = line.AsSpan();
        if (text.Length > 4 && text[0] == '[' && text[1] is ' ' or 'x' or 'X' && text[2] == ']' && text[3] is ' ' or '\t')
        {
            item.SetData(Key, text[1] != ' ');
            line.Start += 4;
            line.TrimStart();
        }
    }
}
