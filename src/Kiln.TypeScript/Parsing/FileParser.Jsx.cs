using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Text;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    /// <summary>The name of the element whose children are being read; null outside.</summary>
    private Expression? jsxTag;

    /// <summary>The element just read has no closing tag of its own and has taken that of its parent.</summary>
    private bool jsxParentClosed;

    /// <summary>An element or fragment where an expression may stand; a second one right behind it needs a parent.</summary>
    private Expression ParseJsxInExpression()
    {
        needsTransform = true;
        var start = Start;
        var outerTag = jsxTag;
        jsxTag = null;
        var element = ParseJsxElement(inExpression: true);
        var errors = diagnostics.Count;
        while (Kind == TokenKind.LessThan && Enter())
        {
            // Read and dropped, so that the error is the only one.
            ParseJsxElement(inExpression: true);
            depth--;
            Report(DiagnosticCodes.JsxParent, start, PreviousEnd);
            if (errors == diagnostics.Count)
            {
                break;
            }
        }

        jsxTag = outerTag;

        return element;
    }

    /// <param name="inExpression">Ordinary tokens follow the element; else JSX text of the parent.</param>
    private Expression ParseJsxElement(bool inExpression)
    {
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator | ParseContext.NoConditionalTypes);
        var element = ParseJsxElementCore(inExpression);
        context = saved;
        depth--;
        return element;
    }

    private Expression ParseJsxElementCore(bool inExpression)
    {
        var start = Start;
        var errors = diagnostics.Count;
        Next();
        if (Kind == TokenKind.GreaterThan)
        {
            return ParseJsxFragment(start, inExpression);
        }

        var tagName = ParseJsxTagName();
        TypeNode[] typeArguments = [];
        if (isTypeScript && Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && isTypeScript)
        {
            typeArguments = ParseTypeArguments();
        }

        var attributes = ParseJsxAttributes();
        if (Kind == TokenKind.Slash)
        {
            Next();
            EndJsxTag(inExpression);
            return new JsxOpeningElement(SyntaxKind.JsxSelfClosingElement, start, PreviousEnd, tagName, typeArguments, attributes);
        }

        EndJsxTag(inExpression: false);
        var opening = new JsxOpeningElement(SyntaxKind.JsxOpeningElement, start, PreviousEnd, tagName, typeArguments, attributes);
        var outerTag = jsxTag;
        jsxTag = tagName;
        var children = ParseJsxChildren();
        jsxTag = outerTag;
        var closingStart = Start;
        Expression? closingName = null;
        if (jsxParentClosed)
        {
            // The last child has taken this element's closing tag.
            jsxParentClosed = false;
            closingName = tagName;
            if (!inExpression && !aborted && !guessFailed)
            {
                lexer.Token.End = PreviousEnd;
                lexer.NextJsxText();
            }
        }
        else if (Kind != TokenKind.LessThanSlash)
        {
            // After another error inside, the missing tag would only be its consequence.
            if (errors == diagnostics.Count)
            {
                Report(DiagnosticCodes.JsxNoClosingTag, tagName.Start, tagName.End, text[tagName.Start..tagName.End]);
            }
        }
        else
        {
            Next();
            if (Kind == TokenKind.GreaterThan)
            {
                ReportHere(DiagnosticCodes.IdentifierExpected);
            }
            else
            {
                closingName = ParseJsxTagName();
                ReportJsxMismatch(start, tagName, closingName);
            }

            EndJsxTag(inExpression || jsxParentClosed);
        }

        var closing = new JsxClosingElement(closingStart, PreviousEnd, closingName);
        return new JsxElement(start, PreviousEnd, opening, children, closing);
    }

    private JsxFragment ParseJsxFragment(int start, bool inExpression)
    {
        EndJsxTag(inExpression: false);
        var outerTag = jsxTag;
        jsxTag = null;
        var children = ParseJsxChildren();
        jsxTag = outerTag;
        if (Kind != TokenKind.LessThanSlash)
        {
            Report(DiagnosticCodes.JsxFragmentNoClosingTag, start, start + 1);
        }
        else
        {
            Next();
            if (Kind != TokenKind.GreaterThan)
            {
                ReportHere(DiagnosticCodes.JsxFragmentClosingTagExpected);
                ParseJsxTagName();
            }

            EndJsxTag(inExpression);
        }

        return new JsxFragment(start, PreviousEnd, children);
    }

    /// <summary>Takes the <c>&gt;</c> of a tag: what follows is text of the parent or, in an expression, an ordinary token.</summary>
    private void EndJsxTag(bool inExpression)
    {
        if (Kind != TokenKind.GreaterThan)
        {
            ReportHere(DiagnosticCodes.TokenExpected, ">");
            return;
        }

        if (inExpression)
        {
            Next();
        }
        else
        {
            NextJsxText();
        }
    }

    private void NextJsxText()
    {
        if (lexer.Token.ErrorCode != 0)
        {
            ReportTokenError();
        }

        if (!aborted && !guessFailed)
        {
            lexer.NextJsxText();
        }
    }

    /// <summary>A closing tag that fits the parent shows that the element's own is missing; it is then the parent's.</summary>
    private void ReportJsxMismatch(int start, Expression opening, Expression closing)
    {
        if (JsxNamesEqual(opening, closing))
        {
            return;
        }

        var name = text[opening.Start..opening.End];
        if (jsxTag is not null && JsxNamesEqual(jsxTag, closing))
        {
            jsxParentClosed = true;
            Report(DiagnosticCodes.JsxNoClosingTag, opening.Start, opening.End, name);
            return;
        }

        var related = new RelatedDiagnostic(DiagnosticCodes.MatchingTokenOfPattern, new TextSpan(start, opening.End), $"<{name}>", $"</{name}>");
        Report(DiagnosticCodes.JsxClosingTagExpected, closing.Start, closing.End, name, related: related);
    }

    private bool JsxNamesEqual(Expression left, Expression right)
    {
        while (left is PropertyAccessExpression a && right is PropertyAccessExpression b)
        {
            if (!JsxNamesEqual(a.Name, b.Name))
            {
                return false;
            }

            left = a.Expression;
            right = b.Expression;
        }

        return (left, right) switch
        {
            (JsxNamespacedName a, JsxNamespacedName b) => JsxNamesEqual(a.Namespace, b.Namespace) && JsxNamesEqual(a.Name, b.Name),
            _ => left.Kind == right.Kind && text.AsSpan(left.Start, left.Length).SequenceEqual(text.AsSpan(right.Start, right.Length)),
        };
    }

    private Expression ParseJsxTagName()
    {
        var start = Start;
        Expression name;
        if (Kind == TokenKind.This)
        {
            lexer.RescanJsxIdentifier();
            name = Kind == TokenKind.This ? TakeKeyword(SyntaxKind.ThisKeyword) : ParseIdentifierName();
        }
        else
        {
            name = ParseJsxNamespacedOrName();
        }

        if (name is JsxNamespacedName)
        {
            return name;
        }

        while (Kind == TokenKind.Dot)
        {
            Next();
            var member = ParseJsxIdentifier();
            name = new PropertyAccessExpression(start, PreviousEnd, name, member);
        }

        return name;
    }

    private Identifier ParseJsxIdentifier()
    {
        lexer.RescanJsxIdentifier();
        return ParsePropertyIdentifier();
    }

    private Expression ParseJsxNamespacedOrName()
    {
        var start = Start;
        var name = ParseJsxIdentifier();
        if (!Optional(TokenKind.Colon))
        {
            return name;
        }

        var local = ParseJsxIdentifier();
        return new JsxNamespacedName(start, PreviousEnd, name, local);
    }

    private Node[] ParseJsxAttributes()
    {
        var mark = scratchCount;
        while (Kind is not (TokenKind.GreaterThan or TokenKind.Slash or TokenKind.EndOfFile))
        {
            var start = Start;
            if (Kind == TokenKind.OpenBrace)
            {
                Next();
                Expect(TokenKind.DotDotDot);
                var spread = ParseExpressionAllowIn();
                ExpectClosing(TokenKind.CloseBrace, start);
                Push(new JsxSpreadAttribute(start, PreviousEnd, spread));
                continue;
            }

            if (!IsIdentifierName(Kind))
            {
                ReportHere(DiagnosticCodes.IdentifierExpected);
                break;
            }

            var name = ParseJsxNamespacedOrName();
            Expression? initializer = null;
            if (Kind == TokenKind.Equals)
            {
                if (!aborted && !guessFailed)
                {
                    lexer.NextJsxAttributeValue();
                }

                initializer = ParseJsxAttributeValue();
            }

            Push(new JsxAttribute(start, PreviousEnd, name, initializer));
        }

        return Drain<Node>(mark);
    }

    private Expression? ParseJsxAttributeValue()
    {
        switch (Kind)
        {
            case TokenKind.StringLiteral:
                return TakeStringLiteral();
            case TokenKind.OpenBrace:
                return ParseJsxExpression(inExpression: true);
            case TokenKind.LessThan:
                return ParseJsxElement(inExpression: true);
            default:
                ReportHere(DiagnosticCodes.BraceOrJsxExpected);
                return null;
        }
    }

    /// <summary><c>{e}</c>, <c>{...e}</c> or <c>{}</c>; the current token is the brace.</summary>
    private JsxExpression ParseJsxExpression(bool inExpression)
    {
        var start = Start;
        Next();
        var flags = Optional(TokenKind.DotDotDot) ? NodeFlags.Rest : NodeFlags.None;
        var expression = Kind == TokenKind.CloseBrace && flags == 0 ? null : ParseExpressionAllowIn();
        if (Kind != TokenKind.CloseBrace)
        {
            ReportHere(DiagnosticCodes.TokenExpected, "}", Unclosed("{", "}", start));
        }
        else if (inExpression)
        {
            Next();
        }
        else
        {
            NextJsxText();
        }

        return new JsxExpression(start, PreviousEnd, expression) { Flags = flags };
    }

    private Node[] ParseJsxChildren()
    {
        var mark = scratchCount;
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.JsxText:
                    Push(new JsxText(Start, lexer.Token.End));
                    NextJsxText();
                    continue;
                case TokenKind.OpenBrace:
                    Push(ParseJsxExpression(inExpression: false));
                    if (Kind is TokenKind.JsxText or TokenKind.OpenBrace or TokenKind.LessThan)
                    {
                        continue;
                    }

                    break;
                case TokenKind.LessThan:
                    Push(ParseJsxElement(inExpression: false));
                    if (jsxParentClosed)
                    {
                        break;
                    }

                    continue;
            }

            return Drain<Node>(mark);
        }
    }
}
