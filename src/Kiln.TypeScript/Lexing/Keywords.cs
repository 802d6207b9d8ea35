using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Lexing;

internal static class Keywords
{
    private const int Shortest = 2;
    private const int Longest = 11;

    /// <summary>The keyword that the text spells, or <see cref="TokenKind.Identifier"/>.</summary>
    public static TokenKind Find(ReadOnlySpan<char> text)
    {
        if (text.Length is < Shortest or > Longest || text[0] is < 'a' or > 'y')
        {
            return TokenKind.Identifier;
        }

        return text switch
        {
            "abstract" => TokenKind.Abstract,
            "accessor" => TokenKind.Accessor,
            "any" => TokenKind.Any,
            "as" => TokenKind.As,
            "assert" => TokenKind.Assert,
            "asserts" => TokenKind.Asserts,
            "async" => TokenKind.Async,
            "await" => TokenKind.Await,
            "bigint" => TokenKind.BigInt,
            "boolean" => TokenKind.Boolean,
            "break" => TokenKind.Break,
            "case" => TokenKind.Case,
            "catch" => TokenKind.Catch,
            "class" => TokenKind.Class,
            "const" => TokenKind.Const,
            "constructor" => TokenKind.Constructor,
            "continue" => TokenKind.Continue,
            "debugger" => TokenKind.Debugger,
            "declare" => TokenKind.Declare,
            "default" => TokenKind.Default,
            "defer" => TokenKind.Defer,
            "delete" => TokenKind.Delete,
            "do" => TokenKind.Do,
            "else" => TokenKind.Else,
            "enum" => TokenKind.Enum,
            "export" => TokenKind.Export,
            "extends" => TokenKind.Extends,
            "false" => TokenKind.False,
            "finally" => TokenKind.Finally,
            "for" => TokenKind.For,
            "from" => TokenKind.From,
            "function" => TokenKind.Function,
            "get" => TokenKind.Get,
            "global" => TokenKind.Global,
            "if" => TokenKind.If,
            "implements" => TokenKind.Implements,
            "import" => TokenKind.Import,
            "in" => TokenKind.In,
            "infer" => TokenKind.Infer,
            "instanceof" => TokenKind.InstanceOf,
            "interface" => TokenKind.Interface,
            "intrinsic" => TokenKind.Intrinsic,
            "is" => TokenKind.Is,
            "keyof" => TokenKind.KeyOf,
            "let" => TokenKind.Let,
            "module" => TokenKind.Module,
            "namespace" => TokenKind.Namespace,
            "never" => TokenKind.Never,
            "new" => TokenKind.New,
            "null" => TokenKind.Null,
            "number" => TokenKind.Number,
            "object" => TokenKind.Object,
            "of" => TokenKind.Of,
            "out" => TokenKind.Out,
            "override" => TokenKind.Override,
            "package" => TokenKind.Package,
            "private" => TokenKind.Private,
            "protected" => TokenKind.Protected,
            "public" => TokenKind.Public,
            "readonly" => TokenKind.Readonly,
            "require" => TokenKind.Require,
            "return" => TokenKind.Return,
            "satisfies" => TokenKind.Satisfies,
            "set" => TokenKind.Set,
            "source" => TokenKind.Source,
            "static" => TokenKind.Static,
            "string" => TokenKind.String,
            "super" => TokenKind.Super,
            "switch" => TokenKind.Switch,
            "symbol" => TokenKind.Symbol,
            "this" => TokenKind.This,
            "throw" => TokenKind.Throw,
            "true" => TokenKind.True,
            "try" => TokenKind.Try,
            "type" => TokenKind.Type,
            "typeof" => TokenKind.TypeOf,
            "undefined" => TokenKind.Undefined,
            "unique" => TokenKind.Unique,
            "unknown" => TokenKind.UnknownKeyword,
            "using" => TokenKind.Using,
            "var" => TokenKind.Var,
            "void" => TokenKind.Void,
            "while" => TokenKind.While,
            "with" => TokenKind.With,
            "yield" => TokenKind.Yield,
            _ => TokenKind.Identifier,
        };
    }
}
