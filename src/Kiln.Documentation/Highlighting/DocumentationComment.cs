using Kiln.TypeScript;

namespace Kiln.Documentation.Highlighting;

/// <summary>A comment; in a documentation comment tags stand out.</summary>
internal static class DocumentationComment
{
    public static void Read(string text, Comment comment, CodeTokenList tokens)
    {
        var position = comment.Start;
        if (comment.Kind == CommentKind.JsDoc)
        {
            for (var at = text.IndexOf('@', position, comment.End - position); at >= 0; at = text.IndexOf('@', at, comment.End - at))
            {
                var end = at + 1;
                while (end < comment.End && char.IsAsciiLetter(text[end]))
                {
                    end++;
                }

                if (end > at + 1 && at > 0 && text[at - 1] is ' ' or '\t' or '*' or '{' or '\n')
                {
                    tokens.Add(position, at, CodeClass.Comment);
                    tokens.Add(at, end, CodeClass.Doctag);
                    position = end;
                }

                at = end;
            }
        }

        tokens.Add(position, comment.End, CodeClass.Comment);
    }
}
