namespace Kiln.TypeScript;

/// <summary>What declared a name; decides which second declaration is none too many.</summary>
internal enum BindingKind : byte
{
    /// <summary><c>let</c>, <c>const</c>, <c>using</c>.</summary>
    Lexical,
    Class,

    /// <summary>A plain function in a block or at a module's top level.</summary>
    Function,

    /// <summary>An async function or generator there.</summary>
    SpecialFunction,
    Import,
    Enum,
    Namespace,

    /// <summary>A single name after <c>catch</c>: <c>var</c> may redeclare it (ECMA-262 B.3.4).</summary>
    CatchParameter,

    /// <summary>A name in a pattern after <c>catch</c>.</summary>
    CatchPattern,
}
