namespace Kiln.TypeScript.Diagnostics;

/// <content>The texts of regular expression literals.</content>
public static partial class DiagnosticMessages
{
    private static string? FindRegularExpression(int code) => code switch
    {
        _ => null,
    };
}
