using System.Diagnostics.CodeAnalysis;

namespace Kiln.Analysis.Symbols;

/// <summary>All that one name means in one scope: merged declarations are one symbol.</summary>
public sealed class Symbol
{
    private Declaration[] declarations = [];
    private int declarationCount;
    private Dictionary<string, Symbol>? exports;
    private ClassMembers? members;
    private List<SymbolScope>? blocks;
    private int kinds;

    internal Symbol(string name, Symbol? parent, int index)
    {
        Name = name;
        Parent = parent;
        Index = index;
    }

    /// <summary>As declared; <c>default</c> for a default export that has no name of its own, <c>export=</c> for <c>export =</c>.</summary>
    public string Name { get; }

    /// <summary>The namespace that it is declared in; null at the top level.</summary>
    public Symbol? Parent { get; }

    /// <summary>Counts the symbols of its module from 0.</summary>
    public int Index { get; }

    /// <summary>At least one, in source order; expandos behind the others.</summary>
    public ReadOnlySpan<Declaration> Declarations => declarations.AsSpan(0, declarationCount);

    /// <summary>What the blocks of a namespace export, together; null when no declaration is a namespace.</summary>
    public IReadOnlyDictionary<string, Symbol>? Exports => exports;

    /// <summary>The blocks of its namespace declarations, in source order.</summary>
    internal IReadOnlyList<SymbolScope> Blocks => blocks ?? (IReadOnlyList<SymbolScope>)[];

    public Meanings Meanings { get; private set; }

    /// <summary>What its declarations mean that are exported by themselves.</summary>
    public Meanings ExportedMeanings { get; private set; }

    /// <summary>The members of its class declarations; null without one. Read when first asked for.</summary>
    public ClassMembers? Members => members ??= ClassMembers.Read(Declarations);

    public bool Has(DeclarationKind kind) => (kinds & (1 << (int)kind)) != 0;

    internal bool TryFindExport(ReadOnlySpan<char> name, [NotNullWhen(true)] out Symbol? symbol)
    {
        symbol = null;
        return exports is not null && exports.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out symbol);
    }

    internal Dictionary<string, Symbol> OpenExports() => exports ??= new Dictionary<string, Symbol>(StringComparer.Ordinal);

    internal void AddBlock(SymbolScope block) => (blocks ??= []).Add(block);

    internal void Add(Declaration declaration)
    {
        if (declarationCount == declarations.Length)
        {
            Array.Resize(ref declarations, declarationCount == 0 ? 1 : declarationCount * 2);
        }

        declarations[declarationCount++] = declaration;
        kinds |= 1 << (int)declaration.Kind;
        Meanings |= declaration.Meanings;
        if (declaration.IsExported)
        {
            ExportedMeanings |= declaration.Meanings;
        }
    }

    internal void AddAll(Symbol other)
    {
        foreach (var declaration in other.Declarations)
        {
            Add(declaration);
        }
    }

    public override string ToString() => Parent is null ? Name : Parent + "." + Name;
}
