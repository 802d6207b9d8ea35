using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.RegularExpressions;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>
/// Expressions (ECMA-262 §13). Whatever the parser reads in a loop (operators, accesses, calls, assignments) is walked in a loop, the
/// operand that the chain goes on with last.
/// </content>
internal sealed partial class EarlyErrorChecker
{
    private void VisitExpression(Expression? expression)
    {
        if (expression is null || !Enter(expression))
        {
            return;
        }

        while (expression is not null)
        {
            expression = VisitAndContinue(expression);
        }

        depth--;
    }

    private void VisitExpressions(Expression[] expressions)
    {
        foreach (var expression in expressions)
        {
            VisitExpression(expression);
        }
    }

    /// <summary>Checks one node and all its operands but one, which is returned to go on with; null when there is none.</summary>
    private Expression? VisitAndContinue(Expression expression)
    {
        switch (expression)
        {
            case Identifier n:
                CheckName(n, NameUse.Reference);
                return null;
            case PropertyAccessExpression n:
                if (n.Name is PrivateIdentifier privateName)
                {
                    CheckPrivateReference(privateName);
                    if (n.Expression.Kind == SyntaxKind.SuperKeyword)
                    {
                        Report(DiagnosticCodes.PrivateOnSuper, privateName);
                    }
                }

                return ContinueBehindSuper(n.Expression, isCall: false);
            case CallExpression n:
                VisitExpressions(n.Arguments);
                if (n.Has(NodeFlags.QuestionDot) && n.Expression.Kind == SyntaxKind.SuperKeyword)
                {
                    Report(DiagnosticCodes.SuperMustBeFollowed, n.Expression);
                }

                return ContinueBehindSuper(n.Expression, isCall: true);
            case ElementAccessExpression n:
                VisitExpression(n.Argument);
                return ContinueBehindSuper(n.Expression, isCall: false);
            case BinaryExpression n:
                return VisitBinary(n);
            case StringLiteral n:
                CheckStringLiteral(n);
                return null;
            case Literal n:
                CheckLiteral(n);
                return null;
            case ArrowFunction n:
                if (n.Has(NodeFlags.LineBreakBeforeArrow))
                {
                    Report(DiagnosticCodes.LineBreakBeforeArrow, n.Arrow, n.Arrow + 2);
                }

                VisitFunction(n, null, n.Parameters, n.Body, ShapeOf(n) | FunctionShape.Arrow);
                return null;
            case FunctionExpression n:
                VisitFunction(n, n.Name, n.Parameters, n.Body, ShapeOf(n));
                return null;
            case ObjectLiteralExpression n:
                VisitObjectLiteral(n);
                return null;
            case ArrayLiteralExpression n:
                VisitExpressions(n.Elements);
                return null;
            case ParenthesizedExpression n:
                return n.Expression;
            case NonNullExpression n:
                return n.Expression;
            case AssertionExpression n:
                return n.Expression;
            case ConditionalExpression n:
                VisitExpression(n.Condition);
                VisitExpression(n.WhenTrue);
                return n.WhenFalse;
            case NewExpression n:
                VisitExpressions(n.Arguments ?? []);
                return n.Expression;
            case PrefixUnaryExpression n:
                return VisitPrefix(n);
            case PostfixUnaryExpression n:
                VisitTarget(n.Operand, TargetUse.Update);
                return null;
            case AwaitExpression n:
                CheckAwait(n);
                return n.Expression;
            case YieldExpression n:
                CheckYield(n);
                return n.Expression;
            case TemplateExpression n:
                VisitExpressions(n.Expressions);
                return null;
            case TaggedTemplateExpression n:
                if (n.Has(NodeFlags.QuestionDot) || IsOptionalChain(n.Tag))
                {
                    Report(DiagnosticCodes.TemplateInOptionalChain, n.Template);
                }

                VisitExpression(n.Template);
                return n.Tag;
            case SpreadElement n:
                return n.Expression;
            case ClassExpression n:
                VisitClass(n.Modifiers, n.Name, n.Extends, n.Members);
                return null;
            case ImportCallExpression n:
                CheckImportCall(n);
                VisitExpressions(n.Arguments);
                return null;
            case MetaProperty n:
                CheckMetaProperty(n);
                return null;
            case KeywordExpression n:
                if (n.Kind == SyntaxKind.SuperKeyword)
                {
                    Report(DiagnosticCodes.SuperMustBeFollowed, n);
                }

                return null;
            case PrivateIdentifier n:
                Report(DiagnosticCodes.PrivateNotInExpression, n);
                return null;
            case ExpressionWithTypeArguments n:
                return n.Expression;
            case OmittedExpression:
                return null;
            default:
                VisitJsx(expression);
                return null;
        }
    }

