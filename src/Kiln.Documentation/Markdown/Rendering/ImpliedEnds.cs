namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>End tags that HTML lets authors leave out, so that <c>&lt;li&gt;a&lt;li&gt;b</c> are two items and not one inside the other.</summary>
/// <param name="Ends">Elements that end where the new one begins.</param>
/// <param name="Within">Elements that are not looked beyond.</param>
internal sealed record ImpliedEnds(string[] Ends, string[] Within)
{
    private static readonly ImpliedEnds Paragraph = new(["p"], ["td", "th", "li", "dd", "details", "div", "blockquote"]);
    private static readonly ImpliedEnds Item = new(["li"], ["ul", "ol"]);
    private static readonly ImpliedEnds Description = new(["dt", "dd"], ["dl"]);
    private static readonly ImpliedEnds Row = new(["tr", "td", "th", "caption"], ["table"]);
    private static readonly ImpliedEnds Cell = new(["td", "th"], ["tr", "table"]);
    private static readonly ImpliedEnds RowGroup = new(["thead", "tbody", "tfoot", "tr", "td", "th", "caption"], ["table"]);
    private static readonly ImpliedEnds Link = new(["a"], ["td", "th", "table"]);

    /// <summary>Null for an element that ends no other.</summary>
    public static ImpliedEnds? Before(string name) => name switch
    {
        "li" => Item,
        "dt" or "dd" => Description,
        "tr" => Row,
        "td" or "th" => Cell,
        "thead" or "tbody" or "tfoot" => RowGroup,
        "a" => Link,
        "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre" or "details" or "figure" => Paragraph,
        _ => null,
    };
}
