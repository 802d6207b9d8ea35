using Kiln.Analysis.FastCheck;

namespace Kiln.Analysis.Declarations;

/// <summary>The declarations of one module.</summary>
/// <param name="Text">A valid <c>.d.ts</c>, also when there are problems: what could not be said is <c>any</c>. With a map it ends with the <c>sourceMappingURL</c> comment.</param>
/// <param name="SourceMap">Source map version 3 as JSON, or null when none was asked for.</param>
/// <param name="Problems">What is missing for types from syntax alone, in source order.</param>
public sealed record DeclarationResult(string Text, string? SourceMap, IReadOnlyList<FastCheckDiagnostic> Problems);
