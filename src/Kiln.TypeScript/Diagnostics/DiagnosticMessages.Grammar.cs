namespace Kiln.TypeScript.Diagnostics;

/// <content>The texts of TypeScript's own grammar checks.</content>
public static partial class DiagnosticMessages
{
    private static string? FindGrammar(int code) => code switch
    {
        _ => null,
    };
}
