namespace Kiln.Documentation.Pages;

/// <summary>An address that people and links of other tools use for something that stands on another page (docs.md §10.1): a member, or another name of a symbol.</summary>
/// <param name="From">Never the key of a page.</param>
/// <param name="To">The key of a page.</param>
/// <param name="Anchor">The id on it; null for the page itself.</param>
public sealed record DocRedirect(DocPageKey From, DocPageKey To, string? Anchor);
