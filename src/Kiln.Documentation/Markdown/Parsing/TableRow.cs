using Markdig.Syntax;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary><see cref="TableCell"/>s, as many as the table has columns.</summary>
internal sealed class TableRow() : ContainerBlock(null);
