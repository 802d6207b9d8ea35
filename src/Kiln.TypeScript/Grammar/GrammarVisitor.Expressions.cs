using Kiln.TypeScript.Diagnostics;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <content>Expressions and JSX.</content>
internal sealed partial class GrammarVisitor
{
    private void VisitOptional(Expression? expression)
    {
        if (expression is not null)
        {
            VisitExpression(expression);
        }
    }

    private void VisitExpressions(Expression[] expressions)
    {
        foreach (var expression in expressions)
        {
            VisitExpression(expression);
        }
    }

    private void VisitExpression(Expression expression)
    {
        // Leaves make up half of all expressions.
        if (expression is Identifier or StringLiteral or Literal or KeywordExpression or PrivateIdentifier or OmittedExpression or MetaProperty || !Enter(expression))
        {
            return;
        }

        VisitExpressionCore(expression);
        depth--;
    }

    private void VisitExpressionCore(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                // Chains: the loop takes the place of the recursion into the operand that can be a long chain itself.
                case PropertyAccessExpression access:
                    expression = access.Expression;
                    continue;
                case ElementAccessExpression access:
                    VisitExpression(access.Argument);
                    expression = access.Expression;
                    continue;
                case CallExpression call:
                    VisitTypes(call.TypeArguments);
                    VisitExpressions(call.Arguments);
                    expression = call.Expression;
                    continue;
                case NonNullExpression inner:
                    expression = inner.Expression;
                    continue;
                case AssertionExpression assertion:
                    VisitType(assertion.Type);
                    expression = assertion.Expression;
                    continue;
                case ExpressionWithTypeArguments inner:
                    VisitTypes(inner.TypeArguments);
                    expression = inner.Expression;
                    continue;
                case TaggedTemplateExpression tagged:
                    VisitTypes(tagged.TypeArguments);
                    VisitExpression(tagged.Template);
                    expression = tagged.Tag;
                    continue;
                case ParenthesizedExpression inner:
                    expression = inner.Expression;
                    continue;
                case ConditionalExpression conditional:
                    VisitExpression(conditional.Condition);
                    VisitExpression(conditional.WhenTrue);
                    expression = conditional.WhenFalse;
                    continue;
                case BinaryExpression { Operator: TokenKind.Equals } assignment:
                    VisitAssignmentTarget(assignment.Left);
                    expression = assignment.Right;
                    continue;
                case BinaryExpression binary when TokenFacts.IsAssignmentOperator(binary.Operator):
                    VisitExpression(binary.Left);
                    expression = binary.Right;
                    continue;
                case BinaryExpression binary:
                    VisitExpression(binary.Right);
                    expression = binary.Left;
                    continue;
                default:
                    VisitSimpleExpression(expression);
                    return;
            }
        }
    }

    private void VisitSimpleExpression(Expression expression)
    {
        switch (expression)
        {
            case Identifier or StringLiteral or Literal or KeywordExpression or PrivateIdentifier or OmittedExpression or MetaProperty: break;
            case TemplateExpression template: VisitExpressions(template.Expressions); break;
            case ArrayLiteralExpression array: VisitExpressions(array.Elements); break;
            case ObjectLiteralExpression literal: VisitObjectLiteral(literal, isTarget: false); break;
            case SpreadElement spread: VisitExpression(spread.Expression); break;
            case FunctionExpression function: VisitFunctionExpression(function); break;
            case ArrowFunction arrow: VisitArrow(arrow); break;
            case ClassExpression type: VisitClassExpression(type); break;
            case ImportCallExpression call: VisitExpressions(call.Arguments); break;
            case NewExpression creation:
                VisitExpression(creation.Expression);
                VisitTypes(creation.TypeArguments);
                VisitExpressions(creation.Arguments ?? []);
                break;
            case PrefixUnaryExpression unary: VisitExpression(unary.Operand); break;
            case PostfixUnaryExpression unary: VisitExpression(unary.Operand); break;
            case YieldExpression yield: VisitOptional(yield.Expression); break;
            case AwaitExpression await: VisitExpression(await.Expression); break;
            case JsxElement element:
                VisitJsxOpening(element.Opening);
                VisitJsxChildren(element.Children);
                break;
            case JsxOpeningElement element: VisitJsxOpening(element); break;
            case JsxFragment fragment: VisitJsxChildren(fragment.Children); break;
            case JsxExpression inner: VisitJsxExpression(inner); break;
            case JsxNamespacedName: break;
            default: throw new InvalidOperationException($"Unknown expression {expression.Kind}.");
        }
    }

    /// <summary>The left side of <c>=</c> or a loop's variable: object literals in it are patterns.</summary>
    private void VisitAssignmentTarget(Expression target)
    {
        if (!Enter(target))
        {
            return;
        }

        switch (target)
        {
            case ObjectLiteralExpression literal:
                VisitObjectLiteral(literal, isTarget: true);
                break;
            case ArrayLiteralExpression array:
                foreach (var element in array.Elements)
                {
                    VisitAssignmentTarget(element is SpreadElement spread ? spread.Expression : element);
                }

                break;
            case BinaryExpression { Operator: TokenKind.Equals } withDefault:
                VisitAssignmentTarget(withDefault.Left);
                VisitExpression(withDefault.Right);
                break;
            case ParenthesizedExpression inner:
                VisitAssignmentTarget(inner.Expression);
                break;
            default:
                VisitExpression(target);
                break;
        }

        depth--;
    }

    private void VisitFunctionExpression(FunctionExpression function)
    {
        if (!CheckAmbientAsync(function) && !CheckParameterList(function.Parameters) && ambient)
        {
            CheckGenerator(function, Trivia.Skip(text, function.Start + "function".Length), hasBody: true);
        }

        var saved = thisTypeAllowed;
        thisTypeAllowed = false;
        VisitTypeParameters(function.TypeParameters, TypeParameterOwner.Function);
        VisitParameters(function.Parameters, ParameterOwner.Function, hasBody: true, mayBeDecorated: false);
        VisitReturnType(function.Type, function.Parameters, mayBePredicate: true);
        VisitFunctionBody(function.Body);
        thisTypeAllowed = saved;
    }

    private bool CheckAmbientAsync(Expression function) =>
        ambient && function.Has(NodeFlags.Async) && ReportToken(DiagnosticCodes.ModifierNotInAmbientContext, function.Start, "async");

    private void VisitArrow(ArrowFunction arrow)
    {
        _ = CheckAmbientAsync(arrow) || CheckParameterList(arrow.Parameters);
        VisitTypeParameters(arrow.TypeParameters, TypeParameterOwner.Function);
        VisitParameters(arrow.Parameters, ParameterOwner.Arrow, hasBody: true, mayBeDecorated: false);
        VisitReturnType(arrow.Type, arrow.Parameters, mayBePredicate: true);
        if (arrow.Body is Block block)
        {
            VisitFunctionBody(block);
        }
        else if (arrow.Body is Expression result)
        {
            VisitExpression(result);
        }
    }

    // JSX.

    private void VisitJsxOpening(JsxOpeningElement element)
    {
        VisitTypes(element.TypeArguments);
        CheckJsxAttributes(element.Attributes);
        foreach (var attribute in element.Attributes)
        {
            switch (attribute)
            {
                case JsxAttribute { Initializer: { } initializer }: VisitExpression(initializer); break;
                case JsxSpreadAttribute spread: VisitExpression(spread.Expression); break;
            }
        }
    }

    private bool CheckJsxAttributes(Node[] attributes)
    {
        names.Start(attributes.Length);
        foreach (var node in attributes)
        {
            if (node is not JsxAttribute attribute)
            {
                continue;
            }

            if (names.Add(attribute.Name, isStatic: false, MemberNames.Meaning.Property, out _) != MemberNames.Meaning.None)
            {
                return Report(DiagnosticCodes.JsxDuplicateAttribute, attribute.Name);
            }

            if (attribute.Initializer is JsxExpression { Expression: null } empty)
            {
                return Report(DiagnosticCodes.JsxEmptyAttribute, empty);
            }
        }

        return false;
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

    private void VisitJsxExpression(JsxExpression inner)
    {
        if (inner.Expression is BinaryExpression { Operator: TokenKind.Comma } comma)
        {
            Report(DiagnosticCodes.JsxComma, comma);
        }

        VisitOptional(inner.Expression);
    }
}
