using System.Text;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// Writes markup whose tags are balanced whatever the author's HTML does. Two kinds of elements lie on one stack: ours, which only we close, and the author's, which the
/// author can close, but not past one of ours; when one of ours closes, the author's inside it close too.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder markup = new();
    private readonly List<(string Name, bool IsAuthors)> open = [];
    private int authorsDepth;

    /// <summary>Where the piece begins that has not been looked at, and what the sanitizer would take for it; see <see cref="EndPiece"/>.</summary>
    private int pieceStart;
    private int pieceWork;
    private bool pieceHasAuthorsHtml;
    private int sanitizerWork;

    /// <summary>Tags of the author that were too deep; their ends are left out too.</summary>
    private int leftOut;

    /// <summary>The markup is longer than <see cref="MarkdownLimits.Output"/>, or has too many elements for the sanitizer: nothing more is written.</summary>
    public bool IsFull { get; private set; }

    public void Text(ReadOnlySpan<char> text)
    {
        if (HasRoom())
        {
            HtmlText.Append(markup, text);
        }
    }

    /// <summary>Markup of ours.</summary>
    public void Raw(string trusted)
    {
        if (HasRoom())
        {
            markup.Append(trusted);
        }
    }

    /// <summary>An element of ours.</summary>
    /// <param name="attributes">Complete markup with a blank in front: <c> class="x"</c>.</param>
    public void Open(string name, string attributes = "")
    {
        Tag(name, attributes);
        open.Add((name, false));
    }

    public void Close()
    {
        leftOut = 0;
        while (Pop().IsAuthors)
        {
        }
    }

    /// <summary>An element without content.</summary>
    public void Void(string name, string attributes = "", bool isAuthors = false)
    {
        pieceHasAuthorsHtml |= isAuthors;
        Tag(name, attributes);
    }

    /// <summary>An element of the author; closes those that cannot contain it.</summary>
    public void OpenAuthors(string name, string attributes)
    {
        pieceHasAuthorsHtml = true;
        if (ImpliedEnds.Before(name) is { } implied)
        {
            CloseImplied(implied);
        }

        if (authorsDepth >= MarkdownLimits.HtmlDepth)
        {
            leftOut++;
            return;
        }

        Tag(name, attributes);
        open.Add((name, true));
        authorsDepth++;
    }

    /// <summary>The end tag of the author. One without a beginning does nothing.</summary>
    public void CloseAuthors(string name)
    {
        pieceHasAuthorsHtml = true;
        if (leftOut > 0)
        {
            leftOut--;
            return;
        }

        for (var i = open.Count - 1; i >= 0 && open[i].IsAuthors; i--)
        {
            if (open[i].Name == name)
            {
                PopTo(i);
                return;
            }
        }
    }

    public bool IsInsideOurLink => open.Exists(o => o is { Name: "a", IsAuthors: false });

    /// <summary>
    /// Called between the blocks of the text: when no element is open, what was written since the last time stands alone. Only such a piece that has an author's HTML in it
    /// goes through the sanitizer, which costs a hundred times as much as the rest.
    /// </summary>
    public void EndPiece()
    {
        if (open.Count > 0 || IsFull)
        {
            return;
        }

        if (pieceHasAuthorsHtml)
        {
            sanitizerWork += pieceWork;
            IsFull |= sanitizerWork > MarkdownLimits.SanitizerWork;
            if (!IsFull)
            {
                var sanitized = MarkupSanitizer.Sanitize(markup.ToString(pieceStart, markup.Length - pieceStart));
                markup.Length = pieceStart;
                markup.Append(sanitized);
            }
        }

        pieceStart = markup.Length;
        pieceWork = 0;
        pieceHasAuthorsHtml = false;
    }

    /// <summary>Null when there was too much.</summary>
    public string? Finish()
    {
        PopTo(0);
        EndPiece();
        return IsFull ? null : markup.ToString();
    }

    private void CloseImplied(ImpliedEnds implied)
    {
        for (var i = open.Count - 1; i >= 0 && open[i].IsAuthors && !implied.Within.Contains(open[i].Name); i--)
        {
            if (implied.Ends.Contains(open[i].Name))
            {
                PopTo(i);
            }
        }
    }

    private void PopTo(int count)
    {
        while (open.Count > count)
        {
            Pop();
        }
    }

    private (string Name, bool IsAuthors) Pop()
    {
        var top = open[^1];
        open.RemoveAt(open.Count - 1);
        authorsDepth -= top.IsAuthors ? 1 : 0;
        if (HasRoom())
        {
            markup.Append("</").Append(top.Name).Append('>');
        }

        return top;
    }

    private void Tag(string name, string attributes)
    {
        pieceWork += 10 + open.Count;
        if (HasRoom())
        {
            markup.Append('<').Append(name).Append(attributes).Append('>');
        }
    }

    private bool HasRoom()
    {
        IsFull |= markup.Length > MarkdownLimits.Output;
        return !IsFull;
    }
}
