using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

internal sealed partial class FileParser
{
    /// <summary>Binding strength of binary operators (ECMA-262 §13.5 to §13.13); 0 for what is none. <c>as</c> and <c>satisfies</c> bind like relations.</summary>
    private static int PrecedenceOf(TokenKind kind) => kind switch
    {
        TokenKind.QuestionQuestion or TokenKind.BarBar => 1,
        TokenKind.AmpersandAmpersand => 2,
        TokenKind.Bar => 3,
        TokenKind.Caret => 4,
        TokenKind.Ampersand => 5,
        TokenKind.EqualsEquals or TokenKind.ExclamationEquals or TokenKind.EqualsEqualsEquals or TokenKind.ExclamationEqualsEquals => 6,
        TokenKind.LessThan or TokenKind.GreaterThan or TokenKind.LessThanEquals or TokenKind.GreaterThanEquals or TokenKind.InstanceOf or TokenKind.In
            or TokenKind.As or TokenKind.Satisfies => 7,
        TokenKind.LessThanLessThan or TokenKind.GreaterThanGreaterThan or TokenKind.GreaterThanGreaterThanGreaterThan => 8,
        TokenKind.Plus or TokenKind.Minus => 9,
        TokenKind.Asterisk or TokenKind.Slash or TokenKind.Percent => 10,
        TokenKind.AsteriskAsterisk => ExponentPrecedence,
        _ => 0,
    };

    private const int ExponentPrecedence = 11;

    private bool IsBinaryOperator() => PrecedenceOf(Kind) > 0 && !(Kind == TokenKind.In && (context & ParseContext.NoIn) != 0);

    private bool CanStartExpression()
    {
        switch (Kind)
        {
            case TokenKind.This or TokenKind.Super or TokenKind.Null or TokenKind.True or TokenKind.False or TokenKind.NumericLiteral or TokenKind.BigIntLiteral
                or TokenKind.StringLiteral or TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead or TokenKind.OpenParen or TokenKind.OpenBracket
                or TokenKind.OpenBrace or TokenKind.Function or TokenKind.Class or TokenKind.New or TokenKind.Slash or TokenKind.SlashEquals or TokenKind.Identifier
                or TokenKind.Plus or TokenKind.Minus or TokenKind.Tilde or TokenKind.Exclamation or TokenKind.Delete or TokenKind.TypeOf or TokenKind.Void
                or TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.LessThan or TokenKind.Await or TokenKind.Yield or TokenKind.PrivateIdentifier or TokenKind.At:
                return true;
            case TokenKind.Import:
                return PeekKind() is TokenKind.OpenParen or TokenKind.LessThan or TokenKind.Dot;
            default:
                return IsBinaryOperator() || IsIdentifier(Kind);
        }
    }

    /// <summary>With commas, and with <c>in</c> as an operator again.</summary>
    private Expression ParseExpressionAllowIn()
    {
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var expression = ParseExpression();
        context = saved;
        return expression;
    }

    private Expression ParseAssignmentAllowIn()
    {
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var expression = ParseAssignmentExpression();
        context = saved;
        return expression;
    }

    private Expression ParseExpression()
    {
        var saved = context;
        context &= ~ParseContext.Decorator;
        var start = Start;
        var expression = ParseAssignmentExpression();
        while (Kind == TokenKind.Comma)
        {
            var operatorStart = Start;
            Next();
            var right = ParseAssignmentExpression();
            expression = new BinaryExpression(start, PreviousEnd, expression, TokenKind.Comma, operatorStart, right);
        }

        context = saved;
        return expression;
    }

    private Expression ParseAssignmentExpression() => ParseAssignmentExpression(allowReturnType: true);

    /// <param name="allowReturnType">False between <c>?</c> and <c>:</c>, where an arrow function's return type is only one when another colon follows.</param>
    private Expression ParseAssignmentExpression(bool allowReturnType)
    {
        if (!Enter())
        {
            return MissingIdentifier();
        }

        var expression = ParseAssignmentCore(allowReturnType);
        depth--;
        return expression;
    }

