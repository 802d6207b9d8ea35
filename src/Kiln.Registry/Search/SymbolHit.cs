namespace Kiln.Registry.Search;

/// <summary>A symbol that a search has found.</summary>
/// <param name="Version">The one that was indexed: the newest of the package.</param>
public sealed record SymbolHit(string Scope, string Package, string Version, SymbolEntry Symbol);
