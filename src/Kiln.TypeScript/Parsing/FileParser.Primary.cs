using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>What an expression starts with: literals, names, objects, functions, <c>new</c>, templates.</content>
internal sealed partial class FileParser
{
    private Expression ParsePrimaryExpression()
    {
        switch (Kind)
        {
            case TokenKind.Identifier:
                return TakeIdentifier();
            case TokenKind.NumericLiteral:
                return TakeLiteral(SyntaxKind.NumericLiteral);
            case TokenKind.BigIntLiteral:
                return TakeLiteral(SyntaxKind.BigIntLiteral);
            case TokenKind.StringLiteral:
                return TakeStringLiteral();
            case TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead:
                return ParseTemplate(isTagged: false);
            case TokenKind.This:
                return TakeKeyword(SyntaxKind.ThisKeyword);
            case TokenKind.Super:
                return TakeKeyword(SyntaxKind.SuperKeyword);
            case TokenKind.Null:
                return TakeKeyword(SyntaxKind.NullKeyword);
            case TokenKind.True:
                return TakeKeyword(SyntaxKind.TrueKeyword);
            case TokenKind.False:
                return TakeKeyword(SyntaxKind.FalseKeyword);
            case TokenKind.OpenParen:
                return ParseParenthesized();
            case TokenKind.OpenBracket:
                return ParseArrayLiteral();
            case TokenKind.OpenBrace:
                return ParseObjectLiteral();
            case TokenKind.Async when PeekKind(out var newLine) == TokenKind.Function && !newLine:
                return ParseFunctionExpression();
            case TokenKind.At:
            case TokenKind.Class:
                return ParseClassExpression();
            case TokenKind.Function:
                return ParseFunctionExpression();
            case TokenKind.New:
                return ParseNew();
            case TokenKind.Slash or TokenKind.SlashEquals:
                lexer.RescanRegularExpression();
                return TakeLiteral(SyntaxKind.RegularExpressionLiteral);
            case TokenKind.PrivateIdentifier:
                return ParsePrivateIn();
            default:
                return ParseIdentifier(DiagnosticCodes.ExpressionExpected);
        }
    }

    /// <summary><c>#x in y</c> is the only expression that starts with a private name.</summary>
    private PrivateIdentifier ParsePrivateIn()
    {
        var name = TakePrivateIdentifier();
        if (Kind != TokenKind.In)
        {
            ReportHere(DiagnosticCodes.TokenExpected, "in");
        }

        return name;
    }

    private KeywordExpression TakeKeyword(SyntaxKind kind)
    {
        var node = new KeywordExpression(kind, Start, lexer.Token.End);
        Next();
        return node;
    }

    private Literal TakeLiteral(SyntaxKind kind)
    {
        var node = new Literal(kind, Start, lexer.Token.End);
        Next();
        return node;
    }

    private StringLiteral TakeStringLiteral()
    {
        var node = new StringLiteral(Start, lexer.Token.End) { Flags = lexer.Token.HasEscape ? NodeFlags.HasEscape : NodeFlags.None };
        Next();
        return node;
    }

    private PrivateIdentifier TakePrivateIdentifier()
    {
        var node = new PrivateIdentifier(Start, lexer.Token.End) { Flags = lexer.Token.HasEscape ? NodeFlags.HasEscape : NodeFlags.None };
        Next();
        return node;
    }

    private ParenthesizedExpression ParseParenthesized()
    {
        var start = Start;
        Next();
        var expression = ParseExpressionAllowIn();
        ExpectClosing(TokenKind.CloseParen, start);
        return new ParenthesizedExpression(start, PreviousEnd, expression);
    }

    private ArrayLiteralExpression ParseArrayLiteral()
    {
        var start = Start;
        Next();
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var elements = ParseElements(TokenKind.CloseBracket, allowHoles: true);
        var flags = lastListHadTrailingComma ? NodeFlags.TrailingComma : NodeFlags.None;
        context = saved;
        ExpectClosing(TokenKind.CloseBracket, start);
        return new ArrayLiteralExpression(start, PreviousEnd, elements) { Flags = flags };
    }