    /// <summary>Reads <c>a = b = c</c> in a loop and builds it from its end: compiled modules start with such chains of hundreds of exports.</summary>
    private Expression ParseAssignmentCore(bool allowReturnType)
    {
        var mark = pendingAssignments.Count;
        Expression result;
        while (true)
        {
            var start = Start;
            var isComplete = TryParseArrowOrYield(allowReturnType, out var expression);
            if (!isComplete)
            {
                expression = ParseBinaryExpression(0);
                if (Kind == TokenKind.Arrow && expression is Identifier parameter && expression.Start == start)
                {
                    expression = ParseSimpleArrow(start, parameter, isAsync: false, allowReturnType);
                }
                else if (IsLeftHandSide(expression) && TokenFacts.IsAssignmentOperator(lexer.RescanGreaterThan()))
                {
                    if (pendingAssignments.Count - mark >= MaxChain)
                    {
                        Report(DiagnosticCodes.NestedTooDeeply, Start, lexer.Token.End, MaxChain.ToString(System.Globalization.CultureInfo.InvariantCulture));
                        if (!guessFailed)
                        {
                            Abort();
                        }
                    }

                    pendingAssignments.Add(new PendingAssignment(start, expression, Kind, Start));
                    Next();
                    if (Kind != TokenKind.EndOfFile)
                    {
                        continue;
                    }

                    expression = ReportMissingIdentifier(DiagnosticCodes.ExpressionExpected);
                }
                else if (Kind == TokenKind.Question)
                {
                    expression = ParseConditional(start, expression, allowReturnType);
                }
            }

            result = expression!;
            break;
        }

        for (var i = pendingAssignments.Count - 1; i >= mark; i--)
        {
            var pending = pendingAssignments[i];
            result = new BinaryExpression(pending.Start, PreviousEnd, pending.Left, pending.Operator, pending.OperatorStart, result);
        }

        Truncate(pendingAssignments, mark);
        return result;
    }

    private bool TryParseArrowOrYield(bool allowReturnType, out Expression? expression)
    {
        expression = Kind switch
        {
            TokenKind.OpenParen or TokenKind.LessThan or TokenKind.Async => TryParseArrow(allowReturnType),
            TokenKind.Yield when IsYieldExpression() => ParseYield(),
            _ => null,
        };
        return expression is not null;
    }

    private readonly record struct PendingAssignment(int Start, Expression Left, TokenKind Operator, int OperatorStart);

    private static bool IsLeftHandSide(Expression expression) => expression.Kind is not (
        SyntaxKind.BinaryExpression or SyntaxKind.PrefixUnaryExpression or SyntaxKind.PostfixUnaryExpression or SyntaxKind.AwaitExpression
        or SyntaxKind.AsExpression or SyntaxKind.SatisfiesExpression or SyntaxKind.TypeAssertion);

    private ConditionalExpression ParseConditional(int start, Expression condition, bool allowReturnType)
    {
        Next();
        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var whenTrue = ParseAssignmentExpression(allowReturnType: false);
        context = saved;
        Expression whenFalse;
        if (Expect(TokenKind.Colon))
        {
            whenFalse = ParseAssignmentExpression(allowReturnType);
        }
        else
        {
            whenFalse = MissingIdentifier();
        }

        return new ConditionalExpression(start, PreviousEnd, condition, whenTrue, whenFalse);
    }

    private bool IsYieldExpression() => (context & ParseContext.Yield) != 0 || IsOperandOnSameLine();

    /// <summary>Outside its own kind of function, <c>await x</c> or <c>yield x</c> on one line can only be meant as the operator.</summary>
    private bool IsOperandOnSameLine()
    {
        var kind = PeekKind(out var newLine);
        if (kind is TokenKind.In or TokenKind.InstanceOf && !isTypeScript)
        {
            return false;
        }

        return !newLine && (IsIdentifierName(kind) || kind is TokenKind.NumericLiteral or TokenKind.BigIntLiteral or TokenKind.StringLiteral);
    }

    private YieldExpression ParseYield()
    {
        var start = Start;
        Next();
        if (NewLineBefore || (Kind != TokenKind.Asterisk && !CanStartExpression()))
        {
            return new YieldExpression(start, PreviousEnd, null);
        }

        var delegates = Optional(TokenKind.Asterisk);
        var operand = ParseAssignmentExpression();
        return new YieldExpression(start, PreviousEnd, operand) { Flags = delegates ? NodeFlags.Generator : NodeFlags.None };
    }

