namespace Kiln.Browser.Harness;

/// <summary>An answer of the site in memory.</summary>
public sealed record SiteResponse(string Body, string ContentType = "text/html; charset=utf-8", int Status = 200)
{
    /// <summary>Further headers: a content security policy.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