    private ObjectLiteralExpression ParseObjectLiteral()
    {
        var start = Start;
        Next();
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var mark = scratchCount;
        var trailingComma = false;
        var outer = EnterList(ListKind.ObjectLiteralMembers);
        while (Kind is not (TokenKind.CloseBrace or TokenKind.EndOfFile))
        {
            if (!CanStartMember() && Kind is not (TokenKind.DotDotDot or TokenKind.Dot))
            {
                if (LeavesList(DiagnosticCodes.PropertyAssignmentExpected))
                {
                    break;
                }

                continue;
            }

            var before = Start;
            Push(ParseObjectMember());
            trailingComma = TakeSeparator(TokenKind.CloseBrace, before, forgiveSemicolon: true);
        }

        lists = outer;
        context = saved;
        ExpectClosing(TokenKind.CloseBrace, start);
        return new ObjectLiteralExpression(start, PreviousEnd, Drain<Node>(mark)) { Flags = trailingComma ? NodeFlags.TrailingComma : NodeFlags.None };
    }

    private Node ParseObjectMember()
    {
        var start = Start;
        if (Kind == TokenKind.DotDotDot)
        {
            Next();
            var spread = ParseAssignmentExpression();
            return new SpreadAssignment(start, PreviousEnd, spread);
        }

        var modifiers = ParseModifiers(allowDecorators: true);
        if (Kind is TokenKind.Get or TokenKind.Set && IsAccessorHere())
        {
            return ParseAccessor(start, modifiers, inType: false);
        }

        var isGenerator = Optional(TokenKind.Asterisk);
        var isIdentifier = IsIdentifier(Kind);
        var nameStart = Start;
        var sawBefore = sawAwaitName;
        var name = ParsePropertyName();
        if (Kind == TokenKind.Question)
        {
            ReportHere(DiagnosticCodes.OptionalObjectMember);
            Next();
        }
        else if (Kind == TokenKind.Exclamation)
        {
            ReportHere(DiagnosticCodes.DefiniteObjectMember);
            Next();
        }

        if (isGenerator || Kind is TokenKind.OpenParen or TokenKind.LessThan)
        {
            var isAsync = modifiers.Has(ModifierFlags.Async);
            var signature = ParseSignature(isAsync, isGenerator);
            var body = ParseFunctionBlock(isAsync, isGenerator);
            return new MethodDeclaration(start, PreviousEnd, modifiers, name, signature.TypeParameters, signature.Parameters, signature.Type, body)
            {
                Flags = FunctionFlags(isAsync, isGenerator),
            };
        }

        if (isIdentifier && Kind != TokenKind.Colon && name is Identifier shorthand)
        {
            sawAwaitName = sawBefore || (text.AsSpan(nameStart, shorthand.Length) is "await" && (context & ParseContext.Function) == 0);
            Expression? initializer = null;
            if (Optional(TokenKind.Equals))
            {
                initializer = ParseAssignmentAllowIn();
            }

            return new ShorthandPropertyAssignment(start, PreviousEnd, shorthand, initializer);
        }

        Expect(TokenKind.Colon);
        var value = ParseAssignmentExpression();
        return new PropertyAssignment(start, PreviousEnd, name, value);
    }

    private FunctionExpression ParseFunctionExpression()
    {
        var start = Start;
        var isAsync = Optional(TokenKind.Async);
        Next();
        var isGenerator = Optional(TokenKind.Asterisk);

        // The name belongs to the function itself: `await` and `yield` obey the function's own kind.
        var saved = context;
        context = FunctionContext(isAsync, isGenerator);
        Identifier? name = null;
        if (IsBindingIdentifier(Kind))
        {
            name = TakeIdentifier();
        }

        context = saved & ~ParseContext.Decorator;
        var signature = ParseSignature(isAsync, isGenerator);
        var body = ParseFunctionBlock(isAsync, isGenerator);
        context = saved;
        return new FunctionExpression(start, PreviousEnd, name, signature.TypeParameters, signature.Parameters, signature.Type, body) { Flags = FunctionFlags(isAsync, isGenerator) };
    }

