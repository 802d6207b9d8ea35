using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

internal enum InferredKind : byte
{
    /// <summary><see cref="InferredType.Text"/>: <c>string</c>, <c>any</c>, <c>RegExp</c>.</summary>
    Word,

    /// <summary>The value of a literal; <see cref="InferredType.Text"/> is what it widens to.</summary>
    Literal,

    /// <summary>A type of the source.</summary>
    Written,

    /// <summary><c>typeof a.b</c>; the node is the expression.</summary>
    Query,

    /// <summary>The member of an enum as a type; the node is the expression.</summary>
    EnumMember,

    /// <summary>The type that a class is named by; the node is the <c>new</c> expression.</summary>
    Reference,

    /// <summary><c>typeof a</c>, widened by the compiler that reads it.</summary>
    WidenedQuery,
    Array,
    Tuple,

    /// <summary><c>T?</c> in a tuple.</summary>
    OptionalElement,

    /// <summary><c>...T</c> in a tuple.</summary>
    Rest,
    Object,

    /// <summary>The node is the function; the only part is what it returns when the source does not say.</summary>
    Function,
    Union,
    Intersection,

    /// <summary><c>Text&lt;Parts&gt;</c>.</summary>
    Generic,

    /// <summary><c>Parts[0][Parts[1]]</c>.</summary>
    Indexed,

    /// <summary>A class expression; the node is the class.</summary>
    Class,
}

/// <summary>A type that nobody wrote, made of pieces of the source. Equal pieces are equal types.</summary>
internal sealed class InferredType
{
    public static readonly InferredType Any = new(InferredKind.Word, text: "any");
    public static readonly InferredType String = new(InferredKind.Word, text: "string");
    public static readonly InferredType Number = new(InferredKind.Word, text: "number");
    public static readonly InferredType BigInt = new(InferredKind.Word, text: "bigint");
    public static readonly InferredType Boolean = new(InferredKind.Word, text: "boolean");
    public static readonly InferredType Undefined = new(InferredKind.Word, text: "undefined");
    public static readonly InferredType Null = new(InferredKind.Word, text: "null");
    public static readonly InferredType Void = new(InferredKind.Word, text: "void");
    public static readonly InferredType Never = new(InferredKind.Word, text: "never");
    public static readonly InferredType This = new(InferredKind.Word, text: "this");
    public static readonly InferredType Symbol = new(InferredKind.Word, text: "symbol");
    public static readonly InferredType UniqueSymbol = new(InferredKind.Word, text: "unique symbol");
    public static readonly InferredType RegExp = new(InferredKind.Word, text: "RegExp");
    public static readonly InferredType True = new(InferredKind.Literal, text: "boolean") { Value = "true", IsFresh = true };
    public static readonly InferredType False = new(InferredKind.Literal, text: "boolean") { Value = "false", IsFresh = true };

    public static readonly InferredType Zero = new(InferredKind.Literal, text: "number") { Value = "0" };
    public static readonly InferredType ZeroBigInt = new(InferredKind.Literal, text: "bigint") { Value = "0n" };
    public static readonly InferredType Empty = new(InferredKind.Literal, text: "string") { Value = "\"\"" };

    /// <summary>What <c>typeof x</c> gives.</summary>
    public static readonly InferredType TypeOfResults = new(
        InferredKind.Union,
        parts: Array.ConvertAll(["string", "number", "bigint", "boolean", "symbol", "undefined", "object", "function"], word => new InferredType(InferredKind.Word, text: $"\"{word}\"")));

    public static InferredType Of(string word) => word switch
    {
        "string" => String,
        "number" => Number,
        "bigint" => BigInt,
        _ => Boolean,
    };

    public InferredType(InferredKind kind, Node? node = null, InferredType[]? parts = null, string? text = null)
    {
        Kind = kind;
        Node = node;
        Parts = parts ?? [];
        Text = text;
    }

    public InferredKind Kind { get; }
    public Node? Node { get; }
    public InferredType[] Parts { get; }
    public string? Text { get; }

    /// <summary>What a literal says where no literal of the source says it.</summary>
    public string? Value { get; init; }

    /// <summary>Of an object.</summary>
    public InferredMember[] Members { get; init; } = [];

    /// <summary>A literal that becomes its base type where it can be changed.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Of an array or tuple.</summary>
    public bool IsReadonly { get; init; }

    public bool IsAny => Kind == InferredKind.Word && Text == "any";
}

internal enum InferredMemberKind : byte
{
    Property,
    Method,
    Getter,
    Setter,

    /// <summary><c>[x: string]: T</c>.</summary>
    Index,
}

/// <summary>A member of an object type.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in the source; null for an index signature.</param>
/// <param name="Type">Its type, or what it returns.</param>
/// <param name="Node">The function of a method or accessor.</param>
internal readonly record struct InferredMember(InferredMemberKind Kind, Node? Name, InferredType Type, Node? Node = null)
{
    public bool IsReadonly { get; init; }
    public bool IsOptional { get; init; }

    /// <summary>What a computed name comes to, when that is known.</summary>
    public string? Text { get; init; }

    /// <summary>Where the source's property starts, for its comments.</summary>
    public int Start { get; init; }

    /// <summary>Where the property before it ends.</summary>
    public int From { get; init; }
}
