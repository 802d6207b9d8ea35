namespace Kiln.TypeScript;

/// <summary>What surrounds the code that is checked; inherited by what is inside, replaced at function boundaries.</summary>
[Flags]
internal enum CheckContext
{
    None = 0,
    Strict = 1 << 0,

    /// <summary>In an async function, a module's top level or a class static block: <c>await</c> is reserved.</summary>
    Await = 1 << 1,

    /// <summary>In a generator: <c>yield</c> is reserved.</summary>
    Yield = 1 << 2,

    /// <summary><c>await</c> is reserved, but an await expression may not stand here: parameters of async functions, static blocks, field initializers.</summary>
    NoAwaitExpression = 1 << 3,

    /// <summary>The same for <c>yield</c>: parameters of generators.</summary>
    NoYieldExpression = 1 << 4,

    Return = 1 << 5,
    NewTarget = 1 << 6,
    SuperProperty = 1 << 7,
    SuperCall = 1 << 8,

    /// <summary>A field initializer or static block, where <c>arguments</c> has no meaning.</summary>
    NoArguments = 1 << 9,

    /// <summary>Directly in the statement list of a <c>case</c>.</summary>
    CaseClause = 1 << 10,

    /// <summary>Outside of all functions and blocks.</summary>
    TopLevel = 1 << 11,
}
