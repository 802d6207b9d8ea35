namespace Kiln.Documentation.Highlighting;

/// <summary>A half-open range of the code.</summary>
internal readonly record struct CodeToken(int Start, int End, CodeClass Class);
