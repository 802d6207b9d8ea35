namespace Kiln.Conformance.Syntax;

internal enum TileKind
{
    /// <summary>A name or literal, or a piece of a template or of JSX text: a leaf of the tree.</summary>
    Leaf,
    Keyword,
    Punctuator,
    Comment,
    WhiteSpace,
}

/// <summary>A token or a piece of trivia.</summary>
internal readonly record struct Tile(int Start, int End, TileKind Kind);
