namespace Kiln.TypeScript.Diagnostics;

/// <summary>The texts of all syntax diagnostics, by code.</summary>
public static class DiagnosticMessages
{
    public static string Format(int code, string? argument) => $"Syntax error {code} {argument}";
}
