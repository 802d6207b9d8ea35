using Kiln.Analysis.FastCheck;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// What the reference accepts without a written type (publishing.md §4.4 to §4.7): expressions whose type it infers, and expressions that it leaves for a
/// type checker because that is cheap. Reports what it finds wrong inside of them.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="inference">Knows what names mean.</param>
/// <param name="guard">Against deep nesting.</param>
/// <param name="problems">Where reports go; null accepts everything.</param>
internal sealed class FastCheckRules(SourceFile file, TypeInference inference, StackGuard guard, List<FastCheckDiagnostic>? problems)
{
    /// <param name="expression">An initialiser or default.</param>
    /// <param name="holder">The name that a function in this place is known by.</param>
    public bool Accepts(Expression expression, Node? holder) => problems is null || Infers(expression) || LeavesHeld(expression, holder);

    /// <summary>An <c>accessor</c> becomes a property without a value, so that nothing can be left.</summary>
    public bool AcceptsAccessor(Expression expression) => problems is null || Infers(expression);

    /// <summary>What may follow <c>export default</c>.</summary>
    public bool AcceptsDefault(Expression expression) => problems is null || Leaves(expression);

    /// <summary>A class may extend it: names and members of names.</summary>
    public static bool IsBaseName(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case Identifier: return true;
                case PropertyAccessExpression { Name: Identifier } n when !n.Has(NodeFlags.QuestionDot): expression = n.Expression; continue;
                case ElementAccessExpression { Argument: Identifier } n when !n.Has(NodeFlags.QuestionDot): expression = n.Expression; continue;
                default: return false;
            }
        }
    }

    /// <param name="parameters">Of a function.</param>
    /// <param name="isArrow">The reference then blames a rest parameter without its dots.</param>
    public void CheckParameters(Parameter[] parameters, bool isArrow = false)
    {
        if (problems is null)
        {
            return;
        }

        foreach (var p in parameters)
        {
            if (p.Type is not null)
            {
                continue;
            }

            var isAccepted = p.Initializer is { } value && ((p.Name is Identifier && Infers(value)) || LeavesHeld(value, p.Name));
            if (!isAccepted)
            {
                problems.Add(FastCheckMessages.MissingExplicitType(p.Has(NodeFlags.Rest) && !isArrow ? p.Start : p.Name.Start, p.Name.End));
            }
        }
    }

    /// <summary>The first identifier of an expression that is one of these names: what a property of a function would be taken for (publishing.md §4.3).</summary>
    public Identifier? FindNameIn(Expression expression, HashSet<string> names)
    {
        var open = new Stack<(Node Node, HashSet<string> Names)>();
        var children = new NodeStack();
        open.Push((expression, names));
        while (open.TryPop(out var next))
        {
            var (node, wanted) = next;
            switch (node)
            {
                case TypeNode or FunctionExpression: continue;
                case Identifier id:
                    if (wanted.Contains(file.GetName(id)))
                    {
                        return id;
                    }

                    continue;
                case PropertyAccessExpression n:
                    open.Push((n.Expression, wanted));
                    continue;
                case PropertyAssignment n:
                    open.Push((n.Initializer, wanted));
                    continue;
                case ArrowFunction { Body: Expression body } n:
                    open.Push((body, Without(wanted, n.Parameters)));
                    continue;
                case ArrowFunction: continue;
            }

            TreeWalker.PushChildren(node, children, types: false);
            var reversed = new Stack<Node>();
            while (children.TryPop(out var child))
            {
                reversed.Push(child);
            }

            while (reversed.TryPop(out var child))
            {
                open.Push((child, wanted));
            }
        }

        return null;
    }

    private HashSet<string> Without(HashSet<string> names, Parameter[] parameters)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var p in parameters)
        {
            Binding.PatternNames.Collect(file, p.Name, own);
        }

        if (!own.Overlaps(names))
        {
            return names;
        }

        var rest = new HashSet<string>(names, StringComparer.Ordinal);
        rest.ExceptWith(own);
        return rest;
    }

    // Inference, §4.7.

    private bool Infers(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case ParenthesizedExpression n: expression = n.Expression; continue;
                case AssertionExpression { Kind: SyntaxKind.SatisfiesExpression } n: expression = n.Expression; continue;
                case AssertionExpression n: return !IsConst(n.Type) && IsSimple(n.Type);
                case StringLiteral or Literal or TemplateExpression: return true;
                case KeywordExpression n: return n.Kind is SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword or SyntaxKind.NullKeyword;
                case CallExpression n: return inference.IsSymbolCall(n);
                default: return false;
            }
        }
    }

    private bool IsConst(TypeNode type) => TypeInference.IsConst(file, type);

    private bool IsSimple(TypeNode type)
    {
        if (!guard.HasRoom())
        {
            return false;
        }

        return type switch
        {
            KeywordType => true,
            TypeReference n => Array.TrueForAll(n.TypeArguments, IsSimple),
            TypeLiteral => true,
            TupleType n => Array.TrueForAll(n.Elements, IsSimple),
            NamedTupleMember n => IsSimple(n.Type),
            ArrayType n => IsSimple(n.ElementType),
            WrappedType n => IsSimple(n.Type),
            UnionOrIntersectionType n => Array.TrueForAll(n.Types, IsSimple),
            TypeOperator n => IsSimple(n.Type),
            LiteralType n => n.Literal is not Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral },
            _ => false,
        };
    }

    // What may stay, §4.6.

    /// <summary>A function that is the whole value is known by the name that holds it.</summary>
    private bool LeavesHeld(Expression expression, Node? holder)
    {
        switch (expression)
        {
            case FunctionExpression n:
                CheckFunction(n, n.Parameters, n.Type, n.Body, holder ?? n);
                return true;
            case ArrowFunction n:
                CheckFunction(n, n.Parameters, n.Type, n.Body, holder ?? n);
                return true;
            default: return Leaves(expression);
        }
    }

    private bool Leaves(Expression expression)
    {
        if (!guard.HasRoom())
        {
            return false;
        }

        switch (expression)
        {
            case Identifier or StringLiteral or Literal: return true;
            case KeywordExpression n: return n.Kind != SyntaxKind.SuperKeyword;
            case ParenthesizedExpression n: return Leaves(n.Expression);
            case NonNullExpression n: return Leaves(n.Expression);
            case AwaitExpression n: return Leaves(n.Expression);
            case AssertionExpression n:
                return (n.Kind != SyntaxKind.SatisfiesExpression && !IsConst(n.Type)) || Leaves(n.Expression);
            case PrefixUnaryExpression n: return Leaves(n.Operand);
            case PostfixUnaryExpression n: return Leaves(n.Operand);
            case BinaryExpression n: return LeavesBinary(n);
            case ConditionalExpression n: return Leaves(n.Condition) && Leaves(n.WhenTrue) && Leaves(n.WhenFalse);
            case PropertyAccessExpression or ElementAccessExpression: return LeavesMember(expression);
            case TemplateExpression n: return Array.TrueForAll(n.Expressions, e => Leaves(e));
            case ArrayLiteralExpression n: return Array.TrueForAll(n.Elements, e => LeavesElement(e));
            case ObjectLiteralExpression n: return Array.TrueForAll(n.Properties, p => LeavesProperty(p));
            case FunctionExpression or ArrowFunction: return LeavesHeld(expression, null);
            case CallExpression { Arguments: [var frozen] } n when inference.IsFreeze(n) && frozen is not SpreadElement: return Leaves(frozen);
            case NewExpression n: return inference.IsPlainInstance(n) && (n.Arguments is null || Array.TrueForAll(n.Arguments, a => LeavesElement(a)));
            default: return false;
        }
    }

    private bool LeavesElement(Expression element) => element switch
    {
        OmittedExpression => true,
        SpreadElement n => Leaves(n.Expression),
        _ => Leaves(element),
    };

    private bool LeavesProperty(Node property) => property switch
    {
        ShorthandPropertyAssignment => true,
        SpreadAssignment n => Leaves(n.Expression),
        PropertyAssignment { Name: ComputedPropertyName key } n => Leaves(key.Expression) && Leaves(n.Initializer),
        PropertyAssignment n => Leaves(n.Initializer),
        _ => false,
    };

    /// <summary>Chains are as deep as they are long.</summary>
    private bool LeavesBinary(BinaryExpression n)
    {
        var spine = new Stack<BinaryExpression>();
        Expression left = n;
        while (left is BinaryExpression inner)
        {
            if (inner.Operator == TokenKind.Comma || TokenFacts.IsAssignmentOperator(inner.Operator) || inner.Left is PrivateIdentifier)
            {
                return false;
            }

            spine.Push(inner);
            left = inner.Left;
        }

        if (!Leaves(left))
        {
            return false;
        }

        while (spine.TryPop(out var one))
        {
            if (!Leaves(one.Right))
            {
                return false;
            }
        }

        return true;
    }

    private bool LeavesMember(Expression expression)
    {
        while (true)
        {
            switch (expression)
            {
                case PropertyAccessExpression { Name: Identifier } n when !n.Has(NodeFlags.QuestionDot):
                    expression = n.Expression;
                    continue;
                case ElementAccessExpression n when !n.Has(NodeFlags.QuestionDot):
                    if (!Leaves(n.Argument))
                    {
                        return false;
                    }

                    expression = n.Expression;
                    continue;
                case PropertyAccessExpression or ElementAccessExpression: return false;
                default: return Leaves(expression);
            }
        }
    }

    // Functions in expressions, §4.4.

    private void CheckFunction(Node function, Parameter[] parameters, TypeNode? type, Node body, Node place)
    {
        if (problems is null)
        {
            return;
        }

        CheckParameters(parameters, function is ArrowFunction);
        if (type is not null)
        {
            return;
        }

        if (function.Has(NodeFlags.Generator))
        {
            problems.Add(FastCheckMessages.MissingExplicitReturnType(place.Start, place.End));
        }
        else if (body is Expression expression)
        {
            if (!Infers(expression) && !Leaves(expression))
            {
                problems.Add(FastCheckMessages.MissingExplicitReturnType(place.Start, place.End));
            }
        }
        else if (body is Block block)
        {
            var returns = ReturnScan.Of(block);
            if (returns.HasValueOutsideElse)
            {
                problems.Add(FastCheckMessages.MissingExplicitReturnType(place.Start, place.End));
            }
            else if (!returns.IsEmpty && !returns.HasBare)
            {
                problems.Add(FastCheckMessages.MissingVoidOrNeverReturnType(place.Start, place.End));
            }
        }
    }
}
