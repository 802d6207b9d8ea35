using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// Takes a file apart into tokens and trivia: leaves of the tree and comments lie where the parser says, and what is left between them must be
/// white space, keywords and punctuators by rules of its own (ECMA-262 12, TypeScript's keywords), not by Kiln's lexer.
/// </summary>
internal static class Tiles
{
    private static readonly HashSet<string> Keywords = new(
        ("break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try "
        + "typeof var void while with yield let static implements interface package private protected public as async await from get of set abstract accessor any asserts assert bigint boolean constructor "
        + "declare defer global infer intrinsic is keyof module namespace never number object out override readonly require satisfies source string symbol target meta type undefined unique unknown using").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Longest first.</summary>
    private static readonly string[] Punctuators =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "</", "/>", "${",
        "{", "}", "(", ")", "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", "@", ".", "`",
    ];

    /// <summary>Everything in source order. <paramref name="problem"/> says what is neither token nor trivia, or lies over something else.</summary>
    public static List<Tile> Of(SourceFile file, out string? problem)
    {
        problem = null;
        var fixedTiles = new List<Tile>();
        foreach (var comment in file.Comments)
        {
            fixedTiles.Add(new Tile(comment.Start, comment.End, TileKind.Comment));
        }

        var leaves = new Leaves(fixedTiles);
        TreeWalker.Walk(file, types: true, ref leaves);
        fixedTiles.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        var tiles = new List<Tile>(fixedTiles.Count * 3);
        var position = 0;
        var last = default(Tile);
        foreach (var tile in fixedTiles)
        {
            if (tile == last)
            {
                // A shorthand property's name is its value too.
                continue;
            }

            if (tile.Start < position)
            {
                problem = $"{file.Lines.GetPosition(tile.Start)} {tile} lies over {last}";
                return tiles;
            }

            problem ??= Fill(file, position, tile.Start, tiles);
            tiles.Add(tile);
            position = tile.End;
            last = tile;
        }

        problem ??= Fill(file, position, file.Text.Length, tiles);
        return tiles;
    }

    private static string? Fill(SourceFile file, int start, int end, List<Tile> tiles)
    {
        var text = file.Text;
        while (start < end)
        {
            var at = start;
            while (at < end && IsSpace(text[at]))
            {
                at++;
            }

            if (at > start)
            {
                tiles.Add(new Tile(start, at, TileKind.WhiteSpace));
                start = at;
                continue;
            }

            while (at < end && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '$'))
            {
                at++;
            }

            if (at > start && Keywords.Contains(text[start..at]))
            {
                tiles.Add(new Tile(start, at, TileKind.Keyword));
            }
            else if (at == start && Array.Find(Punctuators, p => start + p.Length <= end && string.CompareOrdinal(text, start, p, 0, p.Length) == 0) is { } punctuator)
            {
                at = start + punctuator.Length;
                tiles.Add(new Tile(start, at, TileKind.Punctuator));
            }
            else
            {
                return $"{file.Lines.GetPosition(start)} no token: {text[start..Math.Min(end, start + 40)]}";
            }

            start = at;
        }

        return null;
    }

    /// <summary>WhiteSpace and LineTerminator of ECMA-262 12.2 and 12.3.</summary>
    private static bool IsSpace(char c) => c is '\t' or '\v' or '\f' or '\ufeff' or '\n' or '\r' or '\u2028' or '\u2029' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpaceSeparator;

    private readonly struct Leaves(List<Tile> found) : ITreeVisitor
    {
        public bool Enter(Node node)
        {
            if (node is Identifier or PrivateIdentifier or StringLiteral or Literal or TemplateElement or JsxText && node.End > node.Start)
            {
                found.Add(new Tile(node.Start, node.End, TileKind.Leaf));
            }

            return true;
        }
    }
}
