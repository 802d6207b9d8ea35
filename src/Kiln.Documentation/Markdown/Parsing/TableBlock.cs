using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary>A table of GitHub's Markdown: <see cref="TableRow"/>s, of which the first is the header.</summary>
internal sealed class TableBlock(TableAlignment[] columns) : ContainerBlock(null)
{
    public TableAlignment[] Columns { get; } = columns;
}
