using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>
/// The lines of a comment without their gutters and without the blank lines around the whole. A gutter is white space, a star and a space if there is
/// one; a line without a star has none and keeps its indentation. Lines end at LF or CRLF only.
/// </summary>
/// <remarks>A copy of the reader is a bookmark. Reading all lines takes time linear in the comment, whatever it is made of.</remarks>
internal ref struct JsDocLines
{
    private const string Fence = "```";

    /// <summary>A line of a fenced block that starts so is run but not shown.</summary>
    private const string Hidden = "# ";

    private readonly string text;
    private readonly int end;
    private int next;

    /// <param name="text">The file.</param>
    /// <param name="inner">The comment between <c>/*</c> and <c>*/</c>: the second star of the opening is the first line's gutter.</param>
    public JsDocLines(string text, TextSpan inner)
    {
        this.text = text;
        end = FindEnd(text, inner);
        next = inner.Start;
        Current = new TextSpan(next, next);
        while (next < end)
        {
            // The first line that is not blank also loses its indentation.
            var (content, after) = ReadLine(next);
            var blank = CountWhiteSpace(text, content);
            if (blank < content.Length)
            {
                Current = new TextSpan(content.Start + blank, content.End);
                next = after;
                return;
            }

            next = after;
        }

        AtEnd = true;
    }

    /// <summary>The current line; the first one right after construction.</summary>
    public TextSpan Current { get; private set; }

    public bool AtEnd { get; private set; }

    private readonly ReadOnlySpan<char> Line => text.AsSpan(Current.Start, Current.Length);

    /// <summary>The current line starts a tag: its first character that is not white space is an at sign, with a word behind it.</summary>
    public readonly bool IsTag
    {
        get
        {
            var line = Line.TrimStart();
            return line.Length >= 2 && line[0] == '@' && !char.IsWhiteSpace(line[1]);
        }
    }

    /// <summary>A line that holds a fence opens or closes a block; where in the line does not matter.</summary>
    public readonly bool HasFence => Line.Contains(Fence, StringComparison.Ordinal);

    /// <summary>
    /// Moves to the next line that belongs to the same description or tag. False at the end of the comment and at the next tag, which is current then.
    /// Inside a fence no tag starts, and hidden lines are left out; of one that closes the fence, the fence stays.
    /// </summary>
    public bool MoveNextInBlock(ref bool fenced)
    {
        while (MoveNext())
        {
            if (fenced && Line.StartsWith(Hidden, StringComparison.Ordinal))
            {
                var fence = Line.IndexOf(Fence, StringComparison.Ordinal);
                if (fence < 0)
                {
                    continue;
                }

                Current = new TextSpan(Current.Start + fence, Current.Start + fence + Fence.Length);
            }

            if (!fenced && IsTag)
            {
                return false;
            }

            fenced ^= HasFence;
            return true;
        }

        return false;
    }

    private bool MoveNext()
    {
        if (next > end)
        {
            AtEnd = true;
            return false;
        }

        (Current, next) = ReadLine(next);
        return true;
    }

    /// <summary>The line's content, and where the next line starts: after <see cref="end"/> for the last.</summary>
    private readonly (TextSpan Content, int Next) ReadLine(int start)
    {
        var length = text.AsSpan(start, end - start).IndexOf('\n');
        var lineEnd = length < 0 ? end : start + length;
        var contentEnd = length > 0 && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        return (SkipGutter(text, new TextSpan(start, contentEnd)), lineEnd + 1);
    }

    private static TextSpan SkipGutter(string text, TextSpan line)
    {
        var at = line.Start + CountWhiteSpace(text, line);
        if (at == line.End || text[at] != '*')
        {
            return line;
        }

        at++;
        return new TextSpan(at < line.End && text[at] == ' ' ? at + 1 : at, line.End);
    }

    /// <summary>Behind the last character that is neither gutter nor white space; the start of the comment when there is none.</summary>
    private static int FindEnd(string text, TextSpan inner)
    {
        var lineEnd = inner.End;
        while (true)
        {
            var found = text.AsSpan(inner.Start, lineEnd - inner.Start).LastIndexOf('\n');
            var content = SkipGutter(text, new TextSpan(inner.Start + found + 1, lineEnd));
            var length = text.AsSpan(content.Start, content.Length).TrimEnd().Length;
            if (length > 0 || found < 0)
            {
                return length > 0 ? content.Start + length : inner.Start;
            }

            lineEnd = inner.Start + found;
        }
    }

    private static int CountWhiteSpace(string text, TextSpan span) => span.Length - text.AsSpan(span.Start, span.Length).TrimStart().Length;
}
