using Markdig.Helpers;
using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

internal sealed class TableCell : LeafBlock
{
    public TableCell(string text)
        : base(null)
    {
        ProcessInlines = true;
        Lines = new StringLineGroup(1);
        Lines.Add(new StringSlice(text));
    }
}
