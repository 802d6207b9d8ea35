namespace Kiln.Documentation.Markdown.Parsing;

internal enum TableAlignment : byte
{
    None,
    Left,
    Center,
    Right,
}
