namespace Kiln.Analysis.Docs.Lint;

/// <summary>A place in a module.</summary>
/// <param name="Path">As the module graph names it.</param>
/// <param name="Start">UTF-16 offset.</param>
/// <param name="End">Exclusive; may be the start.</param>
public readonly record struct LintPlace(string Path, int Start, int End);
