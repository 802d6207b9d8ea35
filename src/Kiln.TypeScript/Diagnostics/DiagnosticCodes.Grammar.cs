namespace Kiln.TypeScript.Diagnostics;

/// <content>Numbers of TypeScript's own grammar checks.</content>
internal static partial class DiagnosticCodes
{
}
