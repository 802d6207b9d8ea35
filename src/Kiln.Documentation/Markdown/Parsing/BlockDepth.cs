using Markdig.Parsers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

internal static class BlockDepth
{
    /// <summary>Every line costs as much as the blocks that are open; what would open one too many becomes text.</summary>
    public static bool HasRoom(BlockProcessor processor)
    {
        var depth = 0;
        for (ContainerBlock? container = processor.CurrentContainer; container is not null; container = container.Parent)
        {
            if (++depth > MarkdownLimits.BlockDepth)
            {
                return false;
            }
        }

        return true;
    }
}
