namespace Kiln.TypeScript;

/// <summary>What directly contains a statement.</summary>
internal enum StatementPlace : byte
{
    File,

    /// <summary>The braces of a namespace or an ambient module.</summary>
    Module,

    /// <summary>A block or the body of a function.</summary>
    Block,

    /// <summary>A clause of a <c>switch</c>.</summary>
    Clause,

    /// <summary>A label that stands in one of the above.</summary>
    Label,

    /// <summary>The statement is the body of <c>if</c>, a loop or <c>with</c>.</summary>
    Nested,
}
