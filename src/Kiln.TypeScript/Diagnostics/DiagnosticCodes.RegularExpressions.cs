namespace Kiln.TypeScript.Diagnostics;

/// <content>Numbers of regular expression literals.</content>
internal static partial class DiagnosticCodes
{
}
