using Kiln.Analysis.Binding;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Emit;

/// <summary>The walk that finds what must change, and the places where deleting types would change how JavaScript reads the rest.</summary>
internal sealed partial class FileEmitter
{
    /// <summary>False when the file has too many nodes.</summary>
    private bool Plan()
    {
        foreach (var erasure in file.Erasures)
        {
            Delete(erasure.Start, erasure.End);
        }

        PlanSpecifiers();
        PlanComments();
        if (!isTypeScript && !file.NeedsTransform)
        {
            return true;
        }

        PlanTopLevel();
        for (var nodes = 0; stack.TryPop(out var node); nodes++)
        {
            if (nodes == MaxNodes)
            {
                return false;
            }

            PlanNode(node);
        }

        PlanQualifiedNames();
        return true;
    }

    /// <summary>
    /// Where no type was and no construct needs code, nothing changes: such a part of the tree is not walked.
    /// </summary>
    private bool IsUntouched(Node node)
    {
        if (file.NeedsTransform)
        {
            return false;
        }

        var next = FirstErasureFrom(node.Start);
        return next == file.Erasures.Length || file.Erasures[next].Start >= node.End;
    }

    private void PlanNode(Node node)
    {
        if (IsUntouched(node))
        {
            return;
        }

        switch (node)
        {
            case Identifier or TypeNode: return;
            case Statement statement:
                if (!PlanStatement(statement))
                {
                    return;
                }

                break;
            case Expression expression: PlanExpression(expression); break;
            case PropertyDeclaration n:
                if (IsErased(n))
                {
                    return;
                }

                NameAnonymousClass(n.Name, n.Initializer);
                break;
            case Member n:
                if (IsErased(n))
                {
                    return;
                }

                break;
            case VariableDeclaration n: NameAnonymousClass(n.Name, n.Initializer); break;
            case Parameter n:
                NameAnonymousClass(n.Name, n.Initializer);
                if (n.Modifiers.Decorators.Length > 0)
                {
                    // Not part of TC39 decorators.
                    diagnostics.Add(EmitDiagnostic.ParameterDecorator(n));
                    if (Lowers)
                    {
                        Delete(n.Modifiers.Decorators[0].Start, SkipTrivia(n.Modifiers.Decorators[^1].End));
                    }
                }

                break;
            case BindingElement n: NameAnonymousClass(n.Name, n.Initializer); break;
            case PropertyAssignment n: NameAnonymousClass(n.Name, n.Initializer); break;
            case CaseClause n: PlanList(n.Statements, null, n.Start, n.End); break;
        }

        TreeWalker.PushChildren(node, stack, types: false);
    }

    /// <summary>False when nothing of the statement is left.</summary>
    private bool PlanStatement(Statement statement)
    {
        switch (statement)
        {
            case InterfaceDeclaration or TypeAliasDeclaration: return false;
            case Block n:
                PlanList(n.Statements, null, n.Start + 1, n.End - 1);
                break;
            case ModuleDeclaration n:
                return IsInstantiatedHere(n);
            case ModuleBlock n:
                PlanList(n.Statements, CurrentModules[n], n.Start + 1, n.End - 1);
                break;
            case FunctionDeclaration { Body: null }: return false;
            case IfStatement n:
                PlanBody(n.ThenStatement);
                PlanBody(n.ElseStatement);
                break;
            case ForStatement n:
                PlanBody(n.Body);
                PlanUsingFor(n);
                break;
            case ForInOrOfStatement n:
                PlanBody(n.Body);
                PlanUsingForOf(n);
                break;
            case WhileStatement n: PlanBody(n.Body); break;
            case DoStatement n: PlanBody(n.Body); break;
            case WithStatement n: PlanBody(n.Body); break;
            case LabeledStatement n:
                PlanBody(n.Body);
                PlanUsingLabel(n);
                break;
            case ExpressionStatement n: PlanLeftmost(n.Expression, statementStart: true); break;
            case ReturnStatement n: PlanOperand(n.Expression); break;
            case ThrowStatement n: PlanOperand(n.Expression); break;
            case ExportAssignment n:
                if (n.IsExportEquals)
                {
                    return false;
                }

                NameAnonymousClass("default", n.Expression);
                PlanLeftmost(n.Expression, statementStart: true);
                break;
            case ClassDeclaration n:
                if (IsErased(n))
                {
                    return false;
                }

                PlanClass(new ClassParts(n));
                break;
            default:
                return !IsErased(statement);
        }

        return !IsErased(statement);
    }

