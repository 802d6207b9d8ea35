namespace Kiln.Server.Web;

/// <summary>What differs between pages, besides their content.</summary>
internal sealed record PageOptions
{
    public static readonly PageOptions Default = new();

    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The page has a form, which needs a token even when nobody is signed in.</summary>
    public bool HasForm { get; init; }

    public PageCache Cache { get; init; }

    /// <summary>The page shows what authors wrote: their pictures may come from elsewhere, by https (security.md B9).</summary>
    public bool ShowsAuthorsText { get; init; }

    /// <summary>The page carries the documentation's style sheet and script.</summary>
    public bool IsDocumentation { get; init; }

    public PageHead Head { get; init; } = PageHead.Empty;
}
