using Kiln.Analysis.Symbols;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>What an exported name means in the end.</summary>
internal abstract record ExportTarget;

/// <summary>A symbol of a module. With <paramref name="Only"/> just that declaration: a default export without a name.</summary>
internal sealed record SymbolTarget(CollectedModule Module, Symbol Symbol, Declaration? Only = null) : ExportTarget;

/// <summary>A module as a whole.</summary>
/// <param name="Module">Null for what cannot be looked into.</param>
/// <param name="Data">The path of a file of data; null for a module.</param>
/// <param name="At">Where it gets its name.</param>
/// <param name="Place">Where <c>* as x</c> begins.</param>
/// <param name="Statement">Where the import or export begins, whose comment counts.</param>
internal sealed record ModuleTarget(CollectedModule? Module, string? Data, CollectedModule At, int Place, int Statement) : ExportTarget;

/// <summary>The contents of a file of data.</summary>
internal sealed record DataTarget(string Path) : ExportTarget;
