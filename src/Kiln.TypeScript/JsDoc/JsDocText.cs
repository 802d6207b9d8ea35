using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.JsDoc;

/// <summary>A piece of a comment.</summary>
/// <param name="Value">Without the gutter of stars; lines end with LF.</param>
/// <param name="Span">UTF-16 offsets in the file. Covers gutters when the piece runs over several lines.</param>
public readonly record struct JsDocText(string Value, TextSpan Span);