    private Expression? ContinueBehindSuper(Expression target, bool isCall)
    {
        if (target.Kind != SyntaxKind.SuperKeyword)
        {
            return target;
        }

        if (isCall)
        {
            if ((context & CheckContext.SuperCall) == 0)
            {
                Report(DiagnosticCodes.SuperCallOutside, target);
            }
        }
        else if ((context & CheckContext.SuperProperty) == 0)
        {
            Report(DiagnosticCodes.SuperPropertyOutside, target);
        }

        return null;
    }

    private Expression? VisitBinary(BinaryExpression n)
    {
        switch (n.Operator)
        {
            case TokenKind.Equals:
                VisitTarget(n.Left, TargetUse.Assignment);
                return n.Right;
            case TokenKind.In when n.Left is PrivateIdentifier name:
                CheckPrivateReference(name);
                return n.Right;
            case TokenKind.QuestionQuestion:
                CheckMixing(n, n.Left, TokenKind.BarBar, TokenKind.AmpersandAmpersand);
                CheckMixing(n, n.Right, TokenKind.BarBar, TokenKind.AmpersandAmpersand);
                break;
            case TokenKind.BarBar or TokenKind.AmpersandAmpersand:
                CheckMixing(n, n.Left, TokenKind.QuestionQuestion, TokenKind.QuestionQuestion);
                CheckMixing(n, n.Right, TokenKind.QuestionQuestion, TokenKind.QuestionQuestion);
                break;
            default:
                if (TokenFacts.IsAssignmentOperator(n.Operator))
                {
                    VisitTarget(n.Left, n.Operator is TokenKind.BarBarEquals or TokenKind.AmpersandAmpersandEquals or TokenKind.QuestionQuestionEquals ? TargetUse.LogicalAssignment : TargetUse.CompoundAssignment);
                    return n.Right;
                }

                break;
        }

        // Left-deep: the left side is the long one.
        VisitExpression(n.Right);
        return n.Left;
    }

    /// <summary><c>a ?? b || c</c> needs parentheses (ECMA-262 §13.13).</summary>
    private void CheckMixing(BinaryExpression outer, Expression operand, TokenKind forbidden, TokenKind alsoForbidden)
    {
        if (operand is BinaryExpression inner && (inner.Operator == forbidden || inner.Operator == alsoForbidden))
        {
            Report(DiagnosticCodes.MixedCoalesce, inner, SpellingOf(inner.Operator), SpellingOf(outer.Operator));
        }

        static string SpellingOf(TokenKind kind) => kind switch
        {
            TokenKind.BarBar => "||",
            TokenKind.AmpersandAmpersand => "&&",
            _ => "??",
        };
    }

    private Expression? VisitPrefix(PrefixUnaryExpression n)
    {
        switch (n.Operator)
        {
            case TokenKind.PlusPlus or TokenKind.MinusMinus:
                VisitTarget(n.Operand, TargetUse.Update);
                return null;
            case TokenKind.Delete:
                var target = Unwrapped(n.Operand);
                if (target is Identifier && IsStrict)
                {
                    Report(DiagnosticCodes.DeleteIdentifier, n.Operand);
                }
                else if (target is PropertyAccessExpression { Name: PrivateIdentifier })
                {
                    Report(DiagnosticCodes.DeletePrivate, n.Operand);
                }

                break;
        }

        return n.Operand;
    }

