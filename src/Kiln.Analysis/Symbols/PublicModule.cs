using Kiln.Analysis.Declarations;
using Kiln.Analysis.Graph;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>The part of one module that belongs to the public API.</summary>
public sealed class PublicModule : IPublicDeclarations
{
    private readonly PublicSet declarations;

    internal PublicModule(ModuleEntry module, ModuleSymbols symbols, PublicSet declarations)
    {
        Module = module;
        Symbols = symbols;
        this.declarations = declarations;
    }

    /// <summary>A module with a tree: of JavaScript with declarations it is the declaration file.</summary>
    public ModuleEntry Module { get; }

    public ModuleSymbols Symbols { get; }

    public bool Contains(Node declaration)
    {
        ArgumentNullException.ThrowIfNull(declaration);
        return declarations.Contains(declaration);
    }
}
