using Kiln.Analysis.FastCheck;

namespace Kiln.Analysis.Symbols;

/// <summary>A slow type and the absolute path of the module that it is in.</summary>
public readonly record struct ModuleProblem(string Path, FastCheckDiagnostic Problem);
