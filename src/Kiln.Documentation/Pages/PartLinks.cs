using System.Text;
using Kiln.Documentation.Html;

namespace Kiln.Documentation.Pages;

/// <summary>Links within a page that was cut: they lead to the part that has the place now.</summary>
internal static class PartLinks
{
    private const string Id = " id=\"";
    private const string Href = " href=\"#";

    public static IReadOnlyList<TrustedHtml> Mend(IReadOnlyList<TrustedHtml> parts, Func<int, string> address)
    {
        var ids = parts.Select(p => Ids(p.ToString())).ToArray();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);

        // The index of the first part has the ids of later ones: they are meant themselves.
        for (var part = parts.Count - 1; part >= 0; part--)
        {
            foreach (var id in ids[part])
            {
                places.TryAdd(id, part);
            }
        }

        return [.. parts.Select((part, number) => Mend(part.ToString(), number, ids[number], places, address))];
    }

    /// <summary>The ids in markup of ours: attributes are written in one way only.</summary>
    public static HashSet<string> Ids(string markup)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var at = markup.IndexOf(Id, StringComparison.Ordinal); at >= 0; at = markup.IndexOf(Id, at, StringComparison.Ordinal))
        {
            at += Id.Length;
            var end = markup.IndexOf('"', at);
            ids.Add(markup[at..end]);
        }

        return ids;
    }

    private static TrustedHtml Mend(string markup, int part, HashSet<string> own, Dictionary<string, int> places, Func<int, string> address)
    {
        var mended = new StringBuilder(markup.Length);
        var done = 0;
        for (var at = markup.IndexOf(Href, StringComparison.Ordinal); at >= 0; at = markup.IndexOf(Href, at + 1, StringComparison.Ordinal))
        {
            var start = at + Href.Length;
            var fragment = markup[start..markup.IndexOf('"', start)];
            var id = Uri.UnescapeDataString(fragment);
            if (!own.Contains(id) && places.TryGetValue(id, out var place) && place != part)
            {
                mended.Append(markup, done, at - done).Append(new HtmlWriter().Address("href", $"{address(place)}#{fragment}"));
                done = start + fragment.Length + 1;
            }
        }

        return TrustedHtml.FromMarkup(mended.Append(markup, done, markup.Length - done).ToString());
    }
}
