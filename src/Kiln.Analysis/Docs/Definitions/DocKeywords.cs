using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>The types that are one word: nodes of them are shared.</summary>
internal static class DocKeywords
{
    public static readonly DocType Any = Keyword("any");
    public static readonly DocType Unknown = Keyword("unknown");
    public static readonly DocType Number = Keyword("number");
    public static readonly DocType Object = Keyword("object");
    public static readonly DocType Boolean = Keyword("boolean");
    public static readonly DocType BigInt = Keyword("bigint");
    public static readonly DocType String = Keyword("string");
    public static readonly DocType Symbol = Keyword("symbol");
    public static readonly DocType Void = Keyword("void");
    public static readonly DocType Undefined = Keyword("undefined");
    public static readonly DocType Null = Keyword("null");
    public static readonly DocType Never = Keyword("never");
    public static readonly DocType Intrinsic = Keyword("intrinsic");
    public static readonly DocType This = new DocThisType { Repr = "this" };
    public static readonly DocType True = new DocLiteralType { Kind = DocLiteralKind.Boolean, IsTrue = true, Repr = "true" };
    public static readonly DocType False = new DocLiteralType { Kind = DocLiteralKind.Boolean, Repr = "false" };
    public static readonly DocType AnyArray = new DocArrayType { Element = Any, Repr = "any[]" };

    public static readonly DocType PromiseOfVoid = new DocTypeReference { Name = "Promise", Repr = "Promise", Arguments = [Void] };

    /// <summary>Null for what is no keyword.</summary>
    public static DocType? Of(ReadOnlySpan<char> word) => word switch
    {
        "any" => Any,
        "unknown" => Unknown,
        "number" => Number,
        "object" => Object,
        "boolean" => Boolean,
        "bigint" => BigInt,
        "string" => String,
        "symbol" => Symbol,
        "void" => Void,
        "undefined" => Undefined,
        "null" => Null,
        "never" => Never,
        "intrinsic" => Intrinsic,
        "this" => This,
        "true" => True,
        "false" => False,
        _ => null,
    };

    private static DocKeywordType Keyword(string name) => new() { Name = name, Repr = name };
}