    private Expression ParseBinaryExpression(int precedence)
    {
        var start = Start;
        var left = ParseUnaryExpression();
        return PrecedenceOf(Kind) == 0 && Kind != TokenKind.LessThanSlash ? left : ParseBinaryRest(start, left, precedence);
    }

    /// <summary>
    /// <c>a &lt;/b/</c> compares with a regular expression. TypeScript takes <c>&lt;/</c> for a closing tag wherever JSX may stand, JavaScript engines do not.
    /// </summary>
    private TokenKind RescanLessThanSlash() => isTypeScript ? Kind : lexer.RescanLessThan();

    /// <summary>Precedence climbing: equal precedence loops, so that long left-deep chains take no stack.</summary>
    private Expression ParseBinaryRest(int start, Expression left, int precedence)
    {
        while (true)
        {
            var kind = Kind == TokenKind.LessThanSlash ? RescanLessThanSlash() : lexer.RescanGreaterThan();
            var next = PrecedenceOf(kind);
            if (kind == TokenKind.AsteriskAsterisk ? next < precedence : next <= precedence)
            {
                return left;
            }

            switch (kind)
            {
                case TokenKind.In when (context & ParseContext.NoIn) != 0:
                    return left;
                case TokenKind.As:
                case TokenKind.Satisfies:
                    if (NewLineBefore)
                    {
                        return left;
                    }

                    var mark = erasures.Count;
                    Next();
                    var type = kind == TokenKind.As ? ParseAssertedType() : ParseType();
                    left = new AssertionExpression(kind == TokenKind.As ? SyntaxKind.AsExpression : SyntaxKind.SatisfiesExpression, start, PreviousEnd, left, type);
                    Erase(mark, left is AssertionExpression assertion ? assertion.Expression.End : start, PreviousEnd, ErasureKind.Inline,
                        kind == TokenKind.As ? DiagnosticCodes.TypeAssertionInJavaScript : DiagnosticCodes.SatisfiesInJavaScript);
                    continue;
            }

            var operatorStart = Start;
            if (kind == TokenKind.LessThan && string.CompareOrdinal(text, operatorStart, "<!--", 0, 4) == 0)
            {
                // JavaScript would read a comment (ECMA-262 B.1.1).
                needsTransform = true;
            }

            Next();
            if (!Enter())
            {
                return left;
            }

            var right = ParseBinaryExpression(next);
            depth--;
            left = new BinaryExpression(start, PreviousEnd, left, kind, operatorStart, right);
        }
    }

    private Expression ParseUnaryExpression()
    {
        switch (Kind)
        {
            case TokenKind.Plus or TokenKind.Minus or TokenKind.Tilde or TokenKind.Exclamation or TokenKind.Delete or TokenKind.TypeOf or TokenKind.Void:
            case TokenKind.Await:
            case TokenKind.LessThan when !isJsx:
                break;
            default:
                return ParseUpdateExpression();
        }

        var start = Start;
        var kind = Kind;
        var operand = ParseSimpleUnary();
        if (Kind == TokenKind.AsteriskAsterisk && (kind != TokenKind.Await || operand is AwaitExpression))
        {
            if (operand is AssertionExpression)
            {
                Report(DiagnosticCodes.AssertionBeforeExponent, start, operand.End);
            }
            else
            {
                Report(DiagnosticCodes.UnaryBeforeExponent, start, operand.End, TokenNames.Of(kind));
            }
        }

        return operand;
    }

