using System.Collections.Immutable;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>A documentation comment: a description and tags.</summary>
public sealed class JsDocComment
{
    /// <summary>With the delimiters, in UTF-16 offsets of the file.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Markdown before the first tag, or what the last <c>@description</c> says instead; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>In source order, without <c>@description</c>.</summary>
    public required ImmutableArray<JsDocTag> Tags { get; init; }

    /// <summary>Documents nothing: neither text nor tags.</summary>
    public bool IsEmpty => Description is null && Tags.IsEmpty;

    public bool Has(JsDocTagKind kind)
    {
        foreach (var tag in Tags)
        {
            if (tag.Kind == kind)
            {
                return true;
            }
        }

        return false;
    }
}
