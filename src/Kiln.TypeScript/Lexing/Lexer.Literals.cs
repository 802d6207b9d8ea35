using System.Buffers;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Lexing;

internal sealed partial class Lexer
{
    private void ScanString(int start, char quote, SearchValues<char> stops)
    {
        var at = start + 1;
        while (true)
        {
            var found = text.AsSpan(at).IndexOfAny(stops);
            if (found < 0)
            {
                at = length;
                break;
            }

            at += found;
            var c = text[at];
            if (c == quote)
            {
                Take(TokenKind.StringLiteral, at + 1);
                return;
            }

            if (c != '\\')
            {
                break;
            }

            Token.HasEscape = true;
            var escapeStart = at;
            var escape = StringValue.CheckEscape(text, at, isTemplate: false, out at);
            if (escape != 0 && !(isJavaScript && escape is DiagnosticCodes.OctalEscape or DiagnosticCodes.DigitEscape))
            {
                SetEscapeError(escape, escapeStart, at);
            }
        }

        Take(TokenKind.StringLiteral, at);
        SetError(DiagnosticCodes.UnterminatedString, at, at);
    }

    /// <summary>What is forbidden as a whole is marked as a whole; else the character that should be another.</summary>
    private void SetEscapeError(int code, int start, int at)
    {
        var end = Math.Min(at, length);
        SetError(code, code is DiagnosticCodes.OctalEscape or DiagnosticCodes.DigitEscape ? start : end, end);
    }

    /// <summary>From a backtick or the <c>}</c> of a substitution to the next <c>${</c> or the closing backtick.</summary>
    private void ScanTemplatePart(int start)
    {
        var head = text[start] == '`';
        var at = start + 1;
        while (true)
        {
            var found = text.AsSpan(at).IndexOfAny(TemplateStops);
            if (found < 0)
            {
                Take(head ? TokenKind.NoSubstitutionTemplateLiteral : TokenKind.TemplateTail, length);
                Token.ErrorCode = 0;
                SetError(DiagnosticCodes.UnterminatedTemplate, length, length);
                return;
            }

            at += found;
            switch (text[at])
            {
                case '`':
                    Take(head ? TokenKind.NoSubstitutionTemplateLiteral : TokenKind.TemplateTail, at + 1);
                    return;
                case '$':
                    at++;
                    if (At(at) == '{')
                    {
                        Take(head ? TokenKind.TemplateHead : TokenKind.TemplateMiddle, at + 1);
                        return;
                    }

                    break;
                default:
                    Token.HasEscape = true;
                    var escapeStart = at;
                    var escape = StringValue.CheckEscape(text, at, isTemplate: true, out at);
                    if (escape != 0)
                    {
                        SetEscapeError(escape, escapeStart, at);
                    }

                    break;
            }
        }
    }

    /// <summary>The current token is the <c>}</c> that ends a substitution.</summary>
    public void RescanTemplate()
    {
        Token.HasEscape = false;
        ScanTemplatePart(Token.Start);
    }

    /// <summary>The current token is <c>/</c> or <c>/=</c> where an expression starts. The pattern itself is checked later.</summary>
    public void RescanRegularExpression()
    {
        var at = Token.Start + 1;
        var inClass = false;
        while (true)
        {
            var c = AtOrNul(at);
            if (at >= length || CharacterFacts.IsLineTerminator(c))
            {
                Take(TokenKind.RegularExpressionLiteral, at);
                SetError(DiagnosticCodes.UnterminatedRegularExpression, Token.Start, at);
                return;
            }

            at++;
            if (c == '\\')
            {
                if (at < length && !CharacterFacts.IsLineTerminator(text[at]))
                {
                    at++;
                }
            }
            else if (c == '[')
            {
                inClass = true;
            }
            else if (c == ']')
            {
                inClass = false;
            }
            else if (c == '/' && !inClass)
            {
                break;
            }
        }

        Take(TokenKind.RegularExpressionLiteral, SkipIdentifierParts(at));
        Token.HasEscape = false;
    }

    /// <summary>In an expression <c>&gt;</c> may begin a shift, a comparison or an assignment; in types it never does.</summary>
    public TokenKind RescanGreaterThan()
    {
        if (Token.Kind != TokenKind.GreaterThan)
        {
            return Token.Kind;
        }

        var start = Token.Start;
        if (At(start + 1) == '>')
        {
            if (At(start + 2) == '>')
            {
                if (At(start + 3) == '=')
                {
                    Take(TokenKind.GreaterThanGreaterThanGreaterThanEquals, start + 4);
                }
                else
                {
                    Take(TokenKind.GreaterThanGreaterThanGreaterThan, start + 3);
                }
            }
            else if (At(start + 2) == '=')
            {
                Take(TokenKind.GreaterThanGreaterThanEquals, start + 3);
            }
            else
            {
                Take(TokenKind.GreaterThanGreaterThan, start + 2);
            }
        }
        else if (At(start + 1) == '=')
        {
            Take(TokenKind.GreaterThanEquals, start + 2);
        }

        return Token.Kind;
    }

    /// <summary>Splits <c>&lt;&lt;</c> where type arguments start with a generic function type, and <c>&lt;/</c> where an operator is due.</summary>
    public TokenKind RescanLessThan()
    {
        if (Token.Kind is TokenKind.LessThanLessThan or TokenKind.LessThanSlash)
        {
            Take(TokenKind.LessThan, Token.Start + 1);
        }

        return Token.Kind;
    }

