namespace Kiln.Analysis.Docs.Model;

/// <summary>A place in a source file.</summary>
/// <param name="FileName">The module's specifier.</param>
/// <param name="Line">From 0.</param>
/// <param name="Column">From 0, in code points, of which a tab counts as two.</param>
/// <param name="ByteIndex">UTF-8 offset from the start of the file.</param>
public readonly record struct DocLocation(string FileName, int Line, int Column, int ByteIndex);
