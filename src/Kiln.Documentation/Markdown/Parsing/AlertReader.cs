using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>A quote that begins with <c>[!NOTE]</c> and an optional title (docs.md §11).</summary>
internal static class AlertReader
{
    private static readonly object Key = new();

    private static readonly (string Mark, string Name, string Title)[] Kinds =
    [
        ("[!NOTE]", "note", "Note"), ("[!TIP]", "tip", "Tip"), ("[!IMPORTANT]", "important", "Important"), ("[!WARNING]", "warning", "Warning"), ("[!CAUTION]", "caution", "Caution"),
    ];

    public static Alert? Of(QuoteBlock quote) => quote.GetData(Key) as Alert;

    /// <summary>Called when a paragraph ends: takes the line with the mark out of it.</summary>
    public static void Read(ParagraphBlock paragraph)
    {
        if (paragraph.Parent is not QuoteBlock quote || quote.Count == 0 || quote[0] != paragraph || Of(quote) is not null || paragraph.Lines.Count == 0)
        {
            return;
        }

        var line = paragraph.Lines.Lines[0].Slice.AsSpan().Trim();
        foreach (var (mark, name, title) in Kinds)
        {
            if (line.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                var own = line[mark.Length..].Trim();
                quote.SetData(Key, new Alert(name, own.IsEmpty ? title : own.ToString()));
                paragraph.Lines.RemoveAt(0);
                return;
            }
        }
    }
}
