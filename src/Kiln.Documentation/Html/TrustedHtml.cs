namespace Kiln.Documentation.Html;

/// <summary>
/// Markup that may stand in a page as it is. The one way to raw output (security.md B3): everything else is encoded. It comes from <see cref="Encode"/>, from the
/// sanitizer, or from our own renderers, which build it with <see cref="FromMarkup"/> and encode every piece of text that they did not write themselves.
/// </summary>
public readonly record struct TrustedHtml
{
    private readonly string? markup;

    private TrustedHtml(string markup) => this.markup = markup;

    public static TrustedHtml Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(markup);

    /// <summary>Text as text: every character that means something in HTML is encoded, in elements and in quoted attributes alike; what HTML may not contain is dropped.</summary>
    public static TrustedHtml Encode(string text) => new(HtmlText.Encode(text));

    /// <summary>Only for markup of which every part is either written here or encoded.</summary>
    public static TrustedHtml FromMarkup(string markup) => new(markup);

    public override string ToString() => markup ?? "";
}
