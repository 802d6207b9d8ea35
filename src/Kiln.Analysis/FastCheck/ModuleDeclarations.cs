using Kiln.Analysis.Declarations;
using Kiln.Analysis.Symbols;

namespace Kiln.Analysis.FastCheck;

/// <summary>The declarations of one module.</summary>
/// <param name="Module">Which one.</param>
/// <param name="Declarations">Its <c>.d.ts</c> and what it lacks.</param>
public sealed record ModuleDeclarations(PublicModule Module, DeclarationResult Declarations);
