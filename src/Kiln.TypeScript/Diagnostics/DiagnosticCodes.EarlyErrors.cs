namespace Kiln.TypeScript.Diagnostics;

/// <content>Numbers of what ECMA-262 calls early errors.</content>
internal static partial class DiagnosticCodes
{
}
