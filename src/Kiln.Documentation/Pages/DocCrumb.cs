namespace Kiln.Documentation.Pages;

/// <summary>A step of the way to a page.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="Address">Null for the page itself.</param>
public sealed record DocCrumb(string Text, string? Address);
