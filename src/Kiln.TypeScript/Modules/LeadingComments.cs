using System.Buffers;

namespace Kiln.TypeScript.Modules;

/// <summary>Tells which comment stands last in front of a node, as the compilers of this field attach comments.</summary>
/// <remarks>
/// A comment on the same line as the token before it belongs to that token, unless the token is an operator, an opening bracket, a comma or a keyword
/// and the comment is a block. So <c>import a from "a"; /* c */ import b from "b"</c> has no comment in front of its second import.
/// </remarks>
internal static class LeadingComments
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\u2028\u2029");

    /// <summary>The last comment in front of the token at <paramref name="position"/>; false when it belongs to the token before.</summary>
    public static bool TryGetLast(SourceFile file, int position, out Comment comment)
    {
        comment = default;
        var comments = file.Comments;
        var index = FindLastBefore(comments, position);
        if (index < 0 || comments[index].Kind == CommentKind.Shebang || !IsBlank(file.Text, comments[index].End, position))
        {
            return false;
        }

        comment = comments[index];
        return IsLeading(file.Text, comments, index);
    }

    /// <summary>
    /// The last documentation comment in front of the token at <paramref name="position"/>, other comments aside; false when it belongs to the token before.
    /// </summary>
    public static bool TryGetLastJsDoc(SourceFile file, int position, out Comment comment)
    {
        var comments = file.Comments;
        var end = position;
        for (var index = FindLastBefore(comments, position); index >= 0 && IsBlank(file.Text, comments[index].End, end); index--)
        {
            comment = comments[index];
            if (comment.Kind == CommentKind.JsDoc)
            {
                return IsLeading(file.Text, comments, index);
            }

            end = comment.Start;
        }

        comment = default;
        return false;
    }

    private static bool IsLeading(string text, Comment[] comments, int index)
    {
        var comment = comments[index];
        var start = comment.Start;
        while (true)
        {
            var previous = index > 0 ? comments[index - 1].End : 0;
            var gap = text.AsSpan(previous, start - previous);
            var trimmed = gap.TrimEnd();
            if (gap[trimmed.Length..].IndexOfAny(LineBreaks) >= 0)
            {
                return true;
            }

            if (trimmed.Length > 0)
            {
                return comment.Kind != CommentKind.Line && LeavesCommentToNext(text, previous + trimmed.Length);
            }

            if (index == 0)
            {
                return true;
            }

            // Nothing but a comment in between: a line break inside it counts, and what stands before it decides otherwise.
            var before = comments[--index];
            start = before.Start;
            if (before.Kind == CommentKind.Shebang || text.AsSpan(start, before.End - start).IndexOfAny(LineBreaks) >= 0)
            {
                return true;
            }
        }
    }

    /// <summary>The token that ends at <paramref name="end"/> lets a block comment on its line belong to what follows.</summary>
    private static bool LeavesCommentToNext(string text, int end)
    {
        var last = text[end - 1];
        if (last == '{')
        {
            return end >= 2 && text[end - 2] == '$';
        }

        if (!char.IsLetterOrDigit(last) && last is not ('_' or '$'))
        {
            return last is not (';' or '}' or '"' or '\'');
        }

        var start = end;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '$'))
        {
            start--;
        }

        return text.AsSpan(start, end - start) is "return" or "typeof" or "await" or "yield" or "case" or "default" or "else" or "do" or "new" or "void" or "delete"
            or "throw" or "in" or "instanceof" or "extends" or "export" or "import";
    }

    private static int FindLastBefore(Comment[] comments, int position)
    {
        int low = 0, high = comments.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (comments[middle].End <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private static bool IsBlank(string text, int start, int end) => text.AsSpan(start, end - start).IsWhiteSpace();
}
