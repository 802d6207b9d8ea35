namespace Kiln.TypeScript.Tree;

/// <summary>What <see cref="TreeWalker.Walk"/> calls. Implement it as a struct so that the calls are direct.</summary>
public interface ITreeVisitor
{
    /// <summary>Called before the children; false skips them.</summary>
    bool Enter(Node node);
}

/// <summary>
/// Enumerates children in source order. Walks keep their own stack on the heap, so neither a left-deep chain of a million operators nor
/// anything else a file contains can overflow the thread's stack.
/// </summary>
public static class TreeWalker
{
    /// <summary>Visits a tree before-order. Types are skipped when <paramref name="types"/> is false (annotations, type arguments, interfaces, aliases).</summary>
    public static void Walk<TVisitor>(Node root, bool types, ref TVisitor visitor)
        where TVisitor : struct, ITreeVisitor
    {
        ArgumentNullException.ThrowIfNull(root);
        var stack = new List<Node>(64) { root };
        Walk(stack, types, ref visitor);
    }

    /// <summary>Visits every statement of a file before-order.</summary>
    public static void Walk<TVisitor>(SourceFile file, bool types, ref TVisitor visitor)
        where TVisitor : struct, ITreeVisitor
    {
        ArgumentNullException.ThrowIfNull(file);
        var stack = new List<Node>(64);
        foreach (var statement in file.Statements)
        {
            stack.Add(statement);
            Walk(stack, types, ref visitor);
        }
    }

    private static void Walk<TVisitor>(List<Node> stack, bool types, ref TVisitor visitor)
        where TVisitor : struct, ITreeVisitor
    {
        while (stack.Count > 0)
        {
            var node = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            if (visitor.Enter(node))
            {
                PushChildren(node, stack, types);
            }
        }
    }

