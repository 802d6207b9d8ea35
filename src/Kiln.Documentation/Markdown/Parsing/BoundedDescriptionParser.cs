using Markdig.Extensions.DefinitionLists;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>Description lists. The parser looks for the term among all blocks before it, so that the number of descriptions is bounded.</summary>
internal sealed class BoundedDescriptionParser : DefinitionListParser
{
    public override BlockState TryOpen(BlockProcessor processor)
    {
        var state = ParseState.Of(processor.Context);
        if (processor.IsCodeIndent || !BlockDepth.HasRoom(processor) || !state.AddDefinitions(1))
        {
            return BlockState.None;
        }

        var result = base.TryOpen(processor);
        if (result == BlockState.Continue && processor.CurrentContainer is DefinitionItem item)
        {
            foreach (var term in item.OfType<LeafBlock>())
            {
                InlineWork.Reserve(state, term);
            }
        }

        return result;
    }
}
