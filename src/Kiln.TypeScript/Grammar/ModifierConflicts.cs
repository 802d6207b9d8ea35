using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>Which modifier may not follow which, as TypeScript orders them.</summary>
internal static class ModifierConflicts
{
    private const ModifierFlags Access = ModifierFlags.Public | ModifierFlags.Private | ModifierFlags.Protected;

    /// <summary>
    /// Conflicts that matter wherever the declaration stands: they are looked at before its place. One row: this modifier, after one of those, is this
    /// error.
    /// </summary>
    private static readonly Row[] BeforePlace =
    [
        new(ModifierFlags.Override, ModifierFlags.Override, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Override, ModifierFlags.Declare, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Override, ModifierFlags.Readonly | ModifierFlags.Accessor | ModifierFlags.Async, DiagnosticCodes.ModifierMustPrecede),
        new(Access, Access, DiagnosticCodes.AccessibilityAlreadySeen),
        new(Access, ModifierFlags.Override | ModifierFlags.Static | ModifierFlags.Accessor | ModifierFlags.Readonly | ModifierFlags.Async, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Static, ModifierFlags.Static, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Static, ModifierFlags.Readonly | ModifierFlags.Async | ModifierFlags.Accessor, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Accessor, ModifierFlags.Accessor, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Accessor, ModifierFlags.Readonly | ModifierFlags.Declare, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Readonly, ModifierFlags.Readonly, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Export, ModifierFlags.Export, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Export, ModifierFlags.Declare | ModifierFlags.Abstract | ModifierFlags.Async, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Declare, ModifierFlags.Declare, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Declare, ModifierFlags.Async | ModifierFlags.Override, DiagnosticCodes.ModifierNotInAmbientContext),
        new(ModifierFlags.Abstract, ModifierFlags.Abstract, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Async, ModifierFlags.Async, DiagnosticCodes.ModifierAlreadySeen),
    ];

    /// <summary>Conflicts that are looked at when the place is right.</summary>
    private static readonly Row[] AfterPlace =
    [
        new(ModifierFlags.Private, ModifierFlags.Abstract, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Public | ModifierFlags.Protected, ModifierFlags.Abstract, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Static, ModifierFlags.Abstract, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Static, ModifierFlags.Override, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Readonly, ModifierFlags.Accessor, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Declare, ModifierFlags.Accessor, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Abstract, ModifierFlags.Static | ModifierFlags.Private | ModifierFlags.Async, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.Abstract, ModifierFlags.Override | ModifierFlags.Accessor, DiagnosticCodes.ModifierMustPrecede),
        new(ModifierFlags.Async, ModifierFlags.Abstract, DiagnosticCodes.ModifierNotWithModifier),
        new(ModifierFlags.In, ModifierFlags.In, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.Out, ModifierFlags.Out, DiagnosticCodes.ModifierAlreadySeen),
        new(ModifierFlags.In, ModifierFlags.Out, DiagnosticCodes.ModifierMustPrecede),
    ];

    private readonly record struct Row(ModifierFlags Modifier, ModifierFlags After, int Code);

    /// <summary>The error of a modifier after those seen, 0 when there is none.</summary>
    /// <param name="placeIsRight">Which of the two groups of conflicts to look at.</param>
    /// <param name="conflicting">The earlier modifier that the error is about.</param>
    public static int Find(ModifierFlags modifier, ModifierFlags seen, bool placeIsRight, out ModifierFlags conflicting)
    {
        foreach (var row in placeIsRight ? AfterPlace : BeforePlace)
        {
            if ((row.Modifier & modifier) != 0 && (row.After & seen) is var both && both != 0)
            {
                // The lowest of several is as good as any other.
                conflicting = both & (ModifierFlags)(-(int)both);
                return row.Code;
            }
        }

        conflicting = ModifierFlags.None;
        return 0;
    }
}
