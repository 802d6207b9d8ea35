using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Html;

/// <summary>Small pieces that many pages have.</summary>
internal static class Fragments
{
    /// <summary>The badge of a kind: a letter in a shape and a colour of its own. Said once for those who do not see it.</summary>
    public static HtmlWriter Kind(this HtmlWriter html, KindInfo kind) =>
        html.Raw("<span class=\"doc-kind ").Raw(kind.Css).Raw("\" title=\"").Raw(kind.Title).Raw("\"><span aria-hidden=\"true\">").Raw(kind.Letter)
            .Raw("</span><span class=\"doc-hidden\">").Raw(kind.Title).Raw("</span></span>");

    public static HtmlWriter Kinds(this HtmlWriter html, IEnumerable<DocKind> kinds)
    {
        html.Raw("<span class=\"doc-kinds\">");
        foreach (var kind in kinds)
        {
            html.Kind(KindInfo.Of(kind));
        }

        return html.Raw("</span>");
    }

    /// <param name="css">One of ours: <c>deprecated</c>, <c>unstable</c> …</param>
    public static HtmlWriter Pill(this HtmlWriter html, string text, string css = "") =>
        html.Raw(" <span class=\"doc-pill").Raw(css.Length == 0 ? "" : " doc-pill-" + css).Raw("\">").Text(text).Raw("</span>");

    /// <summary>The mark that appears beside a heading or an entry.</summary>
    public static HtmlWriter Anchor(this HtmlWriter html, string id, string label) =>
        html.Raw("<a class=\"doc-anchor\"").Attribute("href", "#" + PageLinks.Fragment(id)).Attribute("aria-label", $"Link to {label}").Raw(">#</a>");

    /// <param name="level">2 to 6.</param>
    public static HtmlWriter Heading(this HtmlWriter html, int level, string id, string text) =>
        html.Raw("<h").Number(level).Raw(" class=\"doc-h\"").Attribute("id", id).Raw(">").Text(text).Raw(" ").Anchor(id, text).Raw("</h").Number(level).Raw(">");

    public static HtmlWriter SourceLink(this HtmlWriter html, string? address)
    {
        if (address is not null)
        {
            html.Raw("<a class=\"doc-source\"").Address("href", address).Raw(" title=\"View source\"><span aria-hidden=\"true\">&lt;/&gt;</span><span class=\"doc-hidden\">View source</span></a>");
        }

        return html;
    }

    public static HtmlWriter Code(this HtmlWriter html, TrustedHtml code) => html.Raw("<pre class=\"doc-code\" tabindex=\"0\"><code>").Raw(code).Raw("</code></pre>");
}
