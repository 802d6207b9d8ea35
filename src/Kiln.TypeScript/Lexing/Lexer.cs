using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript.Lexing;

/// <summary>
/// Reads tokens on demand, one at a time. What only the parser can tell (a regular expression, the rest of a template, JSX text, a closing
/// angle bracket) is scanned again from the token's start.
/// </summary>
/// <remarks>
/// Strings end in an unseen NUL, so the scanner reads one character past the last without a bounds check; every look further ahead comes
/// after a match of the character before.
/// </remarks>
internal sealed partial class Lexer(string text, Language language)
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u2028\u2029");
    private static readonly SearchValues<char> BlockCommentStops = SearchValues.Create("*\n\r\u2028\u2029");
    private static readonly SearchValues<char> DoubleQuoteStops = SearchValues.Create("\"\\\n\r");
    private static readonly SearchValues<char> SingleQuoteStops = SearchValues.Create("'\\\n\r");
    private static readonly SearchValues<char> TemplateStops = SearchValues.Create("`\\$");
    private static readonly SearchValues<char> JsxTextStops = SearchValues.Create("<{>}");
    private static readonly SearchValues<char> JsxTextOrConflictStops = SearchValues.Create("<{>}=|");

    private readonly string text = text;
    private readonly int length = text.Length;
    private readonly bool jsx = language is Language.Tsx or Language.Jsx or Language.JavaScript;
    private readonly bool isJavaScript = language is Language.JavaScript or Language.Jsx;
    private readonly RentedList<Comment> comments = new(64);

    /// <summary>The current token. A field, not a property: the parser reads it at every step.</summary>
    public LexerState Token;

    /// <summary>Where an HTML-like comment (ECMA-262 B.1.1) was met, or -1; modules must not have one.</summary>
    public int FirstHtmlComment { get; private set; } = -1;

    public Comment[] TakeComments()
    {
        comments.Truncate(Token.CommentCount);
        return comments.Take();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private char At(int index) => Unsafe.Add(ref MemoryMarshal.GetReference<char>(text), index);

    private char AtOrNul(int index) => index < length ? text[index] : '\0';

    /// <summary>Reads the first token, after a <c>#!</c> line if there is one.</summary>
    public void Start()
    {
        if (text.StartsWith("#!", StringComparison.Ordinal))
        {
            var end = text.AsSpan().IndexOfAny(LineEnds);
            end = end < 0 ? length : end;
            AddComment(0, end, CommentKind.Shebang);
            Token.End = end;
        }

        Next();
        Token.NewLineBefore = true;
    }

    public void Next()
    {
        ref var token = ref Token;
        var at = token.End;
        token.PreviousEnd = at;
        token.NewLineBefore = false;
        token.HasEscape = false;
        token.ErrorCode = 0;
        while (true)
        {
            var c = At(at);
            switch (c)
            {
                case ' ' or '\t':
                    at++;
                    continue;
                case '\n' or '\r':
                    token.NewLineBefore = true;
                    at++;
                    continue;
                case '\v' or '\f':
                    at++;
                    continue;
                case '/':
                    var next = At(at + 1);
                    if (next == '/')
                    {
                        at = SkipLineComment(at);
                        continue;
                    }

                    if (next == '*')
                    {
                        at = SkipBlockComment(at);
                        continue;
                    }

                    token.Start = at;
                    token.Kind = next == '=' ? TokenKind.SlashEquals : TokenKind.Slash;
                    token.End = at + (next == '=' ? 2 : 1);
                    return;
                case '<' when isJavaScript && string.CompareOrdinal(text, at, "<!--", 0, 4) == 0:
                case '-' when isJavaScript && (token.NewLineBefore || token.PreviousEnd == 0) && string.CompareOrdinal(text, at, "-->", 0, 3) == 0:
                    FirstHtmlComment = FirstHtmlComment < 0 ? at : FirstHtmlComment;
                    at = SkipLineComment(at);
                    continue;
                case '<' or '=' or '>' or '|' when At(at + 1) == c && At(at + 2) == c && IsConflictMarker(at):
                    token.NewLineBefore = true;
                    at = SkipConflictMarker(at);
                    continue;
                default:
                    if (c >= 128)
                    {
                        if (CharacterFacts.IsWhiteSpace(c))
                        {
                            at++;
                            continue;
                        }

                        if (CharacterFacts.IsLineTerminator(c))
                        {
                            token.NewLineBefore = true;
                            at++;
                            continue;
                        }
                    }

                    token.Start = at;
                    ScanToken(at, c);
                    return;
            }
        }
    }

    private int SkipLineComment(int start)
    {
        var found = text.AsSpan(start).IndexOfAny(LineEnds);
        var end = found < 0 ? length : start + found;
        AddComment(start, end, CommentKind.Line);
        return end;
    }

    private int SkipBlockComment(int start)
    {
        var at = start + 2;
        while (true)
        {
            var found = text.AsSpan(at).IndexOfAny(BlockCommentStops);
            if (found < 0)
            {
                SetError(DiagnosticCodes.CommentEndExpected, length, length);
                AddComment(start, length, CommentKind.Block);
                return length;
            }

            at += found + 1;
            if (text[at - 1] != '*')
            {
                // One line terminator is enough to know: look for the end alone from here on.
                Token.NewLineBefore = true;
                var rest = text.AsSpan(at).IndexOf("*/", StringComparison.Ordinal);
                at = rest < 0 ? length : at + rest + 1;
                if (rest < 0)
                {
                    continue;
                }
            }

            if (At(at) == '/')
            {
                at++;
                AddComment(start, at, at - start > 4 && text[start + 2] == '*' ? CommentKind.JsDoc : CommentKind.Block);
                return at;
            }
        }
    }

    private void AddComment(int start, int end, CommentKind kind)
    {
        // After looking ahead, what was found there is found again.
        comments.Truncate(Token.CommentCount);
        comments.Add(new Comment(start, end, kind));
        Token.CommentCount++;
    }

    private void SetError(int code, int start, int end)
    {
        if (Token.ErrorCode == 0)
        {
            Token.ErrorCode = code;
            Token.ErrorStart = start;
            Token.ErrorEnd = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(TokenKind kind, int end)
    {
        Token.Kind = kind;
        Token.End = end;
    }

    private void ScanToken(int start, char c)
    {
        switch (c)
        {
            case '(':
                Take(TokenKind.OpenParen, start + 1);
                return;
            case ')':
                Take(TokenKind.CloseParen, start + 1);
                return;
            case '{':
                Take(TokenKind.OpenBrace, start + 1);
                return;
            case '}':
                Take(TokenKind.CloseBrace, start + 1);
                return;
            case '[':
                Take(TokenKind.OpenBracket, start + 1);
                return;
            case ']':
                Take(TokenKind.CloseBracket, start + 1);
                return;
            case ';':
                Take(TokenKind.Semicolon, start + 1);
                return;
            case ',':
                Take(TokenKind.Comma, start + 1);
                return;
            case ':':
                Take(TokenKind.Colon, start + 1);
                return;
            case '~':
                Take(TokenKind.Tilde, start + 1);
                return;
            case '@':
                Take(TokenKind.At, start + 1);
                return;
            case '.':
                ScanDot(start);
                return;
            case '=':
                if (At(start + 1) == '=')
                {
                    if (At(start + 2) == '=')
                    {
                        Take(TokenKind.EqualsEqualsEquals, start + 3);
                    }
                    else
                    {
                        Take(TokenKind.EqualsEquals, start + 2);
                    }
                }
                else if (At(start + 1) == '>')
                {
                    Take(TokenKind.Arrow, start + 2);
                }
                else
                {
                    Take(TokenKind.Equals, start + 1);
                }

                return;
            case '!':
                if (At(start + 1) == '=')
                {
                    if (At(start + 2) == '=')
                    {
                        Take(TokenKind.ExclamationEqualsEquals, start + 3);
                    }
                    else
                    {
                        Take(TokenKind.ExclamationEquals, start + 2);
                    }
                }
                else
                {
                    Take(TokenKind.Exclamation, start + 1);
                }

                return;
            case '<':
                ScanLessThan(start);
                return;
            case '>':
                Take(TokenKind.GreaterThan, start + 1);
                return;
            case '?':
                if (At(start + 1) == '?')
                {
                    if (At(start + 2) == '=')
                    {
                        Take(TokenKind.QuestionQuestionEquals, start + 3);
                    }
                    else
                    {
                        Take(TokenKind.QuestionQuestion, start + 2);
                    }
                }
                else if (At(start + 1) == '.' && !CharacterFacts.IsDigit(At(start + 2)))
                {
                    Take(TokenKind.QuestionDot, start + 2);
                }
                else
                {
                    Take(TokenKind.Question, start + 1);
                }

                return;
            case '+':
                ScanOperator(start, '+', TokenKind.Plus, TokenKind.PlusPlus, TokenKind.PlusEquals);
                return;
            case '-':
                ScanOperator(start, '-', TokenKind.Minus, TokenKind.MinusMinus, TokenKind.MinusEquals);
                return;
            case '&':
                if (At(start + 1) == '&' && At(start + 2) == '=')
                {
                    Take(TokenKind.AmpersandAmpersandEquals, start + 3);
                }
                else
                {
                    ScanOperator(start, '&', TokenKind.Ampersand, TokenKind.AmpersandAmpersand, TokenKind.AmpersandEquals);
                }

                return;
            case '|':
                if (At(start + 1) == '|' && At(start + 2) == '=')
                {
                    Take(TokenKind.BarBarEquals, start + 3);
                }
                else
                {
                    ScanOperator(start, '|', TokenKind.Bar, TokenKind.BarBar, TokenKind.BarEquals);
                }

                return;
            case '*':
                if (At(start + 1) == '*' && At(start + 2) == '=')
                {
                    Take(TokenKind.AsteriskAsteriskEquals, start + 3);
                }
                else
                {
                    ScanOperator(start, '*', TokenKind.Asterisk, TokenKind.AsteriskAsterisk, TokenKind.AsteriskEquals);
                }

                return;
            case '%':
                if (At(start + 1) == '=')
                {
                    Take(TokenKind.PercentEquals, start + 2);
                }
                else
                {
                    Take(TokenKind.Percent, start + 1);
                }

                return;
            case '^':
                if (At(start + 1) == '=')
                {
                    Take(TokenKind.CaretEquals, start + 2);
                }
                else
                {
                    Take(TokenKind.Caret, start + 1);
                }

                return;
            case '"':
                ScanString(start, '"', DoubleQuoteStops);
                return;
            case '\'':
                ScanString(start, '\'', SingleQuoteStops);
                return;
            case '`':
                ScanTemplatePart(start);
                return;
            case '#':
                ScanPrivateName(start);
                return;
            case '\0' when start >= length:
                Take(TokenKind.EndOfFile, length);
                return;
            default:
                if (c < 128)
                {
                    var kind = CharacterFacts.Ascii[c];
                    if ((kind & CharacterFacts.IdentifierStart) != 0)
                    {
                        ScanIdentifier(start);
                        return;
                    }

                    if ((kind & CharacterFacts.Digit) != 0)
                    {
                        ScanNumber(start);
                        return;
                    }
                }

                ScanUnusualIdentifier(start);
                return;
        }
    }

    private void ScanOperator(int start, char twice, TokenKind single, TokenKind doubled, TokenKind assignment)
    {
        var next = At(start + 1);
        if (next == twice)
        {
            Take(doubled, start + 2);
        }
        else if (next == '=')
        {
            Take(assignment, start + 2);
        }
        else
        {
            Take(single, start + 1);
        }
    }

    private void ScanDot(int start)
    {
        var next = At(start + 1);
        if (CharacterFacts.IsDigit(next))
        {
            ScanNumber(start);
        }
        else if (next == '.' && At(start + 2) == '.')
        {
            Take(TokenKind.DotDotDot, start + 3);
        }
        else
        {
            Take(TokenKind.Dot, start + 1);
        }
    }

    private void ScanLessThan(int start)
    {
        var next = At(start + 1);
        if (next == '<')
        {
            if (At(start + 2) == '=')
            {
                Take(TokenKind.LessThanLessThanEquals, start + 3);
            }
            else
            {
                Take(TokenKind.LessThanLessThan, start + 2);
            }
        }
        else if (next == '=')
        {
            Take(TokenKind.LessThanEquals, start + 2);
        }
        else if (jsx && next == '/' && At(start + 2) != '*')
        {
            Take(TokenKind.LessThanSlash, start + 2);
        }
        else
        {
            Take(TokenKind.LessThan, start + 1);
        }
    }

    private void ScanIdentifier(int start)
    {
        var at = start + 1;
        char c;
        while ((c = At(at)) < 128)
        {
            if ((CharacterFacts.Ascii[c] & CharacterFacts.IdentifierPart) == 0)
            {
                if (c == '\\')
                {
                    break;
                }

                Take(Keywords.Find(text.AsSpan(start, at - start)), at);
                return;
            }

            at++;
        }

        at = SkipIdentifierParts(at);
        Take(Token.HasEscape ? TokenKind.Identifier : Keywords.Find(text.AsSpan(start, at - start)), at);
    }

    /// <summary>An identifier that starts with a letter beyond ASCII or an escape; otherwise a character that belongs nowhere.</summary>
    private void ScanUnusualIdentifier(int start)
    {
        var at = start;
        if (TryReadIdentifierCharacter(ref at, CharacterFacts.IsIdentifierStart))
        {
            Take(TokenKind.Identifier, SkipIdentifierParts(at));
            return;
        }

        var end = start + (char.IsHighSurrogate(text[start]) && char.IsLowSurrogate(AtOrNul(start + 1)) ? 2 : 1);
        Take(TokenKind.Unknown, end);
        SetError(DiagnosticCodes.InvalidCharacter, start, end);
    }

    private void ScanPrivateName(int start)
    {
        var at = start + 1;
        if (at < length && TryReadIdentifierCharacter(ref at, CharacterFacts.IsIdentifierStart))
        {
            Take(TokenKind.PrivateIdentifier, SkipIdentifierParts(at));
            return;
        }

        Take(TokenKind.Unknown, at);
        SetError(DiagnosticCodes.InvalidCharacter, start, at);
    }

    private int SkipIdentifierParts(int at)
    {
        while (at < length)
        {
            if (CharacterFacts.IsAsciiPart(text[at]))
            {
                at++;
            }
            else if (!TryReadIdentifierCharacter(ref at, CharacterFacts.IsIdentifierPart))
            {
                break;
            }
        }

        return at;
    }

    private bool TryReadIdentifierCharacter(ref int at, Func<int, bool> accept)
    {
        var c = text[at];
        if (c == '\\')
        {
            var end = at;
            if (AtOrNul(at + 1) != 'u' || !StringValue.TryReadUnicodeEscape(text, ref end, out var value) || !accept(value))
            {
                return false;
            }

            Token.HasEscape = true;
            at = end;
            return true;
        }

        if (char.IsHighSurrogate(c) && char.IsLowSurrogate(AtOrNul(at + 1)))
        {
            if (!accept(char.ConvertToUtf32(c, text[at + 1])))
            {
                return false;
            }

            at += 2;
            return true;
        }

        if (!accept(c))
        {
            return false;
        }

        at++;
        return true;
    }
}
