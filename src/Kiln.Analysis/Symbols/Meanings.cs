namespace Kiln.Analysis.Symbols;

/// <summary>What a name can stand for. One name may mean different things in the three: a constant <c>Role</c> and a type <c>Role</c> do not meet.</summary>
[Flags]
public enum Meanings : byte
{
    None = 0,

    /// <summary>In expressions and after <c>typeof</c>: it exists when the program runs.</summary>
    Value = 1,

    /// <summary>In types.</summary>
    Type = 2,

    /// <summary>In front of a dot in types.</summary>
    Namespace = 4,

    All = Value | Type | Namespace,
}