    /// <summary>A statement without a list of its own must leave something behind.</summary>
    private void PlanBody(Statement? body)
    {
        if (body is not null && (IsErased(body) || (body is ModuleDeclaration module && !IsInstantiatedHere(module))))
        {
            Before(body, ";");
            Delete(body.Start, body.End);
        }
        else if (body is EnumDeclaration)
        {
            // Two statements of JavaScript.
            Before(body, "{ ");
            Transform(body);
            After(body, " }");
        }
    }

    private void PlanExpression(Expression expression)
    {
        switch (expression)
        {
            case AssertionExpression { Kind: SyntaxKind.TypeAssertion } n:
                Delete(n.Start, n.Expression.Start);
                break;
            case ArrowFunction n: PlanArrow(n); break;
            case BinaryExpression n:
                if (n.Operator == TokenKind.Equals)
                {
                    PlanAssignmentTarget(n.Left);
                }
                else if (n.Operator == TokenKind.LessThan && text.AsSpan(n.OperatorStart).StartsWith("<!--", StringComparison.Ordinal))
                {
                    // `a<!--b` is a comment in JavaScript (ECMA-262 B.1.1), and none in TypeScript.
                    Replace(n.OperatorStart, n.OperatorStart + 1, "< ");
                }

                if (TokenFacts.IsAssignmentOperator(n.Operator))
                {
                    NameAnonymousClass(n.Left, n.Right);
                }

                break;
            case ClassExpression n: PlanClass(new ClassParts(n)); break;
            case YieldExpression n: PlanOperand(n.Expression); break;
            case JsxElement or JsxFragment or JsxOpeningElement { Kind: SyntaxKind.JsxSelfClosingElement }: Transform(expression); break;
        }
    }

    /// <summary>
    /// Where no line may end, the line breaks of what is deleted come behind the parenthesis that follows, or in front of the one before:
    /// <c>async &lt;T⏎&gt;(x)</c> becomes <c>async (⏎x)</c>, and <c>(a): {⏎} =></c> becomes <c>(a⏎) =></c>.
    /// </summary>
    private void PlanArrow(ArrowFunction n)
    {
        if (n.TypeParameters.Length > 0)
        {
            var less = text[n.Start] == '<' ? n.Start : SkipTrivia(n.Start + "async".Length);
            var open = SkipTrivia(SkipToken(n.TypeParameters[^1].End, ',') + 1);
            if (HasLineBreak(less, open))
            {
                Replace(less, open + 1, "(");
            }
        }

        if (n.Type is not null)
        {
            var close = n.Parameters.Length > 0 ? SkipToken(n.Parameters[^1].End, ',')
                : SkipTrivia((n.TypeParameters.Length > 0 ? SkipTrivia(SkipToken(n.TypeParameters[^1].End, ',') + 1)
                    : text[n.Start] == '(' ? n.Start : SkipTrivia(n.Start + "async".Length)) + 1);
            if (HasLineBreak(close, n.Arrow))
            {
                Delete(close, n.Arrow);
                Before(n.Arrow, n.Arrow, ") ");
            }
        }

        if (n.Body is Expression body)
        {
            PlanLeftmost(body, statementStart: false);
        }
    }

    /// <summary>
    /// What a statement, a default export or an arrow's body starts with once types are gone must not change its meaning: <c>&lt;T&gt;{}</c> would
    /// become a block, <c>&lt;T&gt;function () {}</c> a declaration, <c>"use strict" as T</c> a directive.
    /// </summary>
    private static bool StartsDifferently(Expression expression, bool statementStart)
    {
        var erased = false;
        var leaf = expression;
        while (true)
        {
            switch (leaf)
            {
                case BinaryExpression n:
                    if (n.Operator == TokenKind.Equals && UnwrapsPattern(n.Left) is { } pattern)
                    {
                        erased = true;
                        leaf = pattern;
                    }
                    else
                    {
                        leaf = n.Left;
                    }

                    continue;
                case PropertyAccessExpression n: leaf = n.Expression; continue;
                case ElementAccessExpression n: leaf = n.Expression; continue;
                case CallExpression n: leaf = n.Expression; continue;
                case TaggedTemplateExpression n: leaf = n.Tag; continue;
                case ConditionalExpression n: leaf = n.Condition; continue;
                case PostfixUnaryExpression n: leaf = n.Operand; continue;
                case NonNullExpression n: leaf = n.Expression; erased = true; continue;
                case ExpressionWithTypeArguments n: leaf = n.Expression; erased = true; continue;
                case AssertionExpression n: leaf = n.Expression; erased = true; continue;
            }

            break;
        }

        if (!erased)
        {
            return false;
        }

        return statementStart
            ? leaf is ObjectLiteralExpression or FunctionExpression or ClassExpression || (leaf is StringLiteral && OnlyErasures(expression))
            : leaf is ObjectLiteralExpression;
    }

