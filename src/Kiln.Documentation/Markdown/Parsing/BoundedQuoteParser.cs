using Markdig.Parsers;

namespace Kiln.Documentation.Markdown.Parsing;

internal sealed class BoundedQuoteParser : QuoteBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor) => BlockDepth.HasRoom(processor) ? base.TryOpen(processor) : BlockState.None;
}
