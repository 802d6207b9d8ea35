using Kiln.TypeScript;

namespace Kiln.Analysis.Symbols;

/// <summary>The names that a module or one block of a namespace declares.</summary>
public sealed class SymbolScope
{
    private readonly Dictionary<string, Symbol> symbols;
    private readonly Dictionary<string, Symbol>.AlternateLookup<ReadOnlySpan<char>> lookup;

    internal SymbolScope(SourceFile file, SymbolScope? parent, Symbol? owner, int capacity = 0)
    {
        symbols = new Dictionary<string, Symbol>(capacity, StringComparer.Ordinal);
        File = file;
        Parent = parent;
        Owner = owner;
        lookup = symbols.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public SourceFile File { get; }

    /// <summary>Null for the module.</summary>
    public SymbolScope? Parent { get; }

    /// <summary>The namespace; null for the module.</summary>
    public Symbol? Owner { get; }

    public IReadOnlyDictionary<string, Symbol> Symbols => symbols;

    /// <summary>What the name means here: declared in this block, exported by another block of the same namespace, or further out.</summary>
    public Symbol? Find(ReadOnlySpan<char> name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            // An export list gives a name to others, none to its own block.
            if (scope.lookup.TryGetValue(name, out var symbol) || (scope.Owner is not null && scope.Owner.TryFindExport(name, out symbol) && !symbol.Has(DeclarationKind.Export)))
            {
                return symbol;
            }
        }

        return null;
    }

    internal Symbol? FindOwn(ReadOnlySpan<char> name) => lookup.TryGetValue(name, out var symbol) ? symbol : null;

    internal Symbol? FindOwn(string name) => symbols.GetValueOrDefault(name);

    internal void Add(string name, Symbol symbol) => symbols.Add(name, symbol);
}
