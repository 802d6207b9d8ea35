using System.Collections.Immutable;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Model;

/// <summary>A documentation comment; never without both text and tags.</summary>
public sealed class DocComment
{
    /// <summary>Markdown, with inline tags such as <c>{@link x}</c> as they stand; null when there is none.</summary>
    public string? Text { get; init; }

    public ImmutableArray<DocTag> Tags { get; init; } = [];

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
