namespace Kiln.Analysis.Docs.Model;

/// <summary>The kinds of definitions.</summary>
public enum DocKind : byte
{
    Function,
    Variable,
    Class,
    Interface,
    Enum,
    TypeAlias,
    Namespace,
    Reference,
}
