using Markdig.Parsers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>
/// Paragraphs, with what is known only when one ends: link definitions are counted before the parser takes them out (every one copies what follows it), and tables and
/// alerts are recognised.
/// </summary>
internal sealed class BoundedParagraphParser : ParagraphBlockParser
{
    /// <summary>Once the text is beyond a bound, nothing is worth reading.</summary>
    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        ParseState.Of(processor.Context).IsBeyondBounds ? BlockState.BreakDiscard : base.TryContinue(processor, block);

    public override bool Close(BlockProcessor processor, Block block)
    {
        var state = ParseState.Of(processor.Context);
        if (block is not ParagraphBlock paragraph)
        {
            // A heading that is underlined began as a paragraph.
            state.AddUnderlinedHeading();
            InlineWork.Reserve(state, (LeafBlock)block);
            return base.Close(processor, block);
        }

        if (state.IsBeyondBounds || !state.AddDefinitions(CountDefinitions(paragraph)))
        {
            return false;
        }

        if (!base.Close(processor, block))
        {
            return false;
        }

        AlertReader.Read(paragraph);
        TaskMark.Read(paragraph);
        if (paragraph.Lines.Count == 0 || !GfmTableReader.Read(paragraph, state))
        {
            return false;
        }

        InlineWork.Reserve(state, paragraph);
        return true;
    }

    /// <summary>At least as many as there are: everything that looks like the end of a label.</summary>
    private static int CountDefinitions(ParagraphBlock paragraph)
    {
        var lines = paragraph.Lines;
        if (lines.Count == 0 || !lines.Lines[0].Slice.AsSpan().TrimStart().StartsWith("["))
        {
            return 0;
        }

        var count = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            count += lines.Lines[i].Slice.AsSpan().Count("]:");
        }

        return count;
    }
}