    /// <summary>Without parentheses and TypeScript's assertions.</summary>
    private static Expression Unwrapped(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpression n: expression = n.Expression; break;
                case NonNullExpression n: expression = n.Expression; break;
                case AssertionExpression n: expression = n.Expression; break;
                default: return expression;
            }
        }
    }

    private void CheckAwait(AwaitExpression n)
    {
        if ((context & (CheckContext.Await | CheckContext.NoAwaitExpression)) != CheckContext.Await)
        {
            var code = (context & CheckContext.NoAwaitExpression) != 0 && (context & CheckContext.NoArguments) != 0 ? DiagnosticCodes.AwaitInStaticBlock : DiagnosticCodes.AwaitOutsideAsync;
            Report(code, n.Start, n.Start + "await".Length);
        }
    }

    private void CheckYield(YieldExpression n)
    {
        if ((context & (CheckContext.Yield | CheckContext.NoYieldExpression)) != CheckContext.Yield)
        {
            Report((context & CheckContext.NoYieldExpression) != 0 ? DiagnosticCodes.YieldInParameters : DiagnosticCodes.YieldOutsideGenerator, n.Start, n.Start + "yield".Length);
        }
    }

    private void CheckImportCall(ImportCallExpression n)
    {
        var most = n.Phase == ImportPhase.Evaluation ? 2 : 1;
        if (n.Arguments.Length == 0 || n.Arguments.Length > most)
        {
            Report(DiagnosticCodes.ImportCallArguments, n);
        }

        foreach (var argument in n.Arguments)
        {
            if (argument is SpreadElement)
            {
                Report(DiagnosticCodes.ImportCallSpread, argument);
            }
        }
    }

    private void CheckMetaProperty(MetaProperty n)
    {
        if (n.Kind == SyntaxKind.NewTarget)
        {
            if ((context & CheckContext.NewTarget) == 0)
            {
                Report(DiagnosticCodes.NewTargetOutside, n, "new.target");
            }
        }
        else if (!isModule)
        {
            Report(DiagnosticCodes.ImportMetaOutsideModule, n);
        }
    }

    private void CheckPrivateReference(PrivateIdentifier name)
    {
        if (!privateNames.InClass)
        {
            Report(DiagnosticCodes.PrivateNotAllowedHere, name);
        }
        else if (!privateNames.IsDeclared(NumberOf(name)))
        {
            Report(DiagnosticCodes.PrivateUndeclared, name, NameOf(name).ToString());
        }
    }

    /// <summary>The access or call belongs to a chain with <c>?.</c> in it. Cost is that of the chain, which a template ends.</summary>
    private static bool IsOptionalChain(Expression expression)
    {
        while (true)
        {
            if (expression.Has(NodeFlags.QuestionDot))
            {
                return true;
            }

            switch (expression)
            {
                case PropertyAccessExpression n: expression = n.Expression; break;
                case ElementAccessExpression n: expression = n.Expression; break;
                case CallExpression n: expression = n.Expression; break;
                case NonNullExpression n: expression = n.Expression; break;
                default: return false;
            }
        }
    }

    private void VisitObjectLiteral(ObjectLiteralExpression literal)
    {
        var sawProto = false;
        foreach (var property in literal.Properties)
        {
            if (property is ShorthandPropertyAssignment { ObjectAssignmentInitializer: not null } shorthand)
            {
                Report(DiagnosticCodes.ShorthandInitializer, EqualsSign(shorthand), EqualsSign(shorthand) + 1);
            }

            if (property is PropertyAssignment { Name: Identifier or StringLiteral } assignment && PropertyNameOf(assignment.Name) is "__proto__")
            {
                if (sawProto)
                {
                    Report(DiagnosticCodes.DuplicateProto, assignment.Name);
                }

                sawProto = true;
            }

            VisitObjectMember(property);
        }
    }

    /// <summary>Between the name and the initializer stands nothing but trivia and the sign.</summary>
    private int EqualsSign(ShorthandPropertyAssignment shorthand)
    {
        var at = shorthand.ObjectAssignmentInitializer!.Start - 1;
        while (at > shorthand.Name.End && text[at] != '=')
        {
            at--;
        }

        return at;
    }

    private void VisitObjectMember(Node property)
    {
        switch (property)
        {
            case PropertyAssignment n:
                CheckNoModifiers(n, n.Name);
                VisitPropertyName(n.Name);
                CheckPrivateMember(n.Name);
                VisitExpression(n.Initializer);
                break;
            case ShorthandPropertyAssignment n:
                CheckNoModifiers(n, n.Name);
                CheckName(n.Name, NameUse.Reference);
                VisitExpression(n.ObjectAssignmentInitializer);
                break;
            case SpreadAssignment n:
                VisitExpression(n.Expression);
                break;
            case MethodDeclaration n:
                CheckModifiers(n.Modifiers, ModifierFlags.Async);
                VisitPropertyName(n.Name);
                CheckPrivateMember(n.Name);
                if (n.Body is not null)
                {
                    VisitFunction(n, null, n.Parameters, n.Body, ShapeOf(n) | FunctionShape.Method);
                }

                break;
            case AccessorDeclaration n:
                CheckModifiers(n.Modifiers, ModifierFlags.None);
                VisitPropertyName(n.Name);
                CheckPrivateMember(n.Name);
                CheckAccessor(n);
                if (n.Body is not null)
                {
                    VisitFunction(n, null, n.Parameters, n.Body, FunctionShape.Method);
                }

                break;
        }
    }

    /// <summary><c>{ async x: 1 }</c>: the parser reads modifiers before it knows that no method follows.</summary>
    private void CheckNoModifiers(Node property, Node name)
    {
        if (property.Start < name.Start)
        {
            var modifier = text.AsSpan(property.Start, name.Start - property.Start);
            var length = modifier.IndexOfAnyExceptInRange('a', 'z');
            Report(DiagnosticCodes.ModifierNotAllowed, property.Start, name.Start, (length > 0 ? modifier[..length] : modifier).ToString());
        }
    }

    private void CheckPrivateMember(Node name)
    {
        if (name is PrivateIdentifier)
        {
            Report(DiagnosticCodes.PrivateNotAllowedHere, name);
        }
    }

    // Literals.

    private void CheckLiteral(Literal literal)
    {
        if (literal.Kind == SyntaxKind.NumericLiteral)
        {
            CheckNumericLiteral(literal);
        }
        else if (literal.Kind == SyntaxKind.RegularExpressionLiteral)
        {
            RegularExpressionChecker.Check(text, literal.Start, literal.End, diagnostics);
        }
    }

    /// <summary><c>010</c> and <c>09</c> are for sloppy scripts (ECMA-262 B.1.1).</summary>
    private void CheckNumericLiteral(Literal literal)
    {
        if (IsStrict && literal.Length > 1 && text[literal.Start] == '0' && Lexing.CharacterFacts.IsDigit(text[literal.Start + 1]))
        {
            Report(Slice(literal).IndexOfAny('8', '9') >= 0 ? DiagnosticCodes.LeadingZero : DiagnosticCodes.LegacyOctal, literal);
        }
    }

    private void CheckStringLiteral(StringLiteral literal)
    {
        if (!IsStrict || !literal.Has(NodeFlags.HasEscape))
        {
            return;
        }

        var slice = Slice(literal);
        for (var at = slice.IndexOf('\\'); at >= 0 && at + 1 < slice.Length;)
        {
            var c = slice[at + 1];
            if (c is '8' or '9')
            {
                Report(DiagnosticCodes.DigitEscape, literal.Start + at, literal.Start + at + 2);
                return;
            }

            if (c is >= '1' and <= '7' || (c == '0' && at + 2 < slice.Length && Lexing.CharacterFacts.IsDigit(slice[at + 2])))
            {
                Report(DiagnosticCodes.OctalEscape, literal.Start + at, literal.Start + at + 2);
                return;
            }

            var next = slice[(at + 2)..].IndexOf('\\');
            at = next < 0 ? -1 : at + 2 + next;
        }
    }

    // JSX.

    private void VisitJsx(Expression expression)
    {
        switch (expression)
        {
            case JsxElement n:
                VisitExpression(n.Opening);
                VisitJsxChildren(n.Children);
                break;
            case JsxFragment n:
                VisitJsxChildren(n.Children);
                break;
            case JsxOpeningElement n:
                VisitExpression(n.TagName is JsxNamespacedName || n.TagName is Identifier ? null : n.TagName);
                foreach (var attribute in n.Attributes)
                {
                    switch (attribute)
                    {
                        case JsxSpreadAttribute spread:
                            VisitExpression(spread.Expression);
                            break;
                        case JsxAttribute { Initializer: { } value } when value is not StringLiteral:
                            VisitExpression(value);
                            break;
                    }
                }

                break;
            case JsxExpression n:
                VisitExpression(n.Expression);
                break;
            case JsxNamespacedName:
                break;
            default:
                throw new InvalidOperationException($"Unknown expression {expression.Kind}.");
        }
    }

    private void VisitJsxChildren(Node[] children)
    {
        foreach (var child in children)
        {
            if (child is Expression expression)
            {
                VisitExpression(expression);
            }
        }
    }
}
