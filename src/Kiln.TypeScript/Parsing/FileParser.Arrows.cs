using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    private enum Verdict
    {
        No,
        Yes,
        Perhaps,
    }

    /// <summary>
    /// An arrow function with parentheses or type parameters, or an async one. A few tokens decide most cases; the rest is a guess over the
    /// head, and a guess that failed at a position is not made there again.
    /// </summary>
    private ArrowFunction? TryParseArrow(bool allowReturnType)
    {
        var saved = lexer.Token;
        var verdict = JudgeArrow(out var isSimpleAsync);
        lexer.Token = saved;
        if (isSimpleAsync)
        {
            var start = Start;
            Next();
            var savedContext = context;
            context |= ParseContext.Await;
            var parameter = ParseBindingIdentifier();
            context = savedContext;
            return ParseSimpleArrow(start, parameter, isAsync: true, allowReturnType);
        }

        switch (verdict)
        {
            case Verdict.No:
                return null;
            case Verdict.Yes:
                return ParseArrow(allowReturnType: true, certain: true);
        }

        var position = Start;
        if (HasFailed(Guess.Arrow, position))
        {
            return null;
        }

        var state = BeginGuess();
        var arrow = ParseArrow(allowReturnType, certain: false);
        if (arrow is null)
        {
            DropGuess(state);
            RememberFailure(Guess.Arrow, position);
            return null;
        }

        return arrow;
    }

    /// <summary>Decides by the first tokens. Moves the lexer; the caller puts it back.</summary>
    private Verdict JudgeArrow(out bool isSimpleAsync)
    {
        isSimpleAsync = false;
        if (Kind == TokenKind.Async)
        {
            lexer.Next();
            if (NewLineBefore)
            {
                return Verdict.No;
            }

            if (Kind is not (TokenKind.OpenParen or TokenKind.LessThan))
            {
                // async x => …
                if (IsBindingIdentifier(Kind))
                {
                    lexer.Next();
                    isSimpleAsync = Kind == TokenKind.Arrow && !NewLineBefore;
                }

                return Verdict.No;
            }
        }

        var isGeneric = Kind == TokenKind.LessThan;
        lexer.Next();
        return isGeneric ? JudgeGenericArrow() : JudgeParenthesizedArrow();
    }

    private Verdict JudgeParenthesizedArrow()
    {
        switch (Kind)
        {
            case TokenKind.CloseParen:
                lexer.Next();
                return Kind is TokenKind.Arrow or TokenKind.Colon or TokenKind.OpenBrace ? Verdict.Yes : Verdict.No;
            case TokenKind.OpenBracket or TokenKind.OpenBrace:
                return Verdict.Perhaps;
            case TokenKind.DotDotDot:
                return Verdict.Yes;
        }

        if (ModifierOf(Kind) != ModifierFlags.None && Kind != TokenKind.Async)
        {
            // (public x, …
            var saved = lexer.Token;
            lexer.Next();
            if (IsIdentifier(Kind))
            {
                return Kind == TokenKind.As ? Verdict.No : Verdict.Yes;
            }

            lexer.Token = saved;
        }

        if (!IsIdentifier(Kind) && Kind != TokenKind.This)
        {
            return Verdict.No;
        }

        lexer.Next();
        switch (Kind)
        {
            case TokenKind.Colon:
                return Verdict.Yes;
            case TokenKind.Question:
                lexer.Next();
                return Kind is TokenKind.Colon or TokenKind.Comma or TokenKind.Equals or TokenKind.CloseParen ? Verdict.Yes : Verdict.No;
            case TokenKind.Comma or TokenKind.Equals or TokenKind.CloseParen:
                return Verdict.Perhaps;
            default:
                return Verdict.No;
        }
    }

    private Verdict JudgeGenericArrow()
    {
        if (!IsIdentifier(Kind) && Kind != TokenKind.Const)
        {
            return Verdict.No;
        }

        if (!isJsx)
        {
            return Verdict.Perhaps;
        }

        // In JSX `<T>(` opens an element; `<T,>` and `<T extends U>` do not.
        if (Kind == TokenKind.Const)
        {
            lexer.Next();
        }

        lexer.Next();
        if (Kind == TokenKind.Extends)
        {
            lexer.Next();
            return Kind is TokenKind.Equals or TokenKind.GreaterThan or TokenKind.Slash ? Verdict.No : Verdict.Yes;
        }

        return Kind is TokenKind.Comma or TokenKind.Equals ? Verdict.Yes : Verdict.No;
    }

    /// <summary>
    /// Parses head and body. In a guess (<paramref name="certain"/> false) the head must be free of errors and end in <c>=&gt;</c>; then the guess is
    /// kept and the body is parsed for good, unless only what follows the body can tell (see <see cref="ParseAssignmentExpression(bool)"/>).
    /// </summary>
    private ArrowFunction? ParseArrow(bool allowReturnType, bool certain)
    {
        var start = Start;
        var isAsync = Optional(TokenKind.Async);
        var typeParameters = ParseTypeParameters();
        var parameters = ParseParameters(isAsync, isGenerator: false);
        var hasReturnColon = Kind == TokenKind.Colon;
        var type = ParseReturnTypeAnnotation();
        if (!certain && (guessFailed || Kind is not (TokenKind.Arrow or TokenKind.OpenBrace)))
        {
            return null;
        }

        var mustSeeColon = !allowReturnType && hasReturnColon;
        if (!certain && !mustSeeColon)
        {
            // `(a) {` on one line is nothing but an arrow function whose arrow was forgotten.
            if (Kind != TokenKind.Arrow && NewLineBefore)
            {
                return null;
            }

            KeepGuess();
        }

        var arrow = Start;
        var lineBreak = NewLineBefore ? NodeFlags.LineBreakBeforeArrow : NodeFlags.None;
        if (!Expect(TokenKind.Arrow) && Kind != TokenKind.OpenBrace)
        {
            return certain ? new ArrowFunction(start, PreviousEnd, typeParameters, parameters, type, arrow, MissingIdentifier()) : null;
        }

        var body = ParseArrowBody(isAsync, allowReturnType);
        if (!certain && mustSeeColon)
        {
            if (guessFailed || Kind != TokenKind.Colon)
            {
                return null;
            }

            KeepGuess();
        }

        return new ArrowFunction(start, PreviousEnd, typeParameters, parameters, type, arrow, body) { Flags = (isAsync ? NodeFlags.Async : NodeFlags.None) | lineBreak };
    }

    private ArrowFunction ParseSimpleArrow(int start, Identifier name, bool isAsync, bool allowReturnType)
    {
        var parameter = new Parameter(name.Start, name.End, Modifiers.None, name, null, null);
        var arrow = Start;
        var lineBreak = NewLineBefore ? NodeFlags.LineBreakBeforeArrow : NodeFlags.None;
        Expect(TokenKind.Arrow);
        var body = ParseArrowBody(isAsync, allowReturnType);
        return new ArrowFunction(start, PreviousEnd, [], [parameter], null, arrow, body) { Flags = (isAsync ? NodeFlags.Async : NodeFlags.None) | lineBreak };
    }

    private Node ParseArrowBody(bool isAsync, bool allowReturnType)
    {
        if (Kind == TokenKind.OpenBrace)
        {
            return ParseFunctionBlock(isAsync, isGenerator: false);
        }

        var saved = context;
        context = (context & (ParseContext.Ambient | ParseContext.NoIn)) | ParseContext.Function | (isAsync ? ParseContext.Await : 0);
        var body = ParseAssignmentExpression(allowReturnType);
        context = saved;
        return body;
    }
}
