using Markdig.Syntax.Inlines;

namespace Kiln.Documentation.Markdown.Parsing;

/// <summary><c>{@link target}</c>, <c>{@linkcode target|label}</c>, <c>[label]{@linkplain target}</c>.</summary>
/// <param name="target">As written.</param>
/// <param name="label">Null where there is none.</param>
/// <param name="isCode">The link is set as code.</param>
internal sealed class LinkTagInline(string target, string? label, bool isCode) : LeafInline
{
    public string Target { get; } = target;

    public string? Label { get; } = label;

    public bool IsCode { get; } = isCode;
}
