namespace Kiln.TypeScript.Tree;

/// <summary>Lexical tokens. Keywords stand in three groups: reserved, strict-mode reserved, contextual; <see cref="TokenFacts"/> tells which.</summary>
public enum TokenKind : byte
{
    Unknown,
    EndOfFile,

    Identifier,
    PrivateIdentifier,
    NumericLiteral,
    BigIntLiteral,
    StringLiteral,
    RegularExpressionLiteral,
    NoSubstitutionTemplateLiteral,
    TemplateHead,
    TemplateMiddle,
    TemplateTail,
    JsxText,

    OpenBrace, CloseBrace, OpenParen, CloseParen, OpenBracket, CloseBracket,
    Dot, DotDotDot, Semicolon, Comma, QuestionDot, Question, Colon, At, Arrow, Hash, Backtick,
    LessThan, LessThanSlash, GreaterThan, LessThanEquals, GreaterThanEquals,
    EqualsEquals, ExclamationEquals, EqualsEqualsEquals, ExclamationEqualsEquals,
    Plus, Minus, Asterisk, AsteriskAsterisk, Slash, Percent, PlusPlus, MinusMinus,
    LessThanLessThan, GreaterThanGreaterThan, GreaterThanGreaterThanGreaterThan,
    Ampersand, Bar, Caret, Exclamation, Tilde, AmpersandAmpersand, BarBar, QuestionQuestion,

    // Assignment operators: keep contiguous, FirstAssignment..LastAssignment.
    Equals, PlusEquals, MinusEquals, AsteriskEquals, AsteriskAsteriskEquals, SlashEquals, PercentEquals,
    LessThanLessThanEquals, GreaterThanGreaterThanEquals, GreaterThanGreaterThanGreaterThanEquals,
    AmpersandEquals, BarEquals, CaretEquals, BarBarEquals, AmpersandAmpersandEquals, QuestionQuestionEquals,

    // Reserved words: keep contiguous, FirstReservedWord..LastReservedWord.
    Break, Case, Catch, Class, Const, Continue, Debugger, Default, Delete, Do, Else, Enum, Export, Extends, False, Finally, For,
    Function, If, Import, In, InstanceOf, New, Null, Return, Super, Switch, This, Throw, True, Try, TypeOf, Var, Void, While, With,

    // Reserved in strict mode only.
    Implements, Interface, Let, Package, Private, Protected, Public, Static, Yield,

    // Contextual keywords.
    Abstract, Accessor, As, Asserts, Assert, Any, Async, Await, Boolean, Constructor, Declare, Defer, Get, Infer, Intrinsic, Is, KeyOf,
    Module, Namespace, Never, Out, Readonly, Require, Number, Object, Satisfies, Set, Source, String, Symbol, Type, Undefined, Unique, UnknownKeyword,
    Using, From, Global, BigInt, Override, Of,
}

public static class TokenFacts
{
    public const TokenKind FirstAssignment = TokenKind.Equals;
    public const TokenKind LastAssignment = TokenKind.QuestionQuestionEquals;
    public const TokenKind FirstReservedWord = TokenKind.Break;
    public const TokenKind LastReservedWord = TokenKind.With;

    public static bool IsAssignmentOperator(TokenKind kind) => kind is >= FirstAssignment and <= LastAssignment;
    public static bool IsReservedWord(TokenKind kind) => kind is >= FirstReservedWord and <= LastReservedWord;
    public static bool IsKeyword(TokenKind kind) => kind >= FirstReservedWord;

    /// <summary>An identifier, or a keyword that may be one outside strict mode.</summary>
    public static bool IsIdentifierOrContextualKeyword(TokenKind kind) => kind == TokenKind.Identifier || kind > LastReservedWord;

    /// <summary>What may follow a dot: every identifier and keyword.</summary>
    public static bool IsIdentifierName(TokenKind kind) => kind == TokenKind.Identifier || kind >= FirstReservedWord;
}
