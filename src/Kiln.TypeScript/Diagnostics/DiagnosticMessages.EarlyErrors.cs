namespace Kiln.TypeScript.Diagnostics;

/// <content>The texts of what ECMA-262 calls early errors.</content>
public static partial class DiagnosticMessages
{
    private static string? FindEarlyError(int code) => code switch
    {
        _ => null,
    };
}
