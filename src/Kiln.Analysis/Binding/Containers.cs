using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>What all blocks of one namespace, or of one enum, declare together. Merged blocks share one.</summary>
internal sealed class ContainerSymbol(string name)
{
    public string Name { get; } = name;

    /// <summary>Exported variables, functions, classes, enums, aliases and instantiated namespaces of every block.</summary>
    public HashSet<string> Exports { get; } = new(StringComparer.Ordinal);

    /// <summary>Exported nested namespaces and enums: they merge across blocks.</summary>
    public Dictionary<string, ContainerSymbol> Children { get; } = new(StringComparer.Ordinal);

    /// <summary>Enum members of every block, by name.</summary>
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Folded member values, filled while enums are written in source order: <see cref="double"/> or <see cref="string"/>.</summary>
    public Dictionary<string, object> Values { get; } = new(StringComparer.Ordinal);
}

/// <summary>One namespace block or enum declaration.</summary>
internal sealed class ContainerBlock(DeclarationStatement node, ContainerSymbol symbol, ContainerBlock? parent)
{
    public DeclarationStatement Node { get; } = node;
    public ContainerSymbol Symbol { get; } = symbol;

    /// <summary>The namespace block around an exported container: it is a property of that namespace.</summary>
    public ContainerBlock? Parent { get; } = parent;

    /// <summary>This block introduces the variable; later blocks, and blocks after a class or function of the name, reuse it.</summary>
    public bool DeclaresVariable { get; set; }

    public bool IsTopLevel { get; set; }

    /// <summary>Something inside the block declares the container's own name, so that the function parameter needs another.</summary>
    public bool IsShadowed { get; set; }

    /// <summary>The parameter of the function that runs the block, once chosen.</summary>
    public string? Parameter { get; set; }
}
