using System.Collections.Immutable;
using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>One tag of a comment. Which parts there are depends on <see cref="Kind"/>; the kinds show their form.</summary>
public sealed class JsDocTag
{
    public required JsDocTagKind Kind { get; init; }

    /// <summary>From the <c>@</c> to the end of the tag's last line that is not blank.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The word after the <c>@</c>, as written: <c>arg</c> for a <see cref="JsDocTagKind.Param"/> that was written so. Ends before white space or a brace.</summary>
    public required JsDocText TagName { get; init; }

    /// <summary>What stands in the braces, not parsed and not trimmed; may be no valid type.</summary>
    public JsDocText? Type { get; init; }

    /// <summary>The name that is documented, with its dots: <c>options.deep</c>.</summary>
    public JsDocText? Name { get; init; }

    /// <summary>The <c>5</c> of <c>[name=5]</c>, or the value of <see cref="JsDocTagKind.Default"/>.</summary>
    public JsDocText? Default { get; init; }

    /// <summary>The name stands in brackets without a default.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Markdown with inline tags such as <c>{@link x}</c> as they stand; null when there is none.</summary>
    public string? Description { get; init; }

    /// <summary>The trimmed items of <see cref="JsDocTagKind.Tags"/>; an item between two commas is empty.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The number of <see cref="JsDocTagKind.Priority"/>.</summary>
    public int Priority { get; init; }
}
