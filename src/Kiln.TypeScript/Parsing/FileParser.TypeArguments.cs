using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Type parameters and type arguments.</content>
internal sealed partial class FileParser
{
    private TypeParameter[] ParseTypeParameters()
    {
        if (Kind != TokenKind.LessThan)
        {
            return [];
        }

        var mark = erasures.Count;
        var start = Start;
        Next();
        var listMark = scratchCount;
        var saved = context;
        context &= ~ParseContext.NoConditionalTypes;
        do
        {
            if (Kind == TokenKind.GreaterThan)
            {
                if (scratchCount == listMark)
                {
                    Report(DiagnosticCodes.TypeParameterListEmpty, start, lexer.Token.End);
                }

                break;
            }

            if (!IsIdentifier(Kind) && ModifierOf(Kind) == ModifierFlags.None)
            {
                if (Kind is not (TokenKind.OpenParen or TokenKind.OpenBrace or TokenKind.Extends or TokenKind.EndOfFile))
                {
                    ReportHere(DiagnosticCodes.TypeParameterDeclarationExpected);
                }

                break;
            }

            var parameterStart = Start;
            var modifiers = ParseModifiers(allowDecorators: false, constIsModifier: true);
            var name = ParseIdentifier();
            var constraint = Optional(TokenKind.Extends) ? ParseType() : null;
            var defaultType = Optional(TokenKind.Equals) ? ParseType() : null;
            Push(new TypeParameter(parameterStart, PreviousEnd, modifiers, name, constraint, defaultType));
        }
        while (Optional(TokenKind.Comma));
        context = saved;
        var parameters = Drain<TypeParameter>(listMark);
        ExpectGreaterThan();
        Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeParametersInJavaScript);
        return parameters;
    }

    /// <summary><c>&lt;A, B&gt;</c> where nothing else can be meant.</summary>
    private TypeNode[] ParseTypeArguments()
    {
        var mark = erasures.Count;
        lexer.RescanLessThan();
        var start = Start;
        var arguments = ParseTypeArgumentList();
        ExpectGreaterThan();
        if (guessFailed)
        {
            // As type arguments of an expression these would fail at the same place.
            RememberFailure(Guess.TypeArguments, start);
        }

        Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeArgumentsInJavaScript);
        return arguments;
    }

    private TypeNode[] ParseTypeArgumentList()
    {
        var start = Start;
        Next();
        var saved = context;
        context &= ~ParseContext.NoConditionalTypes;
        var mark = scratchCount;
        do
        {
            if (Kind == TokenKind.GreaterThan)
            {
                if (scratchCount == mark)
                {
                    Report(DiagnosticCodes.TypeArgumentListEmpty, start, lexer.Token.End);
                }

                break;
            }

            Push(ParseType());
        }
        while (Optional(TokenKind.Comma));
        context = saved;
        return Drain<TypeNode>(mark);
    }

    /// <summary>
    /// Type arguments after an expression, or null when <c>&lt;</c> is an operator there. TypeScript's rule: a list of types that ends in <c>&gt;</c>
    /// and is followed by something that cannot go on a comparison.
    /// </summary>
    private TypeNode[]? ParseTypeArgumentsInExpression()
    {
        var position = Start;
        if (HasFailed(Guess.TypeArguments, position))
        {
            return null;
        }

        var state = BeginGuess();
        lexer.RescanLessThan();
        if (Kind != TokenKind.LessThan)
        {
            DropGuess(state);
            return null;
        }

        var start = Start;
        var arguments = ParseTypeArgumentList();
        if (!guessFailed && lexer.RescanGreaterThan() == TokenKind.GreaterThan)
        {
            Next();
            if (CanFollowTypeArguments())
            {
                KeepGuess();
                Erase(state.ErasureCount, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeArgumentsInJavaScript);
                return arguments;
            }
        }

        DropGuess(state);
        if (Kind == TokenKind.LessThan && PeekKind() == TokenKind.GreaterThan)
        {
            // `f<>()` can be nothing else.
            Next();
            Report(DiagnosticCodes.TypeArgumentListEmpty, position, lexer.Token.End);
            Next();
            return [];
        }

        RememberFailure(Guess.TypeArguments, position);
        return null;
    }

    private bool CanFollowTypeArguments() => Kind switch
    {
        TokenKind.OpenParen or TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead => true,
        TokenKind.LessThan or TokenKind.GreaterThan or TokenKind.Plus or TokenKind.Minus => false,
        _ => NewLineBefore || IsBinaryOperator() || !CanStartExpression(),
    };
}