    private void PlanLeftmost(Expression expression, bool statementStart)
    {
        if (StartsDifferently(expression, statementStart))
        {
            Before(expression, "(");
            After(expression, ")");
        }
    }

    /// <summary>What stands behind <c>return</c>, <c>throw</c> or <c>yield</c> must begin on the same line: <c>&lt;T&gt;⏎x</c> becomes <c>(⏎x)</c>.</summary>
    private void PlanOperand(Expression? operand)
    {
        if (operand is null || text[operand.Start] != '<')
        {
            return;
        }

        var leaf = operand;
        while (true)
        {
            switch (leaf)
            {
                case AssertionExpression { Kind: SyntaxKind.TypeAssertion } n:
                    if (HasLineBreak(n.Start, n.Expression.Start))
                    {
                        Before(operand, "(");
                        After(operand, ")");
                        return;
                    }

                    leaf = n.Expression;
                    continue;
                case AssertionExpression n: leaf = n.Expression; continue;
                case BinaryExpression n: leaf = n.Left; continue;
                case ConditionalExpression n: leaf = n.Condition; continue;
                default: return;
            }
        }
    }

    private static bool OnlyErasures(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case NonNullExpression n: expression = n.Expression; continue;
                case AssertionExpression n: expression = n.Expression; continue;
                default: return expression is StringLiteral;
            }
        }
    }

    /// <summary><c>({ a } as T) = x</c>: a parenthesised pattern is no assignment target, so the parentheses go.</summary>
    private void PlanAssignmentTarget(Expression left)
    {
        if (UnwrapsPattern(left) is not { } pattern)
        {
            return;
        }

        var outer = left;
        while (true)
        {
            switch (outer)
            {
                case ParenthesizedExpression n:
                    Delete(n.Start, n.Expression.Start);
                    Delete(n.Expression.End, n.End);
                    outer = n.Expression;
                    continue;
                case NonNullExpression n: outer = n.Expression; continue;
                case AssertionExpression n: outer = n.Expression; continue;
            }

            break;
        }
    }

    private static Expression? UnwrapsPattern(Expression left)
    {
        var erased = false;
        var parenthesized = false;
        while (true)
        {
            switch (left)
            {
                case ParenthesizedExpression n: left = n.Expression; parenthesized = true; continue;
                case NonNullExpression n: left = n.Expression; erased = true; continue;
                case AssertionExpression n: left = n.Expression; erased = true; continue;
            }

            break;
        }

        return erased && parenthesized && left is ObjectLiteralExpression or ArrayLiteralExpression ? left : null;
    }

    /// <summary>The parser has marked the whole statement or member as type-only.</summary>
    private bool IsErased(Node node)
    {
        var erasures = file.Erasures;
        var low = FirstErasureFrom(node.Start);
        for (; low < erasures.Length && erasures[low].Start == node.Start; low++)
        {
            if (erasures[low].Kind != ErasureKind.Inline && erasures[low].End >= node.End)
            {
                return true;
            }
        }

        return false;
    }

    private void PlanQualifiedNames()
    {
        if (!file.NeedsTransform)
        {
            return; // without an enum or a namespace there is nothing to qualify by
        }

        ContainerBlock? last = null;
        var prefix = "";
        foreach (var (id, block) in bindings.Qualified)
        {
            var parameter = ParameterOf(block);
            if (!ReferenceEquals(block, last))
            {
                last = block;
                prefix = parameter + ".";
            }

            if (bindings.Shorthand.Contains(id))
            {
                Replace(id.Start, id.End, $"{Slice(id)}: {Member(parameter, file.GetName(id))}");
            }
            else
            {
                Before(id, prefix);
            }
        }
    }
}
