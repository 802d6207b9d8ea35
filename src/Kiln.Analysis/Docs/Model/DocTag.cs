using System.Collections.Immutable;
using Kiln.TypeScript.JsDoc;

namespace Kiln.Analysis.Docs.Model;

/// <summary>One tag. <see cref="JsDocTagKind"/> shows which parts its kind has.</summary>
public sealed class DocTag
{
    public required JsDocTagKind Kind { get; init; }
    public string? Name { get; init; }
    public DocType? Type { get; init; }

    /// <summary>The <c>5</c> of <c>[name=5]</c>, or the value of <c>@default</c>.</summary>
    public string? Default { get; init; }

    /// <summary>Markdown; of an unsupported tag all of it, from the <c>@</c> on.</summary>
    public string? Text { get; init; }

    /// <summary>The name of a <c>@param</c> stands in brackets without a default.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The items of <c>@tags</c>.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>The number of <c>@priority</c>.</summary>
    public int Priority { get; init; }
}
