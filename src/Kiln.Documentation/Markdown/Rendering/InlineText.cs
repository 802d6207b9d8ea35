using System.Text;
using Kiln.Documentation.Markdown.Parsing;
using Markdig.Syntax.Inlines;

namespace Kiln.Documentation.Markdown.Rendering;

/// <summary>Inlines as plain text. Walks without recursion, so that depth does not matter.</summary>
internal static class InlineText
{
    public static string Of(ContainerInline? root, int maximumLength = int.MaxValue)
    {
        var text = new StringBuilder();
        Append(text, root, maximumLength);
        return text.ToString();
    }

    public static void Append(StringBuilder text, ContainerInline? root, int maximumLength)
    {
        if (root is null)
        {
            return;
        }

        Inline? current = root;
        while (current is not null && text.Length < maximumLength)
        {
            AppendLeaf(text, current);
            if (current is ContainerInline { FirstChild: { } child })
            {
                current = child;
                continue;
            }

            while (current != root && current!.NextSibling is null)
            {
                current = current.Parent;
            }

            current = current == root ? null : current.NextSibling;
        }
    }

    private static void AppendLeaf(StringBuilder text, Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                text.Append(literal.Content.AsSpan());
                break;
            case CodeInline code:
                text.Append(code.ContentSpan);
                break;
            case HtmlEntityInline entity:
                text.Append(entity.Transcoded.AsSpan());
                break;
            case AutolinkInline link:
                text.Append(link.Url);
                break;
            case LinkTagInline tag:
                text.Append(tag.Label ?? tag.Target);
                break;
            case LineBreakInline:
                text.Append(' ');
                break;
        }
    }
}
