namespace Kiln.TypeScript.Tree;

/// <summary>
/// A piece of syntax: the half-open range <c>[Start, End)</c> of UTF-16 offsets in its file, without leading trivia, and its children.
/// </summary>
/// <remarks>
/// Nodes are lean on purpose (ADR 0003): no parent, line, column, text or trivia. Names are slices of the file's text; comments,
/// diagnostics, erasures and module references lie in flat arrays on <see cref="SourceFile"/>.
/// </remarks>
public abstract class Node(SyntaxKind kind, int start, int end)
{
    public int Start { get; } = start;

    /// <summary>Never before <see cref="Start"/>, also for what recovery made up.</summary>
    public int End { get; } = end < start ? start : end;
    public SyntaxKind Kind { get; } = kind;
    public NodeFlags Flags { get; internal set; }

    public int Length => End - Start;
    public bool Has(NodeFlags flags) => (Flags & flags) != 0;
}

/// <summary>An expression; also what TypeScript parses in assignment-pattern position.</summary>
public abstract class Expression(SyntaxKind kind, int start, int end) : Node(kind, start, end);

/// <summary>A statement or declaration that can stand in a statement list.</summary>
public abstract class Statement(SyntaxKind kind, int start, int end) : Node(kind, start, end);

/// <summary>A type: erased from JavaScript, read by declarations and documentation.</summary>
public abstract class TypeNode(SyntaxKind kind, int start, int end) : Node(kind, start, end);

/// <summary>A statement that declares something and may carry modifiers. <see cref="Node.Start"/> includes decorators and modifiers.</summary>
public abstract class DeclarationStatement(SyntaxKind kind, int start, int end, Modifiers modifiers) : Statement(kind, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
}

/// <summary>A member of a class, interface, object literal or type literal.</summary>
public abstract class Member(SyntaxKind kind, int start, int end, Modifiers modifiers) : Node(kind, start, end)
{
    public Modifiers Modifiers { get; } = modifiers;
}

/// <summary>Modifier keywords and decorators in front of a declaration. <see cref="End"/> is where the declaration's own first token starts.</summary>
public sealed class Modifiers(ModifierFlags flags, Decorator[] decorators, int start, int end)
{
    public static readonly Modifiers None = new(ModifierFlags.None, [], 0, 0);

    public ModifierFlags Flags { get; } = flags;
    public Decorator[] Decorators { get; } = decorators;

    /// <summary>Offset of the first modifier or decorator; meaningless when there is none.</summary>
    public int Start { get; } = start;
    public int End { get; } = end;

    public bool Has(ModifierFlags flags) => (Flags & flags) != 0;
}

public sealed class Decorator(int start, int end, Expression expression) : Node(SyntaxKind.Decorator, start, end)
{
    public Expression Expression { get; } = expression;
}

[Flags]
public enum ModifierFlags
{
    None = 0,
    Export = 1 << 0,
    Default = 1 << 1,
    Declare = 1 << 2,
    Abstract = 1 << 3,
    Async = 1 << 4,
    Const = 1 << 5,
    Public = 1 << 6,
    Private = 1 << 7,
    Protected = 1 << 8,
    Static = 1 << 9,
    Readonly = 1 << 10,
    Override = 1 << 11,
    Accessor = 1 << 12,
    In = 1 << 13,
    Out = 1 << 14,

    /// <summary>Any modifier that makes a constructor parameter a property.</summary>
    ParameterProperty = Public | Private | Protected | Readonly | Override,
}

[Flags]
public enum NodeFlags : ushort
{
    None = 0,

    /// <summary>An identifier or string literal whose text contains an escape, so that its value differs from its slice.</summary>
    HasEscape = 1 << 0,

    /// <summary>A call, access or element access that starts a <c>?.</c> link.</summary>
    QuestionDot = 1 << 1,

    /// <summary>The node is declared in an ambient context: under <c>declare</c> or in a declaration file.</summary>
    Ambient = 1 << 2,

    /// <summary>A function with <c>*</c>.</summary>
    Generator = 1 << 3,

    /// <summary>An async function, method or arrow.</summary>
    Async = 1 << 4,

    /// <summary><c>import type</c>, <c>export type</c>, <c>import { type X }</c>, <c>import type x = require()</c>.</summary>
    TypeOnly = 1 << 5,

    /// <summary>A member, parameter or property signature with <c>?</c>.</summary>
    Optional = 1 << 6,

    /// <summary>A variable or property with <c>!</c>.</summary>
    Definite = 1 << 7,

    /// <summary>A rest element, rest parameter or spread JSX child.</summary>
    Rest = 1 << 8,

    /// <summary><c>for await</c>; <c>import source</c> and <c>import defer</c> use <see cref="ImportPhase"/> instead.</summary>
    Await = 1 << 9,

    /// <summary>An arrow function with a line break before <c>=&gt;</c>, which ECMAScript does not allow.</summary>
    LineBreakBeforeArrow = 1 << 10,

    /// <summary>A missing node that recovery made up; it has no text.</summary>
    Missing = 1 << 11,

    /// <summary>The statement ended by automatic semicolon insertion.</summary>
    NoSemicolon = 1 << 12,

    /// <summary>A list that ended with a comma; for parameters the last one carries it.</summary>
    TrailingComma = 1 << 13,

    /// <summary>The binding or block lies directly under <c>export =</c>-style CommonJS syntax.</summary>
    CommonJs = 1 << 14,
}

/// <summary>Evaluation phase of an import.</summary>
public enum ImportPhase : byte
{
    Evaluation,
    Source,
    Defer,
}
