using System.Collections.Frozen;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// What authors may write as HTML (security.md B3): text, lists, tables, images, folding. No forms, no frames, no scripts, no styles, no foreign markup, no classes; ids get
/// a prefix (B5). Everything else loses its tags and keeps its text, except what holds no text for people.
/// </summary>
internal static class AuthorsHtml
{
    /// <summary>The element that is written for a name; a few old ones have successors.</summary>
    private static readonly FrozenDictionary<string, string> Elements = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["a"] = "a", ["abbr"] = "abbr", ["acronym"] = "abbr", ["b"] = "b", ["bdi"] = "bdi", ["big"] = "span", ["blockquote"] = "blockquote", ["br"] = "br", ["caption"] = "caption",
        ["center"] = "div", ["cite"] = "cite", ["code"] = "code", ["dd"] = "dd", ["del"] = "del", ["details"] = "details", ["dfn"] = "dfn", ["div"] = "div", ["dl"] = "dl",
        ["dt"] = "dt", ["em"] = "em", ["figcaption"] = "figcaption", ["figure"] = "figure", ["h1"] = "h1", ["h2"] = "h2", ["h3"] = "h3", ["h4"] = "h4", ["h5"] = "h5", ["h6"] = "h6",
        ["hr"] = "hr", ["i"] = "i", ["img"] = "img", ["ins"] = "ins", ["kbd"] = "kbd", ["li"] = "li", ["mark"] = "mark", ["ol"] = "ol", ["p"] = "p", ["picture"] = "picture",
        ["pre"] = "pre", ["q"] = "q", ["rp"] = "rp", ["rt"] = "rt", ["ruby"] = "ruby", ["s"] = "s", ["samp"] = "samp", ["section"] = "div", ["small"] = "small", ["source"] = "source",
        ["span"] = "span", ["strike"] = "s", ["strong"] = "strong", ["sub"] = "sub", ["summary"] = "summary", ["sup"] = "sup", ["table"] = "table", ["tbody"] = "tbody", ["td"] = "td",
        ["tfoot"] = "tfoot", ["th"] = "th", ["thead"] = "thead", ["time"] = "time", ["tr"] = "tr", ["tt"] = "code", ["u"] = "u", ["ul"] = "ul", ["var"] = "var", ["video"] = "video",
        ["wbr"] = "wbr",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What may stand in a line of a list.</summary>
    private static readonly FrozenSet<string> Inlines = FrozenSet.Create(
        StringComparer.Ordinal, "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var");

    /// <summary>Elements whose content is no text: it goes with them.</summary>
    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(
        StringComparer.Ordinal, "script", "style", "template", "title", "head", "iframe", "object", "embed", "applet", "noscript", "noembed", "noframes", "textarea", "xmp", "svg", "math", "select", "canvas", "audio");

    /// <summary>Null for an element that authors may not use.</summary>
    public static string? Element(string name, bool inlineOnly) =>
        Elements.TryGetValue(name, out var element) && (!inlineOnly || Inlines.Contains(element)) ? element : null;

    public static bool LosesContent(string name) => Dropped.Contains(name);

    public static bool IsVoid(string element) => element is "br" or "hr" or "img" or "source" or "wbr";

    /// <summary>
    /// The value to write for an attribute that holds neither an address nor an id; null drops it. Values come from small sets, so that none can hold anything else.
    /// </summary>
    public static string? Attribute(string element, string attribute, string value)
    {
        value = value.Trim();
        switch (attribute)
        {
            case "align" when element is "p" or "div" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "img" or "table" or "td" or "th" or "tr" or "thead" or "tbody" or "tfoot" or "caption":
                return OneOf(value, "left", "center", "right", "justify", "top", "middle", "bottom");
            case "valign" when element is "td" or "th" or "tr":
                return OneOf(value, "top", "middle", "bottom", "baseline");
            case "width" or "height" when element is "img" or "video" or "td" or "th" or "table":
                return Size(value);
            case "colspan" or "rowspan" when element is "td" or "th":
                return Number(value, 100);
            case "scope" when element is "th":
                return OneOf(value, "row", "col", "rowgroup", "colgroup");
            case "start" when element is "ol":
            case "value" when element is "li":
                return Number(value, 1_000_000);
            case "reversed" when element is "ol":
            case "open" when element is "details":
                return "";
            case "dir":
                return OneOf(value, "ltr", "rtl", "auto");
            case "lang":
                return value.Length is > 0 and <= 35 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? value : null;
            case "title":
            case "alt" when element is "img":
                return value;
            case "datetime" when element is "time" or "del" or "ins":
                return value.Length <= 40 ? value : null;
            case "media" when element is "source":
                var query = value.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
                return query is "(prefers-color-scheme:dark)" or "(prefers-color-scheme:light)" ? query : null;
            default:
                return null;
        }
    }

    private static string? OneOf(string value, params ReadOnlySpan<string> allowed)
    {
        foreach (var candidate in allowed)
        {
            if (value.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string? Number(string value, int maximum) =>
        value.Length is > 0 and <= 7 && value.All(char.IsAsciiDigit) && int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) <= maximum ? value : null;

    /// <summary>Pixels up to 9,999, or per cent up to 100.</summary>
    private static string? Size(string value)
    {
        if (value.EndsWith('%'))
        {
            return Number(value[..^1], 100) is { } percent ? percent + "%" : null;
        }

        value = value.EndsWith("px", StringComparison.OrdinalIgnoreCase) ? value[..^2] : value;
        return Number(value, 9_999);
    }
}
