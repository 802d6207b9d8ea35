namespace Kiln.Documentation.Markdown;

/// <summary>A heading of the text, for a table of contents.</summary>
/// <param name="Id">Of the element; unique in the page.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Level">1 to 6, <see cref="MarkdownContext.HeadingOffset"/> included.</param>
public sealed record MarkdownHeading(string Id, string Text, int Level);
