using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Links;

/// <summary>Where a name stands.</summary>
/// <param name="File">The module that the declaration is in, which need not be an entry point.</param>
/// <param name="Symbol">The symbol that is declared; null for module comments and READMEs.</param>
/// <param name="Entry">The entry point that is shown; null for the README.</param>
internal sealed record NameScope(string File, SymbolNode? Symbol, EntryNode? Entry);
