using Kiln.Documentation.Markdown.Parsing;
using Markdig.Syntax.Inlines;

namespace Kiln.Documentation.Markdown.Rendering;

internal sealed partial class MarkdownWriter
{
    private int inlineDepth;

    /// <summary>For a line of a list: the inlines of one block.</summary>
    public string? WriteInlineOnly(ContainerInline? inlines)
    {
        WriteInlines(inlines);
        return Finish();
    }

    private void WriteInlines(ContainerInline? container)
    {
        if (container is null)
        {
            return;
        }

        if (inlineDepth >= MarkdownLimits.InlineDepth)
        {
            writer.Text(InlineText.Of(container));
            return;
        }

        inlineDepth++;
        foreach (var inline in container)
        {
            WriteInline(inline);
        }

        inlineDepth--;
    }

    private void WriteInline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                writer.Text(literal.Content.AsSpan());
                break;
            case CodeInline code:
                writer.Open("code");
                writer.Text(code.ContentSpan);
                writer.Close();
                break;
            case EmphasisInline emphasis:
                WriteEmphasis(emphasis);
                break;
            case LinkInline { IsImage: true } image:
                WriteImage(image);
                break;
            case LinkInline link:
                WriteLink(link);
                break;
            case AutolinkInline link:
                WriteLinkAround(LinkAddress(link.IsEmail ? "mailto:" + link.Url : link.Url), null, link.Url);
                break;
            case LinkTagInline tag:
                WriteLinkTag(tag);
                break;
            case LineBreakInline { IsHard: true } when !inlineOnly:
                writer.Raw("<br>\n");
                break;
            case LineBreakInline:
                writer.Raw(inlineOnly ? " " : "\n");
                break;
            case HtmlEntityInline entity:
                writer.Text(entity.Transcoded.AsSpan());
                break;
            case HtmlInline html:
                new AuthorsHtmlReader(html.Tag, writer, this, inlineOnly).Read();
                break;
            case DelimiterInline delimiter:
                writer.Text(delimiter.ToLiteral());
                WriteInlines(delimiter);
                break;
            case ContainerInline container:
                WriteInlines(container);
                break;
        }
    }

    private void WriteEmphasis(EmphasisInline emphasis)
    {
        var element = (emphasis.DelimiterChar, emphasis.DelimiterCount) switch
        {
            ('~', _) => "del",
            ('^', _) => "sup",
            (_, 2) => "strong",
            _ => "em",
        };

        // 2^32 and 2^64 are no superscript: its text has no blanks.
        if (element == "sup" && InlineText.Of(emphasis, 1_000).AsSpan().ContainsAny(' ', '\t', '\n'))
        {
            writer.Text("^");
            WriteInlines(emphasis);
            writer.Text("^");
            return;
        }

        writer.Open(element);
        WriteInlines(emphasis);
        writer.Close();
    }

    private void WriteLink(LinkInline link)
    {
        var address = LinkAddress(link.Url ?? "");
        if (address is null || writer.IsInsideOurLink)
        {
            WriteInlines(link);
            return;
        }

        writer.Open("a", new AttributeList().AddLink(address).AddOnce("title", string.IsNullOrEmpty(link.Title) ? null : link.Title).ToString());
        WriteInlines(link);
        writer.Close();
    }

    private void WriteLinkAround(string? address, string? element, string text)
    {
        var isLink = address is not null && !writer.IsInsideOurLink;
        if (isLink)
        {
            writer.Open("a", new AttributeList().AddLink(address).ToString());
        }

        if (element is not null)
        {
            writer.Open(element);
        }

        writer.Text(text);
        if (element is not null)
        {
            writer.Close();
        }

        if (isLink)
        {
            writer.Close();
        }
    }

    private void WriteImage(LinkInline image)
    {
        var text = InlineText.Of(image, 1_000);
        var address = inlineOnly ? null : Addresses.Image(image.Url ?? "", context);
        if (address is null)
        {
            writer.Text(text);
            return;
        }

        if (Videos.IsVideo(image.Url))
        {
            writer.Raw(Videos.Element(address, text));
            return;
        }

        var title = string.IsNullOrEmpty(image.Title) ? null : image.Title;
        writer.Void("img", new AttributeList().AddAddress("src", address).AddOnce("alt", text).AddOnce("title", title).AddOnce("loading", "lazy").ToString());
    }

    /// <summary>A link to a video that stands alone shows the video (docs.md §11); one in a sentence stays a link.</summary>
    private bool TryWriteVideo(ContainerInline? inlines)
    {
        if (inlines?.FirstChild is not { } only || only.NextSibling is not null)
        {
            return false;
        }

        var url = only switch
        {
            LinkInline link => link.Url,
            AutolinkInline link => link.Url,
            _ => null,
        };
        if (!Videos.IsVideo(url) || Addresses.Image(url!, context) is not { } address)
        {
            return false;
        }

        var text = only is LinkInline { IsAutoLink: false } labelled ? InlineText.Of(labelled, 1_000) : "";
        writer.Raw(Videos.Element(address, text));
        return true;
    }

    private void WriteLinkTag(LinkTagInline tag)
    {
        var target = tag.Target;
        string? address;
        var text = tag.Label ?? target;
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            || target.StartsWith("./", StringComparison.Ordinal) || target.StartsWith("../", StringComparison.Ordinal) || target[0] is '/' or '#')
        {
            address = LinkAddress(target);
        }
        else
        {
            var symbol = context.ResolveSymbol(target);
            address = symbol is not null && Addresses.IsHarmless(symbol.Address) ? symbol.Address : null;
            text = tag.Label ?? symbol?.Text ?? target;
        }

        WriteLinkAround(address, tag.IsCode ? "code" : null, text);
    }

    private string? LinkAddress(string url)
    {
        if (Addresses.Fragment(url) is not { } fragment)
        {
            return Addresses.Link(url, context);
        }

        if (fragment.Length == 0)
        {
            return "#";
        }

        if (fragments.TryGetValue(fragment, out var id))
        {
            return "#" + id;
        }

        var slug = AnchorNames.Anchorize(fragment);
        return "#" + (fragments.TryGetValue(slug, out id) ? id : slug.StartsWith(AnchorNames.UserPrefix, StringComparison.Ordinal) ? slug : AnchorNames.UserPrefix + slug);
    }
}
