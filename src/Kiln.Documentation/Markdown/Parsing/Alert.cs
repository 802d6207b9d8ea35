namespace Kiln.Documentation.Markdown.Parsing;

/// <param name="Name">Of the kind, as in its class: <c>note</c>, <c>tip</c>, <c>important</c>, <c>warning</c>, <c>caution</c>.</param>
/// <param name="Title">Plain text.</param>
internal sealed record Alert(string Name, string Title);
