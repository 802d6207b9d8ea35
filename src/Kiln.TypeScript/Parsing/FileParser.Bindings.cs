using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Names and patterns that declare.</content>
internal sealed partial class FileParser
{
    private Node ParseBindingName(int privateCode)
    {
        switch (Kind)
        {
            case TokenKind.OpenBracket:
                return ParseArrayBindingPattern();
            case TokenKind.OpenBrace:
                return ParseObjectBindingPattern();
            case TokenKind.PrivateIdentifier:
                ReportHere(privateCode);
                var name = new PrivateIdentifier(Start, lexer.Token.End);
                Next();
                return name;
            default:
                return ParseBindingIdentifier();
        }
    }

    private Node ParseArrayBindingPattern()
    {
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var start = Start;
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        Next();
        var mark = scratchCount;
        var trailingComma = false;
        var outer = EnterList(ListKind.ArrayBindingElements);
        while (Kind is not (TokenKind.CloseBracket or TokenKind.EndOfFile))
        {
            var elementStart = Start;
            if (Kind == TokenKind.Comma)
            {
                Push(new OmittedExpression(elementStart));
                Next();
                continue;
            }

            var rest = Optional(TokenKind.DotDotDot);
            if (!IsBindingIdentifier(Kind) && Kind is not (TokenKind.OpenBrace or TokenKind.OpenBracket))
            {
                if (LeavesList(DiagnosticCodes.ArrayDestructuringExpected))
                {
                    break;
                }

                continue;
            }

            var name = ParseBindingName(DiagnosticCodes.IdentifierExpected);
            var initializer = ParseInitializer();
            Push(new BindingElement(elementStart, PreviousEnd, null, name, initializer) { Flags = rest ? NodeFlags.Rest : NodeFlags.None });
            trailingComma = TakeSeparator(TokenKind.CloseBracket, elementStart);
        }

        lists = outer;
        ExpectClosing(TokenKind.CloseBracket, start);
        context = saved;
        depth--;
        return new ArrayBindingPattern(start, PreviousEnd, Drain<Node>(mark)) { Flags = trailingComma ? NodeFlags.TrailingComma : NodeFlags.None };
    }

    private Node ParseObjectBindingPattern()
    {
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var start = Start;
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        Next();
        var mark = scratchCount;
        var trailingComma = false;
        var outer = EnterList(ListKind.ObjectBindingElements);
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            var elementStart = Start;
            var rest = Optional(TokenKind.DotDotDot);
            if (!IsLiteralPropertyName(Kind) && Kind != TokenKind.OpenBracket)
            {
                if (LeavesList(DiagnosticCodes.PropertyDestructuringExpected))
                {
                    break;
                }

                continue;
            }

            var isIdentifier = IsBindingIdentifier(Kind);
            Node? propertyName = ParsePropertyName();
            Node name;
            if (isIdentifier && Kind != TokenKind.Colon)
            {
                name = propertyName;
                propertyName = null;
            }
            else
            {
                Expect(TokenKind.Colon);
                name = ParseBindingName(DiagnosticCodes.IdentifierExpected);
            }

            var initializer = ParseInitializer();
            Push(new BindingElement(elementStart, PreviousEnd, propertyName, name, initializer) { Flags = rest ? NodeFlags.Rest : NodeFlags.None });
            trailingComma = TakeSeparator(TokenKind.CloseBrace, elementStart);
        }

        lists = outer;
        ExpectClosing(TokenKind.CloseBrace, start);
        context = saved;
        depth--;
        return new ObjectBindingPattern(start, PreviousEnd, Drain<BindingElement>(mark)) { Flags = trailingComma ? NodeFlags.TrailingComma : NodeFlags.None };
    }

    private Expression? ParseInitializer() => Optional(TokenKind.Equals) ? ParseAssignmentExpression() : null;
}
