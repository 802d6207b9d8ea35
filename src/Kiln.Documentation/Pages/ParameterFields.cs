using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Comments;
using Kiln.Documentation.Html;
using Kiln.Documentation.Types;

namespace Kiln.Documentation.Pages;

/// <summary>A parameter with its type, its default value and what the comment says about it.</summary>
internal static class ParameterFields
{
    /// <summary>Patterns have parts, each of which may be documented as <c>options.name</c>.</summary>
    private const int MaxParts = 40;

    /// <summary>Null for patterns.</summary>
    public static string? NameOf(DocParameter parameter) => parameter switch
    {
        DocIdentifierParameter identifier => identifier.Name,
        DocAssignParameter assign => NameOf(assign.Left),
        DocRestParameter rest => NameOf(rest.Argument),
        _ => null,
    };

    public static void Write(HtmlWriter html, CommentRenderer comments, DocComment? comment, DocParameter parameter, ITypeLinks links)
    {
        html.Raw("<code class=\"doc-code\">").Raw(Signature.Of(parameter, links)).Raw("</code>");
        var name = NameOf(parameter);
        var tag = name is null ? null : CommentRenderer.Parameter(comment, name);
        if ((Default(parameter) ?? tag?.Default) is { } value)
        {
            html.Raw("<span class=\"doc-default\"> = <code>").Text(Names.Shown(value)).Raw("</code></span>");
        }

        comments.Prose(html, tag?.Text);
        if (name is null)
        {
            return;
        }

        // @param options.depth …
        var parts = (comment?.Tags ?? []).Take(CommentRenderer.MaxTags).Where(t => t.Kind == TypeScript.JsDoc.JsDocTagKind.Param && t.Name?.StartsWith(name + ".", StringComparison.Ordinal) == true && !string.IsNullOrWhiteSpace(t.Text)).Take(MaxParts).ToList();
        if (parts.Count == 0)
        {
            return;
        }

        html.Raw("<div class=\"doc-fields\">");
        foreach (var part in parts)
        {
            html.Raw("<div class=\"doc-field\"><code class=\"doc-code\">").Text(Names.Shown(part.Name!)).Raw("</code>");
            comments.Prose(html, part.Text);
            html.Raw("</div>");
        }

        html.Raw("</div>");
    }

    private static string? Default(DocParameter parameter) => parameter is DocAssignParameter { Right: not TypePrinter.Unsupported } assign ? assign.Right : null;
}
