using System.Buffers;
using Kiln.TypeScript;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// Comments in front of statements and members. Documentation, licences and TypeScript's directives stay; what explains the code goes with the code.
/// Inside of what is copied whole every comment stays.
/// </summary>
internal sealed partial class DeclarationWriter
{
    private static readonly SearchValues<string> LicenseWords = SearchValues.Create(["@license", "@preserve", "copyright"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> ModuleWords = SearchValues.Create(["@module", "@file", "@packageDocumentation"], StringComparison.Ordinal);

    private int nextComment;

    /// <summary>What the file says before its first statement: references to other declarations, and comments that speak of the whole file.</summary>
    private void WriteHeader()
    {
        var end = file.Statements.Length > 0 ? file.Statements[0].Start : text.Length;
        var comments = file.Comments;
        var isKept = file.Statements.Length > 0 && IsWritten(file.Statements[0], isTopLevel: true);
        for (var i = 0; i < comments.Length && comments[i].Start < end; i++)
        {
            var comment = comments[i];
            if (comment.Kind == CommentKind.Line && ReferenceLine(comment) is { } reference)
            {
                EndLine();
                Write(reference);
                nextComment = i + 1;
            }
            else if (!isKept && IsKept(comment))
            {
                var next = i + 1 < comments.Length && comments[i + 1].Start < end ? comments[i + 1].Start : end;
                var slice = text.AsSpan(comment.Start, comment.End - comment.Start);
                if (comment.Kind == CommentKind.Block || slice.ContainsAny(LicenseWords) || slice.ContainsAny(ModuleWords) || HasBlankLine(comment.End, next))
                {
                    EndLine();
                    CopyRange(comment.Start, comment.End);
                }
            }
        }

        EndLine();
    }

    /// <summary>
    /// <c>/// &lt;reference types="x" /&gt;</c> and <c>lib</c>: only a type checker could tell that nothing here needs them. <c>path</c> names what is not
    /// shipped beside the declarations, so TypeScript itself leaves it out.
    /// </summary>
    private string? ReferenceLine(Comment comment)
    {
        var slice = text.AsSpan(comment.Start, comment.End - comment.Start);
        if (!slice.StartsWith("///", StringComparison.Ordinal) || !slice[3..].TrimStart().StartsWith("<reference", StringComparison.Ordinal))
        {
            return null;
        }

        if (Attribute(slice, "lib=") is not null)
        {
            return slice.ToString();
        }

        if (Attribute(slice, "types=") is not { } types)
        {
            return null;
        }

        var line = slice.ToString();
        return options.RewriteSpecifier?.Invoke(types) is { } rewritten && rewritten.AsSpan().IndexOfAny("\"'\n\r") < 0 ? line.Replace(types, rewritten, StringComparison.Ordinal) : line;
    }

    private static string? Attribute(ReadOnlySpan<char> line, string name)
    {
        var at = line.IndexOf(name, StringComparison.Ordinal);
        if (at < 0 || at + name.Length >= line.Length || line[at + name.Length] is not ('"' or '\''))
        {
            return null;
        }

        var value = line[(at + name.Length + 1)..];
        var end = value.IndexOf(line[at + name.Length]);
        return end < 0 ? null : value[..end].ToString();
    }

    /// <summary>Writes the comments between two siblings that belong to the second, and starts its line.</summary>
    /// <param name="from">The end of the sibling before, or of the opening brace.</param>
    /// <param name="position">Where the second starts.</param>
    /// <param name="isFirst">There is no sibling before: a comment on the same line is not the tail of one.</param>
    private void Begin(int from, int position, bool isFirst = false)
    {
        var comments = file.Comments;
        var i = nextComment;
        if (i > 0 && comments[i - 1].Start >= from)
        {
            i = FirstCommentFrom(from);
        }

        while (i < comments.Length && comments[i].Start < from)
        {
            i++;
        }

        var isTail = !isFirst && from > 0;
        for (; i < comments.Length && comments[i].Start < position; i++)
        {
            var comment = comments[i];
            isTail = isTail && !HasLineBreak(from, comment.Start);
            if (!isTail && IsKept(comment))
            {
                StartLine(comment.Start);
                WriteComment(comment);
                if (comment.Kind == CommentKind.Line || HasLineBreak(comment.End, position))
                {
                    EndLine();
                }
                else
                {
                    Write(" ");
                    nextComment = i + 1;
                    if (NextIsKept(i + 1, position))
                    {
                        EndLine();
                        continue;
                    }

                    return;
                }
            }
        }

        nextComment = i;
        StartLine(position);
    }

    private bool NextIsKept(int index, int position)
    {
        for (; index < file.Comments.Length && file.Comments[index].Start < position; index++)
        {
            if (IsKept(file.Comments[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// <c>@ts-expect-error</c> becomes <c>@ts-ignore</c>: what it expects may have gone with the code, and then it would be an error itself.
    /// </summary>
    private void WriteComment(Comment comment)
    {
        const string Expects = "@ts-expect-error";
        var at = comment.Kind == CommentKind.Line ? text.AsSpan(comment.Start, comment.End - comment.Start).IndexOf(Expects, StringComparison.Ordinal) : -1;
        if (at < 0)
        {
            CopyRange(comment.Start, comment.End);
            return;
        }

        writer.Copy(comment.Start, comment.Start + at);
        Write("@ts-ignore");
        writer.Copy(comment.Start + at + Expects.Length, comment.End);
    }

    private bool IsKept(Comment comment)
    {
        var slice = text.AsSpan(comment.Start, comment.End - comment.Start);
        return comment.Kind switch
        {
            CommentKind.JsDoc => true,
            CommentKind.Block => slice.StartsWith("/*!", StringComparison.Ordinal) || slice.ContainsAny(LicenseWords),
            CommentKind.Line => slice[2..].TrimStart().StartsWith("@ts-", StringComparison.Ordinal),
            _ => false,
        };
    }

    private int FirstCommentFrom(int position) => SourceScan.FirstCommentFrom(file.Comments, position);

    private bool HasBlankLine(int start, int end)
    {
        var gap = text.AsSpan(start, Math.Max(0, end - start));
        var first = gap.IndexOf('\n');
        return first >= 0 && gap[(first + 1)..].Contains('\n');
    }
}
