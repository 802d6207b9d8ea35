using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

internal enum DeclaredKind : byte
{
    Constant,
    Variable,
    Function,
    Class,
    Enum,
    Namespace,
    Import,
    NamespaceImport,
    Parameter,
}

/// <summary>What a name stands for as a value.</summary>
/// <param name="kind">Its kind.</param>
/// <param name="node">What <see cref="IPublicDeclarations"/> is asked about; the parameter of a parameter.</param>
/// <param name="level">How many lists of statements are open where it is declared.</param>
internal sealed class Declared(DeclaredKind kind, Node node, int level)
{
    public DeclaredKind Kind { get; } = kind;
    public Node Node { get; } = node;
    public int Level { get; } = level;

    /// <summary>Once found out. A declaration that mentions itself finds <c>any</c>.</summary>
    public InferredType? Type { get; set; }
}
