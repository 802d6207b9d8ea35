using Kiln.Documentation.Html;
using Markdig.Helpers;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>
/// The author's HTML, tag by tag: what <see cref="AuthorsHtml"/> allows is written anew, attribute by attribute; the rest is dropped or becomes text. One pass: what has no
/// end is looked for once.
/// </summary>
internal ref struct AuthorsHtmlReader(string html, MarkupWriter writer, IAuthorsAddresses addresses, bool inlineOnly)
{
    /// <summary>Attributes of one tag; later ones are ignored.</summary>
    private const int MaximumAttributes = 32;

    private int position;

    public void Read()
    {
        while (position < html.Length)
        {
            var next = html.IndexOf('<', position);
            if (next < 0)
            {
                next = html.Length;
            }

            if (next > position)
            {
                writer.Text(Decode(html[position..next]));
                position = next;
                continue;
            }

            if (!ReadMarkup())
            {
                writer.Text("<");
                position++;
            }
        }
    }

    /// <summary>False where the character is text.</summary>
    private bool ReadMarkup()
    {
        if (position + 1 >= html.Length)
        {
            return false;
        }

        var c = html[position + 1];
        if (c is '!' or '?')
        {
            var isComment = html.AsSpan(position).StartsWith("<!--");
            SkipBehind(isComment ? "-->" : ">", isComment ? 2 : 1);
            return true;
        }

        if (c == '/')
        {
            if (position + 2 >= html.Length || !char.IsAsciiLetter(html[position + 2]))
            {
                return false;
            }

            var name = ReadName(position + 2, out _);
            SkipBehind(">", 2);
            if (name == "br" && !inlineOnly)
            {
                writer.Void("br", isAuthors: true); // so do browsers read it
            }
            else if (AuthorsHtml.Element(name, inlineOnly) is { } element && !AuthorsHtml.IsVoid(element))
            {
                writer.CloseAuthors(addresses.HeadingLevel(element));
            }

            return true;
        }

        return char.IsAsciiLetter(c) && ReadTag();
    }

    private bool ReadTag()
    {
        var name = ReadName(position + 1, out var i);
        var attributes = new List<(string Name, string Value)>();
        if (!ReadAttributes(ref i, attributes))
        {
            // A tag without an end: the rest is no markup, and is not looked through again.
            writer.Text(html.AsSpan(position));
            position = html.Length;
            return true;
        }

        position = i;
        if (AuthorsHtml.LosesContent(name))
        {
            SkipContent(name);
            return true;
        }

        if (name == "plaintext")
        {
            position = html.Length;
            return true;
        }

        if (name == "img" && inlineOnly)
        {
            writer.Text(attributes.Find(a => a.Name == "alt").Value ?? "");
            return true;
        }

        if (AuthorsHtml.Element(name, inlineOnly) is { } element)
        {
            WriteElement(name, element, attributes);
        }

        return true;
    }

    private readonly void WriteElement(string name, string element, List<(string Name, string Value)> attributes)
    {
        var written = new AttributeList();
        var source = default(string);
        foreach (var (attribute, value) in attributes)
        {
            switch (attribute)
            {
                case "href" when element == "a":
                    written.AddLink(addresses.Link(value));
                    break;
                case "src" when element is "img" or "video":
                case "srcset" when element == "source":
                    source ??= addresses.Image(value);
                    break;
                case "id":
                case "name" when element == "a":
                    written.AddOnce("id", inlineOnly ? null : addresses.Id(value));
                    break;
                default:
                    written.AddOnce(attribute, AuthorsHtml.Attribute(element, attribute, value));
                    break;
            }
        }

        if (name == "center")
        {
            written.AddOnce("align", "center");
        }

        if (element is "img" or "video" or "source")
        {
            if (source is null)
            {
                if (element == "img")
                {
                    writer.Text(attributes.Find(a => a.Name == "alt").Value ?? "");
                }

                return;
            }

            written.AddAddress(element == "source" ? "srcset" : "src", source);
            if (element == "img")
            {
                written.AddOnce("loading", "lazy");
            }
            else if (element == "video")
            {
                written.AddOnce("controls", "");
                written.AddOnce("preload", "none");
            }
        }

        if (AuthorsHtml.IsVoid(element))
        {
            writer.Void(element, written.ToString(), isAuthors: true);
        }
        else if (element != "a" || !writer.IsInsideOurLink)
        {
            writer.OpenAuthors(addresses.HeadingLevel(element), written.ToString());
        }
    }

    /// <summary>Lower case. The name ends where HTML says that it ends.</summary>
    private readonly string ReadName(int start, out int end)
    {
        end = start;
        while (end < html.Length && html[end] is not (' ' or '\t' or '\n' or '\r' or '\f' or '/' or '>'))
        {
            end++;
        }

        return end - start > 20 ? "" : html[start..end].ToLowerInvariant();
    }

    /// <summary>Leaves the position behind the closing <c>&gt;</c>. False without one.</summary>
    private readonly bool ReadAttributes(ref int i, List<(string Name, string Value)> attributes)
    {
        while (true)
        {
            while (i < html.Length && html[i] is ' ' or '\t' or '\n' or '\r' or '\f' or '/')
            {
                i++;
            }

            if (i >= html.Length)
            {
                return false;
            }

            if (html[i] == '>')
            {
                i++;
                return true;
            }

            var start = i++;
            while (i < html.Length && html[i] is not (' ' or '\t' or '\n' or '\r' or '\f' or '/' or '>' or '='))
            {
                i++;
            }

            var name = html.AsSpan(start, Math.Min(i - start, 20)).ToString().ToLowerInvariant();
            var behind = i;
            while (behind < html.Length && html[behind] is ' ' or '\t' or '\n' or '\r' or '\f')
            {
                behind++;
            }

            var value = "";
            if (behind < html.Length && html[behind] == '=')
            {
                i = behind + 1;
                while (i < html.Length && html[i] is ' ' or '\t' or '\n' or '\r' or '\f')
                {
                    i++;
                }

                if (i >= html.Length)
                {
                    return false;
                }

                int end;
                if (html[i] is '"' or '\'')
                {
                    end = html.IndexOf(html[i], i + 1);
                    if (end < 0)
                    {
                        return false;
                    }

                    value = html[(i + 1)..end];
                    i = end + 1;
                }
                else
                {
                    end = i;
                    while (end < html.Length && html[end] is not (' ' or '\t' or '\n' or '\r' or '\f' or '>'))
                    {
                        end++;
                    }

                    value = html[i..end];
                    i = end;
                }
            }

            if (attributes.Count < MaximumAttributes && value.Length <= MarkdownLimits.Address)
            {
                attributes.Add((name, Decode(value)));
            }
        }
    }

    /// <summary>Behind the end tag, or to the end where there is none.</summary>
    private void SkipContent(string name)
    {
        var end = html.IndexOf("</" + name, position, StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            position = html.Length;
            return;
        }

        position = end;
        SkipBehind(">", 2);
    }

    private void SkipBehind(string mark, int offset)
    {
        var end = position + offset <= html.Length ? html.IndexOf(mark, position + offset, StringComparison.Ordinal) : -1;
        position = end < 0 ? html.Length : end + mark.Length;
    }

    private static string Decode(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? HtmlText.Clean(HtmlHelper.Unescape(text, removeBackSlash: false)) : text;
}
