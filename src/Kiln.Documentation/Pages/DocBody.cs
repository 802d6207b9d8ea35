using System.Text;
using Kiln.Documentation.Html;
using Kiln.Documentation.Links;

namespace Kiln.Documentation.Pages;

/// <summary>
/// The content of a page in pieces, so that one too large for a browser can be cut between two of them. What was opened is closed at the cut and opened again behind it;
/// places on later parts keep their ids on the first, as entries of an index that lead on, so that links need not know about parts.
/// </summary>
internal sealed class DocBody
{
    /// <summary>Bytes of one part. With a frame, a table of contents and the index it stays below a megabyte.</summary>
    private const int MaxBytes = 450_000;

    /// <summary>Rows of listings on one part (docs.md §10.9).</summary>
    private const int MaxRows = 2048;

    private const int MaxIndexEntries = 1500;

    /// <summary>A base address of a registry is about this long.</summary>
    private const int BaseBytes = 40;

    private enum PieceKind : byte
    {
        Content,
        Open,
        Close,
    }

    /// <param name="Again">Of what opens: how it opens on the next part, without ids and headings.</param>
    private readonly record struct Piece(PieceKind Kind, string Html, int Rows = 0, string? Anchor = null, string? Label = null, string? Again = null);

    private readonly List<Piece> pieces = [];

    /// <summary>Nothing but the first start tag was added.</summary>
    public bool IsFirstBlock => pieces.Count <= 1;

    /// <param name="anchor">The id of this piece, if links lead to it.</param>
    /// <param name="label">What is there, for the index.</param>
    public void Add(TrustedHtml html, string? anchor = null, string? label = null) => pieces.Add(new Piece(PieceKind.Content, html.ToString(), 0, anchor, label));

    public void Add(HtmlWriter html, string? anchor = null, string? label = null) => Add(html.ToHtml(), anchor, label);

    public void Row(HtmlWriter html) => pieces.Add(new Piece(PieceKind.Content, html.ToString(), 1));

    /// <param name="open">Start tags with all that belongs to them.</param>
    /// <param name="again">The same without ids.</param>
    public void Open(string open, string again) => pieces.Add(new Piece(PieceKind.Open, open, Again: again));

    public void Close(string close) => pieces.Add(new Piece(PieceKind.Close, close));

    /// <param name="address">Of a part, seen from any other.</param>
    public IReadOnlyList<TrustedHtml> Split(Func<int, string> address)
    {
        var cuts = Cut();
        var parts = new List<TrustedHtml>(cuts.Count);
        var open = new List<Piece>();
        for (var part = 0; part < cuts.Count; part++)
        {
            var (from, to) = (cuts[part], part + 1 < cuts.Count ? cuts[part + 1] : pieces.Count);
            var html = new HtmlWriter();
            if (part > 0)
            {
                html.Raw("<p class=\"doc-parts\">Part ").Number(part + 1).Raw(" of ").Number(cuts.Count).Raw(". <a").Address("href", address(part - 1)).Raw(">Back to part ").Number(part).Raw("</a></p>");
            }

            foreach (var piece in open)
            {
                html.Raw(piece.Again!);
            }

            for (var i = from; i < to; i++)
            {
                if (TooLarge(pieces[i]))
                {
                    html.Raw("<p class=\"doc-none\"");
                    if (pieces[i].Anchor is { } anchor)
                    {
                        html.Attribute("id", anchor);
                    }

                    html.Raw(">This is too large to be shown here.</p>");
                }
                else
                {
                    html.Raw(pieces[i].Html);
                }

                Track(open, pieces[i]);
            }

            html.Raw(string.Concat(Closing(open, to)));
            if (to < pieces.Count)
            {
                html.Raw("<p class=\"doc-parts\"><a class=\"doc-more\"").Address("href", address(part + 1)).Raw(">More: part ").Number(part + 2).Raw(" of ").Number(cuts.Count).Raw("</a></p>");
            }

            if (part == 0 && cuts.Count > 1)
            {
                Index(html, cuts, address);
            }

            parts.Add(html.ToHtml());
        }

        return parts.Count == 1 ? parts : PartLinks.Mend(parts, address);
    }

    private List<int> Cut()
    {
        var cuts = new List<int> { 0 };
        var (bytes, rows) = (0, 0);
        for (var i = 0; i < pieces.Count; i++)
        {
            var size = TooLarge(pieces[i]) ? 100 : Size(pieces[i].Html);
            if (pieces[i].Kind == PieceKind.Content && (bytes + size > MaxBytes || rows + pieces[i].Rows > MaxRows) && bytes > 0)
            {
                cuts.Add(i);
                (bytes, rows) = (0, 0);
            }

            bytes += size;
            rows += pieces[i].Rows;
        }

        return cuts;
    }

    private static bool TooLarge(Piece piece) => piece.Html.Length > MaxBytes / 6 && Size(piece.Html) > MaxBytes;

    private static int Size(string html) => Encoding.UTF8.GetByteCount(html) + (html.AsSpan().Count('\u0001') * BaseBytes);

    private static void Track(List<Piece> open, Piece piece)
    {
        if (piece.Kind == PieceKind.Open)
        {
            open.Add(piece);
        }
        else if (piece.Kind == PieceKind.Close)
        {
            open.RemoveAt(open.Count - 1);
        }
    }

    /// <summary>How what is open at a piece is closed: as it will be closed later.</summary>
    private List<string> Closing(List<Piece> open, int from)
    {
        var closing = new List<string>();
        var depth = 0;
        for (var i = from; i < pieces.Count && closing.Count < open.Count; i++)
        {
            depth += pieces[i].Kind switch { PieceKind.Open => 1, PieceKind.Close => -1, _ => 0 };
            if (depth < 0)
            {
                closing.Add(pieces[i].Html);
                depth = 0;
            }
        }

        return closing;
    }

    private void Index(HtmlWriter html, List<int> cuts, Func<int, string> address)
    {
        html.Raw("<nav class=\"doc-part-index\" aria-label=\"On the following parts\"><ul>");
        var count = 0;
        var part = 0;
        for (var i = cuts[1]; i < pieces.Count && count < MaxIndexEntries; i++)
        {
            while (part + 1 < cuts.Count && cuts[part + 1] <= i)
            {
                part++;
            }

            if (pieces[i].Anchor is { } anchor)
            {
                html.Raw("<li").Attribute("id", anchor).Raw("><a").Address("href", $"{address(part)}#{PageLinks.Fragment(anchor)}").Raw(">").Text(pieces[i].Label ?? anchor).Raw("</a></li>");
                count++;
            }
        }

        html.Raw("</ul></nav>");
    }
}
