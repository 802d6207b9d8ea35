using Kiln.Packages.Publishing;

namespace Kiln.Packages.Declarations;

/// <summary>The declarations of one module as a file.</summary>
/// <param name="Source">Path of the module.</param>
/// <param name="Output">Relative, with forward slashes: <c>sub/mod.d.ts</c>.</param>
/// <param name="Map">The source map, or null when none was asked for.</param>
/// <param name="Problems">What is <c>any</c> because it cannot be told from syntax.</param>
public sealed record DeclarationFile(string Source, string Output, string Text, string? Map, IReadOnlyList<PublishDiagnostic> Problems);