    /// <summary>Pushes the children so that popping yields them in source order.</summary>
    public static void PushChildren(Node node, List<Node> stack, bool types)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var mark = stack.Count;
        AppendChildren(node, stack, types);
        stack.Reverse(mark, stack.Count - mark);
    }

    /// <summary>Appends the direct children in source order; with <paramref name="types"/> false leaves out everything that exists only as a type.</summary>
    public static void AppendChildren(Node node, List<Node> list, bool types)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(list);
        var to = new Sink(list, types);
        switch (node)
        {
            case Statement statement:
                AppendStatement(statement, to);
                break;
            case Expression expression:
                AppendExpression(expression, to);
                break;
            case TypeNode type:
                if (types)
                {
                    AppendType(type, to);
                }

                break;
            default:
                AppendOther(node, to);
                break;
        }
    }

    private static void AppendStatement(Statement node, Sink to)
    {
        switch (node)
        {
            case Block n: to.All(n.Statements); break;
            case ExpressionStatement n: to.One(n.Expression); break;
            case VariableStatement n: to.Decorators(n.Modifiers); to.One(n.DeclarationList); break;
            case IfStatement n: to.One(n.Condition); to.One(n.ThenStatement); to.One(n.ElseStatement); break;
            case ReturnStatement n: to.One(n.Expression); break;
            case ThrowStatement n: to.One(n.Expression); break;
            case ForStatement n: to.One(n.Initializer); to.One(n.Condition); to.One(n.Incrementor); to.One(n.Body); break;
            case ForInOrOfStatement n: to.One(n.Initializer); to.One(n.Expression); to.One(n.Body); break;
            case WhileStatement n: to.One(n.Condition); to.One(n.Body); break;
            case DoStatement n: to.One(n.Body); to.One(n.Condition); break;
            case SwitchStatement n: to.One(n.Expression); to.All(n.Clauses); break;
            case TryStatement n: to.One(n.TryBlock); to.One(n.CatchClause); to.One(n.FinallyBlock); break;
            case LabeledStatement n: to.One(n.Label); to.One(n.Body); break;
            case JumpStatement n: to.One(n.Label); break;
            case WithStatement n: to.One(n.Expression); to.One(n.Body); break;
            case FunctionDeclaration n:
                to.Decorators(n.Modifiers); to.One(n.Name); to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); to.One(n.Body);
                break;
            case ClassDeclaration n:
                to.Decorators(n.Modifiers); to.One(n.Name); to.Types(n.TypeParameters); to.One(n.Extends); to.Type(n.Implements); to.All(n.Members);
                break;
            case InterfaceDeclaration n:
                if (to.WithTypes)
                {
                    to.Decorators(n.Modifiers); to.One(n.Name); to.All(n.TypeParameters); to.One(n.Extends); to.All(n.Members);
                }

                break;
            case TypeAliasDeclaration n:
                if (to.WithTypes)
                {
                    to.One(n.Name); to.All(n.TypeParameters); to.One(n.Type);
                }

                break;
            case EnumDeclaration n: to.Decorators(n.Modifiers); to.One(n.Name); to.All(n.Members); break;
            case ModuleDeclaration n: to.One(n.Name); to.One(n.Body); break;
            case ModuleBlock n: to.All(n.Statements); break;
            case ImportDeclaration n: to.One(n.Clause); to.One(n.ModuleSpecifier); to.One(n.Attributes); break;
            case ImportEqualsDeclaration n: to.One(n.Name); to.One(n.Reference); break;
            case ExportDeclaration n: to.One(n.Clause); to.One(n.ModuleSpecifier); to.One(n.Attributes); break;
            case ExportAssignment n: to.One(n.Expression); break;
            case NamespaceExportDeclaration n: to.One(n.Name); break;
            case SimpleStatement: break;
            default: throw new InvalidOperationException($"Unknown statement {node.Kind}.");
        }
    }

    private static void AppendExpression(Expression node, Sink to)
    {
        switch (node)
        {
            case Identifier or PrivateIdentifier or Literal or StringLiteral or KeywordExpression or OmittedExpression or MetaProperty: break;
            case PropertyAccessExpression n: to.One(n.Expression); to.One(n.Name); break;
            case CallExpression n: to.One(n.Expression); to.Types(n.TypeArguments); to.All(n.Arguments); break;
            case BinaryExpression n: to.One(n.Left); to.One(n.Right); break;
            case ElementAccessExpression n: to.One(n.Expression); to.One(n.Argument); break;
            case ParenthesizedExpression n: to.One(n.Expression); break;
            case ObjectLiteralExpression n: to.All(n.Properties); break;
            case ArrayLiteralExpression n: to.All(n.Elements); break;
            case ArrowFunction n: to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); to.One(n.Body); break;
            case FunctionExpression n:
                to.One(n.Name); to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); to.One(n.Body);
                break;
            case ClassExpression n:
                to.Decorators(n.Modifiers); to.One(n.Name); to.Types(n.TypeParameters); to.One(n.Extends); to.Type(n.Implements); to.All(n.Members);
                break;
            case ConditionalExpression n: to.One(n.Condition); to.One(n.WhenTrue); to.One(n.WhenFalse); break;
            case TemplateExpression n:
                for (var i = 0; i < n.Elements.Length; i++)
                {
                    to.One(n.Elements[i]);
                    if (i < n.Expressions.Length)
                    {
                        to.One(n.Expressions[i]);
                    }
                }

                break;
            case NewExpression n: to.One(n.Expression); to.Types(n.TypeArguments); to.All(n.Arguments ?? []); break;
            case PrefixUnaryExpression n: to.One(n.Operand); break;
            case PostfixUnaryExpression n: to.One(n.Operand); break;
            case AwaitExpression n: to.One(n.Expression); break;
            case YieldExpression n: to.One(n.Expression); break;
            case SpreadElement n: to.One(n.Expression); break;
            case AssertionExpression n:
                if (n.Kind == SyntaxKind.TypeAssertion)
                {
                    to.Type(n.Type); to.One(n.Expression);
                }
                else
                {
                    to.One(n.Expression); to.Type(n.Type);
                }

                break;
            case NonNullExpression n: to.One(n.Expression); break;
            case ExpressionWithTypeArguments n: to.One(n.Expression); to.Types(n.TypeArguments); break;
            case TaggedTemplateExpression n: to.One(n.Tag); to.Types(n.TypeArguments); to.One(n.Template); break;
            case ImportCallExpression n: to.All(n.Arguments); break;
            case JsxElement n: to.One(n.Opening); to.All(n.Children); to.One(n.Closing); break;
            case JsxOpeningElement n: to.One(n.TagName); to.Types(n.TypeArguments); to.All(n.Attributes); break;
            case JsxFragment n: to.All(n.Children); break;
            case JsxExpression n: to.One(n.Expression); break;
            case JsxNamespacedName n: to.One(n.Namespace); to.One(n.Name); break;
            default: throw new InvalidOperationException($"Unknown expression {node.Kind}.");
        }
    }

    private static void AppendOther(Node node, Sink to)
    {
        switch (node)
        {
            case VariableDeclarationList n: to.All(n.Declarations); break;
            case VariableDeclaration n: to.One(n.Name); to.Type(n.Type); to.One(n.Initializer); break;
            case Parameter n: to.Decorators(n.Modifiers); to.One(n.Name); to.Type(n.Type); to.One(n.Initializer); break;
            case PropertyAssignment n: to.One(n.Name); to.One(n.Initializer); break;
            case ShorthandPropertyAssignment n: to.One(n.Name); to.One(n.ObjectAssignmentInitializer); break;
            case SpreadAssignment n: to.One(n.Expression); break;
            case ComputedPropertyName n: to.One(n.Expression); break;
            case PropertyDeclaration n: to.Decorators(n.Modifiers); to.One(n.Name); to.Type(n.Type); to.One(n.Initializer); break;
            case MethodDeclaration n:
                to.Decorators(n.Modifiers); to.One(n.Name); to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); to.One(n.Body);
                break;
            case ConstructorDeclaration n: to.Decorators(n.Modifiers); to.All(n.Parameters); to.One(n.Body); break;
            case AccessorDeclaration n:
                to.Decorators(n.Modifiers); to.One(n.Name); to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); to.One(n.Body);
                break;
            case ClassStaticBlock n: to.Decorators(n.Modifiers); to.One(n.Body); break;
            case IndexSignature n:
                if (to.WithTypes)
                {
                    to.All(n.Parameters); to.Type(n.Type);
                }

                break;
            case PropertySignature n: to.One(n.Name); to.Type(n.Type); to.One(n.Initializer); break;
            case MethodSignature n: to.One(n.Name); to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); break;
            case CallOrConstructSignature n: to.Types(n.TypeParameters); to.All(n.Parameters); to.Type(n.Type); break;
            case Decorator n: to.One(n.Expression); break;
            case HeritageClause n: to.All(n.Types); break;
            case CaseClause n: to.One(n.Expression); to.All(n.Statements); break;
            case CatchClause n: to.One(n.Variable); to.One(n.Block); break;
            case ObjectBindingPattern n: to.All(n.Elements); break;
            case ArrayBindingPattern n: to.All(n.Elements); break;
            case BindingElement n: to.One(n.PropertyName); to.One(n.Name); to.One(n.Initializer); break;
            case TypeParameter n: to.One(n.Name); to.Type(n.Constraint); to.Type(n.Default); break;
            case EnumMember n: to.One(n.Name); to.One(n.Initializer); break;
            case ImportClause n: to.One(n.Name); to.One(n.NamedBindings); break;
            case NamespaceImport n: to.One(n.Name); break;
            case NamedImports n: to.All(n.Elements); break;
            case ImportSpecifier n: to.One(n.PropertyName); to.One(n.Name); break;
            case ImportAttributes n: to.All(n.Elements); break;
            case ImportAttribute n: to.One(n.Name); to.One(n.Value); break;
            case ExternalModuleReference n: to.One(n.Expression); break;
            case NamedExports n: to.All(n.Elements); break;
            case NamespaceExport n: to.One(n.Name); break;
            case ExportSpecifier n: to.One(n.PropertyName); to.One(n.Name); break;
            case QualifiedName n: to.One(n.Left); to.One(n.Right); break;
            case JsxAttribute n: to.One(n.Name); to.One(n.Initializer); break;
            case JsxSpreadAttribute n: to.One(n.Expression); break;
            case JsxClosingElement n: to.One(n.TagName); break;
            case JsxText or TemplateElement or SemicolonClassElement: break;
            default: throw new InvalidOperationException($"Unknown node {node.Kind}.");
        }
    }

    private static void AppendType(TypeNode node, Sink to)
    {
        switch (node)
        {
            case KeywordType: break;
            case TypeReference n: to.One(n.TypeName); to.All(n.TypeArguments); break;
            case TypePredicate n: to.One(n.ParameterName); to.One(n.Type); break;
            case FunctionType n: to.All(n.TypeParameters); to.All(n.Parameters); to.One(n.Type); break;
            case TypeQuery n: to.One(n.ExprName); to.All(n.TypeArguments); break;
            case TypeLiteral n: to.All(n.Members); break;
            case ArrayType n: to.One(n.ElementType); break;
            case TupleType n: to.All(n.Elements); break;
            case NamedTupleMember n: to.One(n.Name); to.One(n.Type); break;
            case WrappedType n: to.One(n.Type); break;
            case UnionOrIntersectionType n: to.All(n.Types); break;
            case ConditionalType n: to.One(n.CheckType); to.One(n.ExtendsType); to.One(n.TrueType); to.One(n.FalseType); break;
            case InferType n: to.One(n.TypeParameter); break;
            case TypeOperator n: to.One(n.Type); break;
            case IndexedAccessType n: to.One(n.ObjectType); to.One(n.IndexType); break;
            case MappedType n: to.One(n.TypeParameter); to.One(n.NameType); to.One(n.Type); break;
            case LiteralType n: to.One(n.Literal); break;
            case TemplateLiteralType n:
                for (var i = 0; i < n.Elements.Length; i++)
                {
                    to.One(n.Elements[i]);
                    if (i < n.Types.Length)
                    {
                        to.One(n.Types[i]);
                    }
                }

                break;
            case ImportType n: to.One(n.Argument); to.One(n.Attributes); to.One(n.Qualifier); to.All(n.TypeArguments); break;
            default: throw new InvalidOperationException($"Unknown type {node.Kind}.");
        }
    }

    private readonly struct Sink(List<Node> list, bool types)
    {
        public bool WithTypes => types;

        public void One(Node? node)
        {
            if (node is not null)
            {
                list.Add(node);
            }
        }

        public void All(Node[] nodes)
        {
            foreach (var node in nodes)
            {
                list.Add(node);
            }
        }

        public void Type(Node? node)
        {
            if (types)
            {
                One(node);
            }
        }

        public void Types(Node[] nodes)
        {
            if (types)
            {
                All(nodes);
            }
        }

        public void Decorators(Modifiers modifiers) => All(modifiers.Decorators);
    }
}
