using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Diagnostics;

/// <summary>A problem in one file. <see cref="Code"/> is TypeScript's number where TypeScript reports the same problem, else 90000 and above.</summary>
/// <param name="Code">Stable number; its text stands in <c>DiagnosticMessages</c>.</param>
/// <param name="Span">UTF-16 offsets in the file; may be empty.</param>
/// <param name="Argument">What replaces <c>{0}</c> in the text.</param>
/// <param name="Argument2">What replaces <c>{1}</c> in the text.</param>
/// <param name="Related">Another place that explains this one, such as the brace that is never closed; null when there is none.</param>
public readonly record struct Diagnostic(int Code, TextSpan Span, string? Argument = null, string? Argument2 = null, RelatedDiagnostic? Related = null)
{
    public string Message => DiagnosticMessages.Format(Code, Argument, Argument2);
}