    private Expression ParseNew()
    {
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var start = Start;
        Next();
        Expression result;
        if (Optional(TokenKind.Dot))
        {
            if (!(Kind == TokenKind.Identifier && TokenText is "target"))
            {
                ReportHere(DiagnosticCodes.ImportMetaExpected, "target");
            }

            if (IsIdentifierName(Kind))
            {
                Next();
            }

            result = new MetaProperty(SyntaxKind.NewTarget, start, PreviousEnd);
        }
        else
        {
            var calleeStart = Start;
            var callee = Kind == TokenKind.Import ? ParseImportExpression() : ParsePrimaryExpression();
            if (callee is ImportCallExpression)
            {
                Report(DiagnosticCodes.ExpressionExpected, callee.Start, callee.End);
            }

            callee = ParseCallRest(calleeStart, callee, allowCalls: false);
            TypeNode[] typeArguments = [];
            if (callee is ExpressionWithTypeArguments instantiation)
            {
                callee = instantiation.Expression;
                typeArguments = instantiation.TypeArguments;
            }

            if (Kind == TokenKind.QuestionDot)
            {
                ReportHere(DiagnosticCodes.OptionalChainFromNew, text[callee.Start..Math.Max(callee.Start, callee.End)]);
            }

            var arguments = Kind == TokenKind.OpenParen ? ParseArguments() : null;
            result = new NewExpression(start, PreviousEnd, callee, typeArguments, arguments);
        }

        depth--;
        return result;
    }

    // Templates.

    /// <summary>An invalid escape is an error unless the template is tagged (ECMA-262 §12.9.6.1).</summary>
    private Expression ParseTemplate(bool isTagged)
    {
        var start = Start;
        ForgiveEscapes(isTagged);
        if (Kind == TokenKind.NoSubstitutionTemplateLiteral)
        {
            var flags = lexer.Token.HasEscape ? NodeFlags.HasEscape : NodeFlags.None;
            Next();
            return new Literal(SyntaxKind.NoSubstitutionTemplateLiteral, start, PreviousEnd) { Flags = flags };
        }

        var mark = scratchCount;
        var element = TakeTemplateElement();
        Push(element);
        var outer = openTemplate;
        while (true)
        {
            var hole = element.End - 2;
            Push(ParseExpressionAllowIn());
            if (!RescanTemplatePart(isTagged, hole))
            {
                Push(new TemplateElement(PreviousEnd, PreviousEnd) { Flags = NodeFlags.Missing });
                break;
            }

            var isLast = Kind == TokenKind.TemplateTail;
            openTemplate = start;
            element = TakeTemplateElement();
            Push(element);
            if (isLast)
            {
                break;
            }
        }

        openTemplate = outer;
        var elements = DrainTemplate<Expression>(mark, out var expressions);
        return new TemplateExpression(start, PreviousEnd, elements, expressions);
    }

    /// <param name="isTagged">The template has a tag.</param>
    /// <param name="hole">Where the <c>${</c> stands.</param>
    private bool RescanTemplatePart(bool isTagged, int hole)
    {
        if (Kind != TokenKind.CloseBrace)
        {
            ReportHere(DiagnosticCodes.TokenExpected, "}", Unclosed("${", "}", hole));
            return false;
        }

        lexer.RescanTemplate();
        ForgiveEscapes(isTagged);
        return true;
    }

    private void ForgiveEscapes(bool isTagged)
    {
        if (isTagged && lexer.Token.ErrorCode != DiagnosticCodes.UnterminatedTemplate)
        {
            lexer.Token.ErrorCode = 0;
        }
    }

    private TemplateElement TakeTemplateElement()
    {
        var element = new TemplateElement(Start, lexer.Token.End) { Flags = lexer.Token.HasEscape ? NodeFlags.HasEscape : NodeFlags.None };
        Next();
        return element;
    }
}
