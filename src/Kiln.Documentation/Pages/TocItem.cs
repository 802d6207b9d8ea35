namespace Kiln.Documentation.Pages;

/// <summary>A line of the table of contents.</summary>
/// <param name="Level">1 for sections, more for what is in them.</param>
internal sealed record TocItem(int Level, string Text, string Anchor, string? CssClass = null);
