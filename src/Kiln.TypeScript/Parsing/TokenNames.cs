using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>How tokens are spelled in messages.</summary>
internal static class TokenNames
{
    public static string Of(TokenKind kind) => kind switch
    {
        TokenKind.OpenBrace => "{",
        TokenKind.CloseBrace => "}",
        TokenKind.OpenParen => "(",
        TokenKind.CloseParen => ")",
        TokenKind.OpenBracket => "[",
        TokenKind.CloseBracket => "]",
        TokenKind.LessThan => "<",
        TokenKind.GreaterThan => ">",
        TokenKind.LessThanSlash => "</",
        TokenKind.Semicolon => ";",
        TokenKind.Comma => ",",
        TokenKind.Colon => ":",
        TokenKind.Question => "?",
        TokenKind.Dot => ".",
        TokenKind.DotDotDot => "...",
        TokenKind.Arrow => "=>",
        TokenKind.Equals => "=",
        TokenKind.Slash => "/",
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Tilde => "~",
        TokenKind.Exclamation => "!",
        _ when TokenFacts.IsKeyword(kind) => kind == TokenKind.UnknownKeyword ? "unknown" : kind.ToString().ToLowerInvariant(),
        _ => kind.ToString(),
    };
}
