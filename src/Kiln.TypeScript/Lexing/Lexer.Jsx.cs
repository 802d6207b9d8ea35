using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Lexing;

internal sealed partial class Lexer
{
    /// <summary>Goes on with JSX children: text up to the next <c>&lt;</c> or <c>{</c>, or one of these. There are no comments in JSX text.</summary>
    public void NextJsxText()
    {
        var start = Token.End;
        Token.PreviousEnd = start;
        Token.NewLineBefore = false;
        Token.HasEscape = false;
        Token.ErrorCode = 0;
        Token.Start = start;
        if (start >= length)
        {
            Take(TokenKind.EndOfFile, length);
            return;
        }

        if (text[start] == '{')
        {
            Take(TokenKind.OpenBrace, start + 1);
            return;
        }

        if (text[start] == '<' && !IsConflictMarker(start))
        {
            if (At(start + 1) == '/')
            {
                Take(TokenKind.LessThanSlash, start + 2);
            }
            else
            {
                Take(TokenKind.LessThan, start + 1);
            }

            return;
        }

        var at = start;
        while (true)
        {
            // Only behind a `<<<<<<<` can the other markers stand.
            var found = text.AsSpan(at).IndexOfAny(Token.ConflictMarkerCount > 0 ? JsxTextOrConflictStops : JsxTextStops);
            if (found < 0)
            {
                at = length;
                break;
            }

            at += found;
            if (text[at] is not ('{' or '}') && IsConflictMarker(at))
            {
                at = SkipConflictMarker(at);
                continue;
            }

            if (text[at] is '=' or '|')
            {
                at++;
                continue;
            }

            if (text[at] is '<' or '{')
            {
                break;
            }

            SetError(text[at] == '>' ? DiagnosticCodes.JsxUnexpectedGreaterThan : DiagnosticCodes.JsxUnexpectedBrace, at, at + 1);
            at++;
        }

        Take(TokenKind.JsxText, at);
    }

    /// <summary>The current token is an identifier or keyword in a tag or attribute name: takes in the parts after hyphens.</summary>
    public void RescanJsxIdentifier()
    {
        if (!TokenFacts.IsIdentifierName(Token.Kind))
        {
            return;
        }

        var at = Token.End;
        while (at < length && (text[at] == '-' || CharacterFacts.IsAsciiPart(text[at]) || text[at] >= 128))
        {
            if (text[at] == '-')
            {
                at++;
                continue;
            }

            var after = SkipIdentifierParts(at);
            if (after == at)
            {
                break;
            }

            at = after;
        }

        Take(at > Token.End ? TokenKind.Identifier : Token.Kind, at);
    }

    /// <summary>Goes on after the <c>=</c> of a JSX attribute: its strings have no escapes and may span lines.</summary>
    public void NextJsxAttributeValue()
    {
        var saved = Token;
        Next();
        if (Token.Start >= length || text[Token.Start] is not ('"' or '\''))
        {
            return;
        }

        var start = Token.Start;
        var newLine = Token.NewLineBefore;
        Token.ErrorCode = 0;
        Token.HasEscape = false;
        var found = text.AsSpan(start + 1).IndexOf(text[start]);
        Token.NewLineBefore = newLine;
        if (found < 0)
        {
            Take(TokenKind.StringLiteral, length);
            SetError(DiagnosticCodes.UnterminatedString, length, length);
            return;
        }

        Take(TokenKind.StringLiteral, start + found + 2);
        Token.PreviousEnd = saved.End;
    }
}
