namespace Kiln.Packages.Scoring;

/// <summary>What a criterion lacks, or what fulfils it, at a place.</summary>
/// <param name="Text">The name of the symbol, the key of the entry point, or the message of the slow type.</param>
/// <param name="Path">The file, <c>/mod.ts</c>; null when there is none.</param>
/// <param name="Line">One-based; 0 when the file as a whole is meant.</param>
/// <param name="Column">One-based; 0 when the line or the file as a whole is meant.</param>
public sealed record ScorePlace(string Text, string? Path = null, int Line = 0, int Column = 0);
