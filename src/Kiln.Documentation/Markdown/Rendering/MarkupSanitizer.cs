using AngleSharp.Dom;
using Ganss.Xss;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// The second look at what contains an author's HTML. The writer has balanced it and left only what is allowed; here a parser that builds trees as browsers do closes what
/// cannot stand inside each other, and the allow-list is applied once more to what that made.
/// </summary>
internal static class MarkupSanitizer
{
    private static readonly HtmlSanitizer Sanitizer = Create();

    public static string Sanitize(string markup) => Sanitizer.Sanitize(markup);

    private static HtmlSanitizer Create()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = Set(
                "a", "abbr", "b", "bdi", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4",
                "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strong", "sub",
                "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr"),
            AllowedAttributes = Set(
                "align", "alt", "aria-label", "class", "colspan", "controls", "datetime", "dir", "height", "href", "id", "lang", "loading", "media", "open", "preload", "rel", "reversed",
                "role", "rowspan", "scope", "src", "srcset", "start", "tabindex", "title", "valign", "value", "width"),
            AllowedClasses = Set(
                "anchor", "alert", "alert-note", "alert-tip", "alert-important", "alert-warning", "alert-caution", "alert-title", "table-scroll", "tasks", "task", "task-mark", "done"),
            AllowedSchemes = Set("http", "https", "mailto"),
            UriAttributes = Set("href", "src"),
            AllowedCssProperties = Set(),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        };
        var sanitizer = new HtmlSanitizer(options) { KeepChildNodes = false, AllowDataAttributes = false };
        sanitizer.UriListAttributes.Clear();
        sanitizer.FilterUrl += static (_, e) => e.SanitizedUrl = Addresses.IsHarmless(e.OriginalUrl) ? e.OriginalUrl : null;
        sanitizer.PostProcessNode += static (_, e) =>
        {
            // One candidate without a size, as the writer made it.
            if (e.Node is IElement { LocalName: "source" } source && source.GetAttribute("srcset") is { } address && !Addresses.IsHarmless(address))
            {
                source.RemoveAttribute("srcset");
            }
        };
        return sanitizer;
    }

    private static HashSet<string> Set(params string[] values) => new(values, StringComparer.OrdinalIgnoreCase);
}
