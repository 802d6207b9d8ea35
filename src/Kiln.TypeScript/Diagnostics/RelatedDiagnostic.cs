using Kiln.TypeScript.Text;

namespace Kiln.TypeScript.Diagnostics;

/// <summary>A place in the same file that explains a <see cref="Diagnostic"/>, with its own text.</summary>
public sealed record RelatedDiagnostic(int Code, TextSpan Span, string? Argument = null, string? Argument2 = null)
{
    public string Message => DiagnosticMessages.Format(Code, Argument, Argument2);
}
