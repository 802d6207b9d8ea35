using Kiln.TypeScript;

namespace Kiln.Analysis;

/// <summary>Finds the way in source text between the nodes of a tree, which hold neither trivia nor punctuation.</summary>
internal static class SourceScan
{
    /// <summary>Offset of the next token at or after a place between two tokens; the length of the text when there is none.</summary>
    public static int SkipTrivia(string text, int position)
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (char.IsWhiteSpace(c) || c == '\ufeff')
            {
                position++;
            }
            else if (c == '/' && position + 1 < text.Length && text[position + 1] is '/' or '*')
            {
                var length = text[position + 1] == '/'
                    ? text.AsSpan(position).IndexOfAny("\n\r\u2028\u2029")
                    : text.IndexOf("*/", position + 2, StringComparison.Ordinal) + 2 - position;
                position = length < 2 ? text.Length : position + length;
            }
            else
            {
                break;
            }
        }

        return position;
    }

    /// <summary>Index of the first comment that starts at or after a place; their number when there is none.</summary>
    public static int FirstCommentFrom(Comment[] comments, int position)
    {
        int low = 0, high = comments.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (comments[middle].Start < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public static bool HasLineBreak(string text, int start, int end) => end > start && text.AsSpan(start, end - start).IndexOfAny("\n\r\u2028\u2029") >= 0;
}
