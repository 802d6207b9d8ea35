namespace Kiln.Documentation.Markdown;

/// <summary>What Markdown needs to know of the page that it is shown on.</summary>
public sealed class MarkdownContext
{
    /// <summary>
    /// What a relative address of the text means (docs.md §11): <c>./docs/a.md</c>, <c>/LICENSE</c>, <c>logo.svg?raw=true</c>, with its query and fragment. Asked for no
    /// absolute address, no <c>//host</c> and no bare <c>#fragment</c>. The second argument says that it is shown (an image, a video) rather than visited. The result is trusted as an
    /// address; null drops the link and keeps its text, and is what no resolver answers.
    /// </summary>
    public Func<string, bool, string?> ResolveUrl { get; init; } = static (_, _) => null;

    /// <summary>
    /// The target of <c>{@link target}</c>, <c>{@linkcode target}</c>, <c>{@linkplain target}</c> that is neither a URL nor a relative path: <c>Name</c>, <c>Class.prototype.x</c>,
    /// <c>[module]</c>, <c>[module].Symbol</c> (docs.md §10.6). Null leaves text.
    /// </summary>
    public Func<string, SymbolLink?> ResolveSymbol { get; init; } = static _ => null;

    /// <summary>Shared by everything on the page.</summary>
    public AnchorNames Anchors { get; init; } = new();

    /// <summary>Added to the level of every heading; none gets deeper than six.</summary>
    public int HeadingOffset { get; init; }

    /// <summary>The largest text that is rendered, in characters: 512 Ki for a README, 64 Ki for a documentation comment (security.md P8).</summary>
    public int MaximumLength { get; init; } = MarkdownLimits.Readme;
}