    private Expression ParseSimpleUnary()
    {
        switch (Kind)
        {
            case TokenKind.Plus or TokenKind.Minus or TokenKind.Tilde or TokenKind.Exclamation or TokenKind.Delete or TokenKind.TypeOf or TokenKind.Void:
            case TokenKind.Await:
            case TokenKind.LessThan when !isJsx:
                break;
            default:
                return ParseUpdateExpression();
        }

        if (!Enter())
        {
            return MissingIdentifier();
        }

        var start = Start;
        var kind = Kind;
        Expression result;
        switch (kind)
        {
            case TokenKind.Await:
                if ((context & ParseContext.Await) != 0 || IsOperandOnSameLine())
                {
                    if ((context & ParseContext.Function) == 0)
                    {
                        hasTopLevelAwait = true;
                    }

                    Next();
                    var awaited = ParseSimpleUnary();
                    result = new AwaitExpression(start, PreviousEnd, awaited);
                }
                else
                {
                    result = ParseUpdateExpression();
                }

                break;
            case TokenKind.LessThan:
                var mark = erasures.Count;
                Next();
                var type = ParseAssertedType();
                ExpectGreaterThan();
                Erase(mark, start, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.TypeAssertionInJavaScript);
                var expression = ParseSimpleUnary();
                result = new AssertionExpression(SyntaxKind.TypeAssertion, start, PreviousEnd, expression, type);
                break;
            default:
                Next();
                var operand = ParseSimpleUnary();
                result = new PrefixUnaryExpression(start, PreviousEnd, kind, operand);
                break;
        }

        depth--;
        return result;
    }

    private Expression ParseUpdateExpression()
    {
        var start = Start;
        if (Kind is TokenKind.PlusPlus or TokenKind.MinusMinus)
        {
            var prefix = Kind;
            Next();
            var target = ParseLeftHandSideExpression();
            return new PrefixUnaryExpression(start, PreviousEnd, prefix, target);
        }

        if (isJsx && Kind == TokenKind.LessThan && PeekKind() is var after && (IsIdentifierName(after) || after == TokenKind.GreaterThan))
        {
            return ParseJsxInExpression();
        }

        var operand = ParseLeftHandSideExpression();
        if (Kind is TokenKind.PlusPlus or TokenKind.MinusMinus && !NewLineBefore)
        {
            var postfix = Kind;
            Next();
            return new PostfixUnaryExpression(start, PreviousEnd, operand, postfix);
        }

        return operand;
    }

    private Expression ParseLeftHandSideExpression()
    {
        var start = Start;
        Expression expression;
        switch (Kind)
        {
            case TokenKind.Import:
                expression = ParseImportExpression();
                break;
            case TokenKind.Super:
                expression = ParseSuper();
                break;
            default:
                expression = ParsePrimaryExpression();
                break;
        }

        return ParseCallRest(start, expression);
    }

    private KeywordExpression ParseSuper()
    {
        var start = Start;
        Next();
        if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan)
        {
            var argumentsStart = Start;
            if (ParseTypeArgumentsInExpression() is not null)
            {
                Report(DiagnosticCodes.SuperTypeArguments, argumentsStart, PreviousEnd);
            }
        }

        if (Kind is not (TokenKind.OpenParen or TokenKind.Dot or TokenKind.OpenBracket))
        {
            ReportHere(DiagnosticCodes.SuperMustBeFollowed);
        }

