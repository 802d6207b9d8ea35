using Kiln.TypeScript;
using Kiln.TypeScript.Lexing;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;
using static Kiln.Fuzz.Targets.FuzzTarget;

namespace Kiln.Fuzz.Targets;

/// <summary>Reads all tokens, asks for other readings where a parser could, and puts the text together again from tokens, comments and white space.</summary>
internal static class LexerTarget
{
    /// <summary>Another reading may reach to the end of the file: trying it at every token would make the target quadratic, not the lexer.</summary>
    private const int MostTrials = 200;

    public static void Run(string text)
    {
        foreach (var language in (Language[])[Language.TypeScript, Language.Jsx])
        {
            ReadAll(text, language);
        }

        _ = new LineMap(text).GetCodePointPosition(text.Length);
    }

    private static void ReadAll(string text, Language language)
    {
        var lexer = new Lexer(text, language);
        lexer.Start();
        var gaps = new List<(int Start, int End)>();
        var templates = new Stack<int>();
        var braces = 0;
        var at = 0;
        var previous = TokenKind.EndOfFile;
        for (var count = 0; ; count++)
        {
            if (count < MostTrials)
            {
                TryOtherReadings(lexer, text);
            }

            // Read on as a parser would: a regular expression where an operand is due, a template's rest after its substitution.
            switch (lexer.Token.Kind)
            {
                case TokenKind.Slash or TokenKind.SlashEquals when !EndsOperand(previous):
                    lexer.RescanRegularExpression();
                    break;
                case TokenKind.OpenBrace:
                    braces++;
                    break;
                case TokenKind.TemplateHead:
                    templates.Push(braces);
                    break;
                case TokenKind.CloseBrace when templates.TryPeek(out var open) && open == braces:
                    lexer.RescanTemplate();
                    if (lexer.Token.Kind == TokenKind.TemplateTail)
                    {
                        templates.Pop();
                    }

                    break;
                case TokenKind.CloseBrace:
                    braces--;
                    break;
            }

            var token = lexer.Token;
            Check(token.Start >= at && token.End <= text.Length, $"token {token.Kind} {token.Start}..{token.End} after {at}");
            Check(token.PreviousEnd == at || at == 0, $"the token before {token.Start} ended at {at}, not at {token.PreviousEnd}");
            Check(token.Kind == TokenKind.EndOfFile ? token.Start == text.Length : token.End > token.Start, $"token {token.Kind} at {token.Start} is empty");
            Check(token.ErrorCode == 0 || (token.ErrorStart >= 0 && token.ErrorEnd >= token.ErrorStart && token.ErrorEnd <= text.Length), $"the error of the token at {token.Start} lies in the text");
            gaps.Add((at, token.Start));
            ReadValue(text, token);
            at = token.End;
            previous = token.Kind;
            if (token.Kind == TokenKind.EndOfFile)
            {
                break;
            }

            lexer.Next();
        }

        VerifyGaps(text, lexer.TakeComments(), [.. lexer.ConflictMarkers], gaps);
    }

    private static bool EndsOperand(TokenKind kind) => kind is TokenKind.Identifier or TokenKind.NumericLiteral or TokenKind.BigIntLiteral or TokenKind.StringLiteral
        or TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace or TokenKind.TemplateTail or TokenKind.NoSubstitutionTemplateLiteral
        or TokenKind.This or TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.RegularExpressionLiteral;

    private static void TryOtherReadings(Lexer lexer, string text)
    {
        var saved = lexer.Token;
        switch (saved.Kind)
        {
            case TokenKind.Slash or TokenKind.SlashEquals:
                lexer.RescanRegularExpression();
                break;
            case TokenKind.CloseBrace:
                lexer.RescanTemplate();
                break;
            case TokenKind.GreaterThan:
                lexer.RescanGreaterThan();
                Check(lexer.Token.End > saved.Start && lexer.Token.End <= text.Length, "> lies in the text");
                lexer.Token = saved;
                lexer.NextJsxText();
                break;
            case TokenKind.Equals:
                lexer.NextJsxAttributeValue();
                break;
            case TokenKind.LessThanLessThan:
                lexer.RescanLessThan();
                break;
            default:
                lexer.RescanJsxIdentifier();
                break;
        }

        Check(lexer.Token.Start >= saved.Start && lexer.Token.End >= lexer.Token.Start && lexer.Token.End <= text.Length, $"another reading of {saved.Kind} at {saved.Start} lies in the text");
        Check(lexer.Token.ErrorCode == 0 || (lexer.Token.ErrorStart <= lexer.Token.ErrorEnd && lexer.Token.ErrorEnd <= text.Length), "its error too");
        lexer.Token = saved;
    }

    private static void ReadValue(string text, in LexerState token)
    {
        var slice = text.AsSpan(token.Start, token.End - token.Start);
        switch (token.Kind)
        {
            case TokenKind.StringLiteral:
                Check(StringValue.Decode(slice[1..]).Length <= slice.Length, "a value is never longer than its text");
                break;
            case TokenKind.NoSubstitutionTemplateLiteral when token.ErrorCode == 0:
                Check(StringValue.DecodeTemplate(slice[1..^1]) is not null, $"the template at {token.Start} has a value");
                break;
            case TokenKind.Identifier when token.HasEscape:
                Check(StringValue.DecodeIdentifier(slice).Length > 0, $"the name at {token.Start} has letters");
                break;
        }
    }

    /// <summary>What lies between tokens is comments and, around them, white space: tokens and trivia together are the source.</summary>
    private static void VerifyGaps(string text, Comment[] comments, int[] markers, List<(int Start, int End)> gaps)
    {
        var next = 0;
        foreach (var (start, end) in gaps)
        {
            var at = start;
            while (next < comments.Length && comments[next].Start < end)
            {
                var comment = comments[next++];
                Check(comment.Start >= at && comment.End > comment.Start && comment.End <= end, $"comment {comment.Start}..{comment.End} lies between {at} and {end}");
                VerifyWhiteSpace(text, at, comment.Start, markers);
                at = comment.End;
            }

            VerifyWhiteSpace(text, at, end, markers);
        }

        Check(next == comments.Length, "every comment lies between two tokens");
    }

    /// <summary>What a merge conflict left is trivia too: of the outer markers the line, of the inner ones everything up to the next.</summary>
    private static void VerifyWhiteSpace(string text, int start, int end, int[] markers)
    {
        for (var i = start; i < end; i++)
        {
            var marker = Array.BinarySearch(markers, i);
            if (marker >= 0)
            {
                var line = text.AsSpan(i, end - i).IndexOfAny("\n\r\u2028\u2029");
                i = text[i] is not ('<' or '>') ? marker + 1 < markers.Length ? Math.Min(markers[marker + 1], end) : end
                    : line < 0 ? end
                    : i + line;
                i--;
                continue;
            }

            Check(CharacterFacts.IsWhiteSpace(text[i]) || CharacterFacts.IsLineTerminator(text[i]), $"U+{(int)text[i]:X4} at {i} is neither token nor trivia");
        }
    }
}
