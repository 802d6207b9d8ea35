namespace Kiln.TypeScript.RegularExpressions;

/// <summary>What combines the operands of a class; the grammar has no class with two kinds.</summary>
internal enum ClassOperator : byte
{
    /// <summary>Nothing has been read.</summary>
    Empty,

    /// <summary>One operand has been read: any operator may follow.</summary>
    Single,

    Union,
    Intersection,
    Subtraction,
}
