using Kiln.TypeScript;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// What one module declares, imports and exports. Names inside functions are not part of it, nor is what <c>declare global</c> and <c>declare module "x"</c> say
/// about other modules.
/// </summary>
public sealed class ModuleSymbols
{
    internal ModuleSymbols(SymbolScope scope, IReadOnlyDictionary<string, Symbol> exports, IReadOnlyList<Declaration> stars, int count)
    {
        Scope = scope;
        Exports = exports;
        Stars = stars;
        Count = count;
    }

    public SourceFile File => Scope.File;

    /// <summary>All that the top level declares.</summary>
    public SymbolScope Scope { get; }

    /// <summary>
    /// By exported name; <c>default</c> and <c>export=</c> too. An export list makes symbols of its own, whose declarations are aliases. What stars bring is
    /// not included.
    /// </summary>
    public IReadOnlyDictionary<string, Symbol> Exports { get; }

    /// <summary><c>export * from</c>, in source order; their names lie in the other modules.</summary>
    public IReadOnlyList<Declaration> Stars { get; }

    /// <summary>How many symbols there are: <see cref="Symbol.Index"/> is below.</summary>
    public int Count { get; }

    /// <summary>Reads a file. Linear in its size.</summary>
    public static ModuleSymbols Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new SymbolBinder(file).Bind();
    }
}
