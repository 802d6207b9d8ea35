using Kiln.TypeScript.Lexing;

namespace Kiln.TypeScript;

/// <summary>Finds tokens that the tree does not hold, in text that is known to be well-formed: from the end of one node to what follows it.</summary>
internal static class Trivia
{
    /// <summary>The offset of the next token at or after <paramref name="position"/>: white space and comments skipped.</summary>
    public static int Skip(string text, int position)
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (c == '/' && position + 1 < text.Length && text[position + 1] is '/' or '*')
            {
                position = text[position + 1] == '/' ? EndOfLine(text, position) : EndOfBlock(text, position);
            }
            else if (CharacterFacts.IsWhiteSpace(c) || CharacterFacts.IsLineTerminator(c))
            {
                position++;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>The next token starts with this character.</summary>
    public static bool NextIs(string text, int position, char c, out int start)
    {
        start = Skip(text, position);
        return start < text.Length && text[start] == c;
    }

    /// <summary>The end of the word that starts here; for anything but a word the end of its first character.</summary>
    public static int EndOfToken(string text, int start)
    {
        var end = start;
        while (end < text.Length && (CharacterFacts.IsAsciiPart(text[end]) || (text[end] >= 128 && CharacterFacts.IsIdentifierPart(text[end]))))
        {
            end++;
        }

        return end > start ? end : Math.Min(start + 1, text.Length);
    }

    private static int EndOfLine(string text, int position)
    {
        var length = text.AsSpan(position).IndexOfAny("\n\r\u2028\u2029");
        return length < 0 ? text.Length : position + length;
    }

    private static int EndOfBlock(string text, int position)
    {
        var end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }
}
