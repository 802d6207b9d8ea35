namespace Kiln.TypeScript.Modules;

/// <summary>A range as module graphs on the wire state it: zero-based lines and columns, columns in Unicode code points, end exclusive.</summary>
public readonly record struct PositionRange(int StartLine, int StartColumn, int EndLine, int EndColumn);