        return new KeywordExpression(SyntaxKind.SuperKeyword, start, PreviousEnd);
    }

    /// <summary><c>import(x)</c>, <c>import.meta</c>, <c>import.defer(x)</c>, <c>import.source(x)</c>.</summary>
    private Expression ParseImportExpression()
    {
        var start = Start;
        Next();
        var phase = ImportPhase.Evaluation;
        if (Optional(TokenKind.Dot))
        {
            if (Kind == TokenKind.Identifier && TokenText is "meta")
            {
                Next();
                hasImportMeta = true;
                return new MetaProperty(SyntaxKind.ImportMeta, start, PreviousEnd);
            }

            if (Kind is TokenKind.Defer or TokenKind.Source)
            {
                phase = Kind == TokenKind.Defer ? ImportPhase.Defer : ImportPhase.Source;
                Next();
            }
            else
            {
                ReportHere(DiagnosticCodes.ImportMetaExpected, "meta");
                if (IsIdentifierName(Kind))
                {
                    Next();
                }

                return new MetaProperty(SyntaxKind.ImportMeta, start, PreviousEnd);
            }
        }
        else if (Kind == TokenKind.LessThan)
        {
            ParseTypeArgumentsInExpression();
        }

        var arguments = ParseArguments();
        var call = new ImportCallExpression(start, PreviousEnd, phase, arguments);
        AddReference(call);
        return call;
    }

    /// <summary>Accesses, calls, templates, <c>!</c> and type arguments after an expression, in a loop.</summary>
    /// <param name="allowCalls">False after <c>new</c>, whose arguments belong to it.</param>
    private Expression ParseCallRest(int start, Expression expression, bool allowCalls = true)
    {
        while (true)
        {
            switch (Kind)
            {
                case TokenKind.Dot:
                    Next();
                    expression = ParseAccess(start, expression, questionDot: false);
                    continue;
                case TokenKind.QuestionDot when allowCalls:
                    if (!TryParseOptionalLink(start, ref expression))
                    {
                        return expression;
                    }

                    continue;
                case TokenKind.OpenBracket when (context & ParseContext.Decorator) == 0:
                    expression = ParseElementAccess(start, expression, questionDot: false);
                    continue;
                case TokenKind.OpenParen when allowCalls:
                    var arguments = ParseArguments();
                    if (expression is ExpressionWithTypeArguments instantiation)
                    {
                        expression = NewCall(start, instantiation.Expression, instantiation.TypeArguments, arguments, instantiation.Flags & NodeFlags.QuestionDot);
                    }
                    else
                    {
                        expression = NewCall(start, expression, [], arguments, NodeFlags.None);
                    }

                    NoteReference((CallExpression)expression);
                    continue;
                case TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead:
                    expression = ParseTaggedTemplate(start, expression);
                    continue;
                case TokenKind.Exclamation when !NewLineBefore:
                    var erasureMark = erasures.Count;
                    var markStart = Start;
                    Next();
                    expression = new NonNullExpression(start, PreviousEnd, expression);
                    Erase(erasureMark, markStart, PreviousEnd, ErasureKind.Inline, DiagnosticCodes.NonNullInJavaScript);
                    continue;
                case TokenKind.LessThan or TokenKind.LessThanLessThan when isTypeScript:
                    var typeArguments = ParseTypeArgumentsInExpression();
                    if (typeArguments is null)
                    {
                        return expression;
                    }

                    expression = new ExpressionWithTypeArguments(start, PreviousEnd, expression, typeArguments);
                    continue;
                default:
                    return expression;
            }
        }
    }

    private CallExpression NewCall(int start, Expression callee, TypeNode[] typeArguments, Expression[] arguments, NodeFlags flags) =>
        new(start, PreviousEnd, callee, typeArguments, arguments) { Flags = flags | (lastListHadTrailingComma ? NodeFlags.TrailingComma : NodeFlags.None) };

    private void NoteReference(CallExpression call)
    {
        if (call.Arguments.Length == 0)
        {
            return;
        }

        var isReference = call.Expression switch
        {
            Identifier name => name.Length == 7 && text.AsSpan(name.Start, 7) is "require",
            PropertyAccessExpression { Expression: MetaProperty { Kind: SyntaxKind.ImportMeta }, Name: Identifier resolve } => text.AsSpan(resolve.Start, resolve.Length) is "resolve",
            _ => false,
        };
        if (isReference)
        {
            AddReference(call);
        }
    }

    private PropertyAccessExpression ParseAccess(int start, Expression expression, bool questionDot)
    {
        if (expression is ExpressionWithTypeArguments { TypeArguments: [var first, ..] })
        {
            Report(DiagnosticCodes.InstantiationPropertyAccess, first.Start - 1, expression.End);
        }

        Expression name;
        if (Kind == TokenKind.PrivateIdentifier)
        {
            if (questionDot && isTypeScript)
            {
                // Engines allow it by now, typescript's parser does not.
                ReportHere(DiagnosticCodes.PrivateInOptionalChain);
            }

            name = TakePrivateIdentifier();
        }
        else if (NewLineBefore && StartsWordsOnThisLine())
        {
            // A dot that nothing follows: the next line is a statement of its own.
            Report(DiagnosticCodes.IdentifierExpected, PreviousEnd, PreviousEnd);
            name = MissingIdentifier();
        }
        else
        {
            name = ParsePropertyIdentifier();
        }

        return new PropertyAccessExpression(start, PreviousEnd, expression, name) { Flags = questionDot ? NodeFlags.QuestionDot : NodeFlags.None };
    }

    /// <summary>Two words side by side of which the second is no operator: <c>return x</c>, <c>let y</c>, but not <c>y in z</c>.</summary>
    private bool StartsWordsOnThisLine() =>
        IsIdentifierName(Kind) && PeekKind(out var newLine) is var next && !newLine && IsIdentifierName(next) && PrecedenceOf(next) == 0 && next != TokenKind.Of;

    private ElementAccessExpression ParseElementAccess(int start, Expression expression, bool questionDot)
    {
        var open = Start;
        Next();
        Expression argument;
        if (Kind == TokenKind.CloseBracket)
        {
            ReportHere(DiagnosticCodes.ElementAccessArgument);
            argument = MissingIdentifier();
        }
        else
        {
            argument = ParseExpressionAllowIn();
        }

        ExpectClosing(TokenKind.CloseBracket, open);
        return new ElementAccessExpression(start, PreviousEnd, expression, argument) { Flags = questionDot ? NodeFlags.QuestionDot : NodeFlags.None };
    }

    private bool TryParseOptionalLink(int start, ref Expression expression)
    {
        Next();
        if (IsIdentifierName(Kind) || Kind == TokenKind.PrivateIdentifier)
        {
            expression = ParseAccess(start, expression, questionDot: true);
            return true;
        }

        if (Kind == TokenKind.OpenBracket)
        {
            expression = ParseElementAccess(start, expression, questionDot: true);
            return true;
        }

        TypeNode[] typeArguments = [];
        if (Kind is TokenKind.LessThan or TokenKind.LessThanLessThan && isTypeScript)
        {
            typeArguments = ParseTypeArgumentsInExpression() ?? [];
        }

        if (Kind == TokenKind.OpenParen)
        {
            var arguments = ParseArguments();
            expression = NewCall(start, expression, typeArguments, arguments, NodeFlags.QuestionDot);
            return true;
        }

        if (Kind is TokenKind.NoSubstitutionTemplateLiteral or TokenKind.TemplateHead)
        {
            expression = ParseTaggedTemplate(start, expression);
            expression.Flags |= NodeFlags.QuestionDot;
            return true;
        }

        ReportHere(DiagnosticCodes.IdentifierExpected);
        return false;
    }

    private TaggedTemplateExpression ParseTaggedTemplate(int start, Expression tag)
    {
        TypeNode[] typeArguments = [];
        if (tag is ExpressionWithTypeArguments instantiation)
        {
            tag = instantiation.Expression;
            typeArguments = instantiation.TypeArguments;
        }

        var template = ParseTemplate(isTagged: true);
        return new TaggedTemplateExpression(start, PreviousEnd, tag, typeArguments, template);
    }

    private Expression[] ParseArguments()
    {
        var open = Start;
        if (!Expect(TokenKind.OpenParen))
        {
            return [];
        }

        var saved = context;
        context &= ~(ParseContext.NoIn | ParseContext.Decorator);
        var arguments = ParseElements(TokenKind.CloseParen, allowHoles: false);
        context = saved;
        ExpectClosing(TokenKind.CloseParen, open);
        return arguments;
    }

    /// <summary>Arguments or array elements up to the closing bracket, which stays.</summary>
    private Expression[] ParseElements(TokenKind close, bool allowHoles)
    {
        var mark = scratchCount;
        var trailingComma = false;
        var outer = EnterList(allowHoles ? ListKind.ArrayElements : ListKind.Arguments);
        while (Kind != close && Kind != TokenKind.EndOfFile && !(Kind == TokenKind.Semicolon && !allowHoles))
        {
            var before = Start;
            if (Kind == TokenKind.Comma && allowHoles)
            {
                Push(new OmittedExpression(Start));
                Next();
                trailingComma = true;
                continue;
            }

            if (Kind == TokenKind.DotDotDot)
            {
                var spreadStart = Start;
                Next();
                var spread = ParseAssignmentExpression();
                Push(new SpreadElement(spreadStart, PreviousEnd, spread));
            }
            else if (CanStartExpression())
            {
                Push(ParseAssignmentExpression());
            }
            else
            {
                if (LeavesList(close == TokenKind.CloseParen ? DiagnosticCodes.ArgumentExpressionExpected : DiagnosticCodes.ExpressionOrCommaExpected))
                {
                    break;
                }

                continue;
            }

            trailingComma = TakeSeparator(close, before);
        }

        lists = outer;
        lastListHadTrailingComma = trailingComma;
        return Drain<Expression>(mark);
    }
}
