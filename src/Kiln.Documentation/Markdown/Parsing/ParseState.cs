using Markdig;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>What the parsers of one text count. The pipeline is shared; this is where its parsers find the text's own numbers.</summary>
internal sealed class ParseState
{
    private static readonly object Key = new();

    /// <summary>A bound was passed: the text will be shown as it was written, and what is still parsed may be left out.</summary>
    public bool IsBeyondBounds { get; private set; }

    private long InlineWork { get; set; }

    private int Cells { get; set; }

    private int Definitions { get; set; }

    public MarkdownParserContext NewContext()
    {
        var context = new MarkdownParserContext();
        context.Properties[Key] = this;
        return context;
    }

    public static ParseState Of(MarkdownParserContext? context) => (ParseState)context!.Properties[Key];

    private int UnderlinedHeadings { get; set; }

    public bool AddUnderlinedHeading() => Within(++UnderlinedHeadings <= MarkdownLimits.UnderlinedHeadings);

    public bool AddInlineWork(long marks, long length) => Within((InlineWork += marks * length) <= MarkdownLimits.InlineWork);

    public bool AddCells(int count) => Within((Cells += count) <= MarkdownLimits.Cells);

    public bool AddDefinitions(int count) => Within((Definitions += count) <= MarkdownLimits.Definitions);

    public bool CheckColumns(int count) => Within(count <= MarkdownLimits.Columns);

    private bool Within(bool condition)
    {
        IsBeyondBounds |= !condition;
        return condition;
    }
}