    private void ScanNumber(int start)
    {
        var at = start;
        if (text[at] == '0' && at + 1 < length)
        {
            switch (text[at + 1] | 0x20)
            {
                case 'x':
                    ScanRadix(start, 16, DiagnosticCodes.HexadecimalDigitExpected);
                    return;
                case 'o':
                    ScanRadix(start, 8, DiagnosticCodes.OctalDigitExpected);
                    return;
                case 'b':
                    ScanRadix(start, 2, DiagnosticCodes.BinaryDigitExpected);
                    return;
            }

            if (CharacterFacts.IsDigit(text[at + 1]) || text[at + 1] == '_')
            {
                ScanLeadingZero(start);
                return;
            }
        }

        var digitsEnd = SkipDigits(at);
        at = SkipFraction(digitsEnd, out var hasExponent);
        FinishNumber(start, at, isInteger: at == digitsEnd, hasExponent);
    }

    private int SkipFraction(int at, out bool hasExponent)
    {
        hasExponent = false;
        if (At(at) == '.')
        {
            at++;
            if (At(at) == '_')
            {
                SetError(DiagnosticCodes.NumericSeparatorNotAllowed, at, at + 1);
            }

            at = SkipDigits(at);
        }

        if (At(at) is 'e' or 'E')
        {
            hasExponent = true;
            at++;
            if (At(at) is '+' or '-')
            {
                at++;
            }

            if (!CharacterFacts.IsDigit(At(at)))
            {
                SetError(DiagnosticCodes.DigitExpected, at, at);
            }

            at = SkipDigits(at);
        }

        return at;
    }

    /// <summary><c>0777</c> and <c>089</c>: an error in TypeScript; in JavaScript <see cref="EarlyErrors"/> refuses them in strict code.</summary>
    private void ScanLeadingZero(int start)
    {
        var at = SkipDigits(start);
        var digits = text.AsSpan(start, at - start);
        if (digits.Contains('_'))
        {
            SetError(DiagnosticCodes.NumericSeparatorNotAllowed, start + digits.IndexOf('_'), start + digits.IndexOf('_') + 1);
        }
        else if (isJavaScript)
        {
            if (digits.ContainsAny('8', '9'))
            {
                // A decimal after all: it may go on (ECMA-262 §12.9.3).
                at = SkipFraction(at, out _);
            }
        }
        else if (digits.ContainsAny('8', '9'))
        {
            SetError(DiagnosticCodes.LeadingZero, start, at);
        }
        else
        {
            SetError(DiagnosticCodes.LegacyOctal, start, at);
        }

        FinishNumber(start, at, isInteger: false, hasExponent: false);
    }

    private void ScanRadix(int start, int radix, int digitExpected)
    {
        var at = start + 2;
        var first = at;
        var separatorAllowed = false;
        while (true)
        {
            var c = At(at);
            if (c == '_')
            {
                if (!separatorAllowed || !CharacterFacts.IsHexDigit(AtOrNul(at + 1)))
                {
                    SetError(AtOrNul(at + 1) == '_' || At(at - 1) == '_' ? DiagnosticCodes.ConsecutiveNumericSeparators : DiagnosticCodes.NumericSeparatorNotAllowed, at, at + 1);
                }

                separatorAllowed = false;
                at++;
                continue;
            }

            if (!CharacterFacts.IsHexDigit(c) || CharacterFacts.HexValue(c) >= radix)
            {
                break;
            }

            separatorAllowed = true;
            at++;
        }

        if (at == first)
        {
            SetError(digitExpected, at, at);
        }

        FinishNumber(start, at, isInteger: true, hasExponent: false);
    }

    private int SkipDigits(int at)
    {
        while (true)
        {
            var c = At(at);
            if (CharacterFacts.IsDigit(c))
            {
                at++;
            }
            else if (c == '_')
            {
                if (at == 0 || !CharacterFacts.IsDigit(text[at - 1]) || !CharacterFacts.IsDigit(AtOrNul(at + 1)))
                {
                    SetError(AtOrNul(at + 1) == '_' ? DiagnosticCodes.ConsecutiveNumericSeparators : DiagnosticCodes.NumericSeparatorNotAllowed, at, at + 1);
                }

                at++;
            }
            else
            {
                return at;
            }
        }
    }

    private void FinishNumber(int start, int at, bool isInteger, bool hasExponent)
    {
        if (At(at) == 'n')
        {
            if (!isInteger)
            {
                SetError(hasExponent ? DiagnosticCodes.BigIntExponent : DiagnosticCodes.BigIntMustBeInteger, start, at + 1);
            }

            Take(TokenKind.BigIntLiteral, at + 1);
        }
        else
        {
            Take(TokenKind.NumericLiteral, at);
        }

        var end = Token.End;
        if (end < length)
        {
            var follow = end;
            var hadEscape = Token.HasEscape;
            if (TryReadIdentifierCharacter(ref follow, CharacterFacts.IsIdentifierStart))
            {
                SetError(DiagnosticCodes.IdentifierAfterNumber, end, SkipIdentifierParts(follow));
                Token.HasEscape = hadEscape;
            }
        }
    }
}
