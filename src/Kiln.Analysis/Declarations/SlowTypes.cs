using Kiln.Analysis.FastCheck;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// What the reference accepts without a written type (publishing.md §4.4 to §4.7): expressions whose type it infers, and expressions that it leaves for a
/// type checker because that is cheap. Reports what it finds wrong inside of them.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="guard">Against deep nesting.</param>
/// <param name="problems">Where reports go; null accepts everything.</param>
internal sealed class SlowTypes(SourceFile file, StackGuard guard, List<FastCheckDiagnostic>? problems)
{
    /// <param name="expression">An initialiser or default.</param>
    /// <param name="holder">The name that a function in this place is known by.</param>
    public bool Accepts(Expression expression, Node? holder) => problems is null || Infers(expression) || Leaves(expression, holder);

    /// <summary>What may follow <c>export default</c>.</summary>
    public bool AcceptsDefault(Expression expression) => problems is null || Leaves(expression, null);

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

    public void CheckParameters(Parameter[] parameters)
    {
        if (problems is null)
        {
            return;
        }

        foreach (var p in parameters)
        {
            if (p.Type is not null || IsThis(p.Name))
            {
                continue;
            }

            var isAccepted = p.Initializer is { } value && ((p.Name is Identifier && Infers(value)) || Leaves(value, p.Name));
            if (!isAccepted)
            {
                problems.Add(FastCheckMessages.MissingExplicitType(p.Name.Start, p.Name.End));
            }
        }
    }

    /// <summary>The first identifier of an expression that is one of these names.</summary>
    public Identifier? FindNameIn(Expression expression, HashSet<string> names)
    {
        var finder = new NameFinder(file, names);
        TreeWalker.Walk(expression, types: false, ref finder);
        return finder.Found;
    }

    private struct NameFinder(SourceFile file, HashSet<string> names) : ITreeVisitor
    {
        public Identifier? Found { get; private set; }

        public bool Enter(Node node)
        {
            if (Found is not null || node is ArrowFunction or FunctionExpression)
            {
                return false;
            }

            switch (node)
            {
                case Identifier id when names.Contains(file.GetName(id)):
                    Found = id;
                    return false;
                case PropertyAccessExpression n:
                    TreeWalker.Walk(n.Expression, types: false, ref this);
                    return false;
                case PropertyAssignment n:
                    TreeWalker.Walk(n.Initializer, types: false, ref this);
                    return false;
                default:
                    return true;
            }
        }
    }

    private bool IsThis(Node name) => name is Identifier && file.GetSlice(name) is "this";

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
                case CallExpression n: return IsSymbol(n);
                default: return false;
            }
        }
    }

    /// <summary><c>Symbol()</c>, <c>Symbol("x")</c> or <c>Symbol.for("x")</c>.</summary>
    private bool IsSymbol(CallExpression n) => TypeInference.IsSymbolCall(file, n);

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

    private bool Leaves(Expression expression, Node? holder)
    {
        if (!guard.HasRoom())
        {
            return false;
        }

        switch (expression)
        {
            case Identifier or StringLiteral or Literal: return true;
            case KeywordExpression n: return n.Kind != SyntaxKind.SuperKeyword;
            case ParenthesizedExpression n: return Leaves(n.Expression, holder);
            case NonNullExpression n: return Leaves(n.Expression, holder);
            case AwaitExpression n: return Leaves(n.Expression, holder);
            case AssertionExpression n:
                return (n.Kind != SyntaxKind.SatisfiesExpression && !IsConst(n.Type)) || Leaves(n.Expression, holder);
            case PrefixUnaryExpression n: return Leaves(n.Operand, holder);
            case PostfixUnaryExpression n: return Leaves(n.Operand, holder);
            case BinaryExpression n: return LeavesBinary(n, holder);
            case ConditionalExpression n: return Leaves(n.Condition, holder) && Leaves(n.WhenTrue, holder) && Leaves(n.WhenFalse, holder);
            case PropertyAccessExpression or ElementAccessExpression: return LeavesMember(expression, holder);
            case TemplateExpression n: return Array.TrueForAll(n.Expressions, e => Leaves(e, holder));
            case ArrayLiteralExpression n: return Array.TrueForAll(n.Elements, e => LeavesElement(e, holder));
            case ObjectLiteralExpression n: return Array.TrueForAll(n.Properties, p => LeavesProperty(p, holder));
            case FunctionExpression n:
                CheckFunction(n, n.TypeParameters, n.Parameters, n.Type, n.Body, holder ?? n.Name);
                return true;
            case ArrowFunction n:
                CheckFunction(n, n.TypeParameters, n.Parameters, n.Type, n.Body, holder);
                return true;
            case CallExpression { Arguments: [var frozen] } n when TypeInference.IsFreeze(file, n) && frozen is not SpreadElement: return Leaves(frozen, holder);
            default: return false;
        }
    }

    private bool LeavesElement(Expression element, Node? holder) => element switch
    {
        OmittedExpression => true,
        SpreadElement n => Leaves(n.Expression, holder),
        _ => Leaves(element, holder),
    };

    private bool LeavesProperty(Node property, Node? holder) => property switch
    {
        ShorthandPropertyAssignment => true,
        SpreadAssignment n => Leaves(n.Expression, holder),
        PropertyAssignment { Name: ComputedPropertyName key } n => Leaves(key.Expression, holder) && Leaves(n.Initializer, holder),
        PropertyAssignment n => Leaves(n.Initializer, n.Name),
        _ => false,
    };

    /// <summary>Chains are as deep as they are long.</summary>
    private bool LeavesBinary(BinaryExpression n, Node? holder)
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

        if (!Leaves(left, holder))
        {
            return false;
        }

        while (spine.TryPop(out var one))
        {
            if (!Leaves(one.Right, holder))
            {
                return false;
            }
        }

        return true;
    }

    private bool LeavesMember(Expression expression, Node? holder)
    {
        while (true)
        {
            switch (expression)
            {
                case PropertyAccessExpression { Name: Identifier } n when !n.Has(NodeFlags.QuestionDot):
                    expression = n.Expression;
                    continue;
                case ElementAccessExpression n when !n.Has(NodeFlags.QuestionDot):
                    if (!Leaves(n.Argument, holder))
                    {
                        return false;
                    }

                    expression = n.Expression;
                    continue;
                case PropertyAccessExpression or ElementAccessExpression: return false;
                default: return Leaves(expression, holder);
            }
        }
    }

    // Functions in expressions, §4.4.

    private void CheckFunction(Node function, TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, Node body, Node? holder)
    {
        _ = typeParameters;
        if (problems is null)
        {
            return;
        }

        CheckParameters(parameters);
        if (type is not null)
        {
            return;
        }

        var place = holder ?? function;
        if (function.Has(NodeFlags.Generator))
        {
            problems.Add(FastCheckMessages.MissingExplicitReturnType(place.Start, place.End));
        }
        else if (body is Expression expression)
        {
            if (!Infers(expression) && !Leaves(expression, null))
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
