using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.DefinitionLists;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>
/// Text to a tree. The dialect is CommonMark with GitHub's tables, task lists, strikethrough, bare links and alerts, description lists, superscript and JSDoc's links; every
/// extension is listed here (security.md B3).
/// </summary>
internal static class MarkdownDocuments
{
    private static readonly MarkdownPipeline Pipeline = CreatePipeline();

    /// <summary>Null for a text beyond the bounds.</summary>
    public static MarkdownDocument? Parse(string markdown)
    {
        var state = new ParseState();
        try
        {
            var document = MarkdownParser.Parse(markdown, Pipeline, state.NewContext());
            return state.IsBeyondBounds ? null : document;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException)
        {
            // ArgumentException is what the library says of ten thousand delimiters that are open at once. The others would be bugs in it, and must cost one text its
            // formatting, not a version its documentation.
            return null;
        }
    }

    private static MarkdownPipeline CreatePipeline()
    {
        var builder = new MarkdownPipelineBuilder { MaximumNestingDepth = 4 * MarkdownLimits.BlockDepth };
        builder.BlockParsers.Replace<ParagraphBlockParser>(new BoundedParagraphParser());
        builder.BlockParsers.Replace<ListBlockParser>(new BoundedListParser());
        builder.BlockParsers.Replace<QuoteBlockParser>(new BoundedQuoteParser());
        builder.BlockParsers.Insert(0, new BoundedDescriptionParser());
        builder.BlockParsers.FindExact<HeadingBlockParser>()!.Closed += static (processor, block) => InlineWork.Reserve(ParseState.Of(processor.Context), (LeafBlock)block);

        builder.InlineParsers.InsertBefore<LinkInlineParser>(new LinkTagParser());
        var emphasis = builder.InlineParsers.FindExact<EmphasisInlineParser>()!.EmphasisDescriptors;
        emphasis.Add(new EmphasisDescriptor('~', 1, 2, enableWithinWord: true));
        emphasis.Add(new EmphasisDescriptor('^', 1, 1, enableWithinWord: true));
        builder.InlineParsers.Add(new AutoLinkParser(new AutoLinkOptions { UseHttpsForWWWLinks = true }));
        return builder.Build();
    }
}
