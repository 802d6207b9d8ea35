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
        var stack = new NodeStack();
        stack.Push(root);
        Walk(stack, types, ref visitor);
    }

    /// <summary>Visits every statement of a file before-order.</summary>
    public static void Walk<TVisitor>(SourceFile file, bool types, ref TVisitor visitor)
        where TVisitor : struct, ITreeVisitor
    {
        ArgumentNullException.ThrowIfNull(file);
        var stack = new NodeStack();
        foreach (var statement in file.Statements)
        {
            stack.Push(statement);
            Walk(stack, types, ref visitor);
        }
    }

    private static void Walk<TVisitor>(NodeStack stack, bool types, ref TVisitor visitor)
        where TVisitor : struct, ITreeVisitor
    {
        while (stack.TryPop(out var node))
        {
            if (visitor.Enter(node))
            {
                PushChildren(node, stack, types);
            }
        }
    }

    /// <summary>Appends the direct children in source order; with <paramref name="types"/> false leaves out everything that exists only as a type.</summary>
    public static void AppendChildren(Node node, List<Node> list, bool types)
    {
        ArgumentNullException.ThrowIfNull(list);
        var stack = new NodeStack();
        PushChildren(node, stack, types);
        while (stack.TryPop(out var child))
        {
            list.Add(child);
        }
    }

    /// <summary>
    /// Pushes the children so that popping yields them in source order; with <paramref name="types"/> false leaves out everything that exists
    /// only as a type.
    /// </summary>
    /// <remarks>
    /// Each case names the children from the last to the first. It jumps by kind: a chain of type tests costs more than everything else here.
    /// </remarks>
    public static void PushChildren(Node node, NodeStack stack, bool types)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(stack);
        var to = new Sink(stack, types);
        switch (node.Kind)
        {
            case SyntaxKind.Identifier or SyntaxKind.PrivateIdentifier or SyntaxKind.StringLiteral or SyntaxKind.NumericLiteral or SyntaxKind.BigIntLiteral
                or SyntaxKind.RegularExpressionLiteral or SyntaxKind.NoSubstitutionTemplateLiteral or SyntaxKind.TrueKeyword or SyntaxKind.FalseKeyword
                or SyntaxKind.NullKeyword or SyntaxKind.ThisKeyword or SyntaxKind.SuperKeyword or SyntaxKind.OmittedExpression or SyntaxKind.ImportMeta
                or SyntaxKind.NewTarget or SyntaxKind.TemplateElement or SyntaxKind.KeywordType:
                break;
            case SyntaxKind.PropertyAccessExpression: { var n = (PropertyAccessExpression)node; to.One(n.Name); to.One(n.Expression); break; }
            case SyntaxKind.CallExpression: { var n = (CallExpression)node; to.All(n.Arguments); to.Types(n.TypeArguments); to.One(n.Expression); break; }
            case SyntaxKind.BinaryExpression: { var n = (BinaryExpression)node; to.One(n.Right); to.One(n.Left); break; }
            case SyntaxKind.ElementAccessExpression: { var n = (ElementAccessExpression)node; to.One(n.Argument); to.One(n.Expression); break; }
            case SyntaxKind.ParenthesizedExpression: { var n = (ParenthesizedExpression)node; to.One(n.Expression); break; }
            case SyntaxKind.ObjectLiteralExpression: { var n = (ObjectLiteralExpression)node; to.All(n.Properties); break; }
            case SyntaxKind.PropertyAssignment: { var n = (PropertyAssignment)node; to.One(n.Initializer); to.One(n.Name); break; }
            case SyntaxKind.ShorthandPropertyAssignment: { var n = (ShorthandPropertyAssignment)node; to.One(n.ObjectAssignmentInitializer); to.One(n.Name); break; }
            case SyntaxKind.SpreadAssignment: { var n = (SpreadAssignment)node; to.One(n.Expression); break; }
            case SyntaxKind.ComputedPropertyName: { var n = (ComputedPropertyName)node; to.One(n.Expression); break; }
            case SyntaxKind.ArrayLiteralExpression: { var n = (ArrayLiteralExpression)node; to.All(n.Elements); break; }
            case SyntaxKind.SpreadElement: { var n = (SpreadElement)node; to.One(n.Expression); break; }
            case SyntaxKind.ArrowFunction: { var n = (ArrowFunction)node; to.One(n.Body); to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); break; }
            case SyntaxKind.FunctionExpression: { var n = (FunctionExpression)node; to.One(n.Body); to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); to.One(n.Name); break; }
            case SyntaxKind.Parameter: { var n = (Parameter)node; to.One(n.Initializer); to.Type(n.Type); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.ClassExpression: { var n = (ClassExpression)node; to.All(n.Members); to.Type(n.Implements); to.One(n.Extends); to.Types(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.ConditionalExpression: { var n = (ConditionalExpression)node; to.One(n.WhenFalse); to.One(n.WhenTrue); to.One(n.Condition); break; }
            case SyntaxKind.TemplateExpression: to.Alternating(((TemplateExpression)node).Elements, ((TemplateExpression)node).Expressions); break;
            case SyntaxKind.TaggedTemplateExpression: { var n = (TaggedTemplateExpression)node; to.One(n.Template); to.Types(n.TypeArguments); to.One(n.Tag); break; }
            case SyntaxKind.NewExpression: { var n = (NewExpression)node; to.All(n.Arguments ?? []); to.Types(n.TypeArguments); to.One(n.Expression); break; }
            case SyntaxKind.ImportCallExpression: { var n = (ImportCallExpression)node; to.All(n.Arguments); break; }
            case SyntaxKind.PrefixUnaryExpression: { var n = (PrefixUnaryExpression)node; to.One(n.Operand); break; }
            case SyntaxKind.PostfixUnaryExpression: { var n = (PostfixUnaryExpression)node; to.One(n.Operand); break; }
            case SyntaxKind.AwaitExpression: { var n = (AwaitExpression)node; to.One(n.Expression); break; }
            case SyntaxKind.YieldExpression: { var n = (YieldExpression)node; to.One(n.Expression); break; }
            case SyntaxKind.AsExpression or SyntaxKind.SatisfiesExpression: { var n = (AssertionExpression)node; to.Type(n.Type); to.One(n.Expression); break; }
            case SyntaxKind.TypeAssertion: { var n = (AssertionExpression)node; to.One(n.Expression); to.Type(n.Type); break; }
            case SyntaxKind.NonNullExpression: { var n = (NonNullExpression)node; to.One(n.Expression); break; }
            case SyntaxKind.ExpressionWithTypeArguments: { var n = (ExpressionWithTypeArguments)node; to.Types(n.TypeArguments); to.One(n.Expression); break; }
            case SyntaxKind.Decorator: { var n = (Decorator)node; to.One(n.Expression); break; }
            default: PushChildrenOfStatement(node, to); break;
        }
    }

    private static void PushChildrenOfStatement(Node node, Sink to)
    {
        switch (node.Kind)
        {
            case SyntaxKind.EmptyStatement or SyntaxKind.DebuggerStatement or SyntaxKind.SemicolonClassElement or SyntaxKind.JsxText: break;
            case SyntaxKind.Block: { var n = (Block)node; to.All(n.Statements); break; }
            case SyntaxKind.ExpressionStatement: { var n = (ExpressionStatement)node; to.One(n.Expression); break; }
            case SyntaxKind.VariableStatement: { var n = (VariableStatement)node; to.One(n.DeclarationList); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.VariableDeclarationList: { var n = (VariableDeclarationList)node; to.All(n.Declarations); break; }
            case SyntaxKind.VariableDeclaration: { var n = (VariableDeclaration)node; to.One(n.Initializer); to.Type(n.Type); to.One(n.Name); break; }
            case SyntaxKind.ObjectBindingPattern: { var n = (ObjectBindingPattern)node; to.All(n.Elements); break; }
            case SyntaxKind.ArrayBindingPattern: { var n = (ArrayBindingPattern)node; to.All(n.Elements); break; }
            case SyntaxKind.BindingElement: { var n = (BindingElement)node; to.One(n.Initializer); to.One(n.Name); to.One(n.PropertyName); break; }
            case SyntaxKind.IfStatement: { var n = (IfStatement)node; to.One(n.ElseStatement); to.One(n.ThenStatement); to.One(n.Condition); break; }
            case SyntaxKind.ReturnStatement: { var n = (ReturnStatement)node; to.One(n.Expression); break; }
            case SyntaxKind.ThrowStatement: { var n = (ThrowStatement)node; to.One(n.Expression); break; }
            case SyntaxKind.ForStatement: { var n = (ForStatement)node; to.One(n.Body); to.One(n.Incrementor); to.One(n.Condition); to.One(n.Initializer); break; }
            case SyntaxKind.ForInStatement or SyntaxKind.ForOfStatement: { var n = (ForInOrOfStatement)node; to.One(n.Body); to.One(n.Expression); to.One(n.Initializer); break; }
            case SyntaxKind.WhileStatement: { var n = (WhileStatement)node; to.One(n.Body); to.One(n.Condition); break; }
            case SyntaxKind.DoStatement: { var n = (DoStatement)node; to.One(n.Condition); to.One(n.Body); break; }
            case SyntaxKind.SwitchStatement: { var n = (SwitchStatement)node; to.All(n.Clauses); to.One(n.Expression); break; }
            case SyntaxKind.CaseClause: { var n = (CaseClause)node; to.All(n.Statements); to.One(n.Expression); break; }
            case SyntaxKind.TryStatement: { var n = (TryStatement)node; to.One(n.FinallyBlock); to.One(n.CatchClause); to.One(n.TryBlock); break; }
            case SyntaxKind.CatchClause: { var n = (CatchClause)node; to.One(n.Block); to.One(n.Variable); break; }
            case SyntaxKind.LabeledStatement: { var n = (LabeledStatement)node; to.One(n.Body); to.One(n.Label); break; }
            case SyntaxKind.BreakStatement or SyntaxKind.ContinueStatement: { var n = (JumpStatement)node; to.One(n.Label); break; }
            case SyntaxKind.WithStatement: { var n = (WithStatement)node; to.One(n.Body); to.One(n.Expression); break; }
            case SyntaxKind.FunctionDeclaration: { var n = (FunctionDeclaration)node; to.One(n.Body); to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.ClassDeclaration: { var n = (ClassDeclaration)node; to.All(n.Members); to.Type(n.Implements); to.One(n.Extends); to.Types(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.HeritageClause: { var n = (HeritageClause)node; to.All(n.Types); break; }
            case SyntaxKind.PropertyDeclaration: { var n = (PropertyDeclaration)node; to.One(n.Initializer); to.Type(n.Type); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.MethodDeclaration: { var n = (MethodDeclaration)node; to.One(n.Body); to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.Constructor: { var n = (ConstructorDeclaration)node; to.One(n.Body); to.All(n.Parameters); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.GetAccessor or SyntaxKind.SetAccessor: { var n = (AccessorDeclaration)node; to.One(n.Body); to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.ClassStaticBlock: { var n = (ClassStaticBlock)node; to.One(n.Body); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.EnumDeclaration: { var n = (EnumDeclaration)node; to.All(n.Members); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.EnumMember: { var n = (EnumMember)node; to.One(n.Initializer); to.One(n.Name); break; }
            case SyntaxKind.ModuleDeclaration: { var n = (ModuleDeclaration)node; to.One(n.Body); to.One(n.Name); break; }
            case SyntaxKind.ModuleBlock: { var n = (ModuleBlock)node; to.All(n.Statements); break; }
            case SyntaxKind.ImportDeclaration: { var n = (ImportDeclaration)node; to.One(n.Attributes); to.One(n.ModuleSpecifier); to.One(n.Clause); break; }
            case SyntaxKind.ImportClause: { var n = (ImportClause)node; to.One(n.NamedBindings); to.One(n.Name); break; }
            case SyntaxKind.NamespaceImport: { var n = (NamespaceImport)node; to.One(n.Name); break; }
            case SyntaxKind.NamedImports: { var n = (NamedImports)node; to.All(n.Elements); break; }
            case SyntaxKind.ImportSpecifier: { var n = (ImportSpecifier)node; to.One(n.Name); to.One(n.PropertyName); break; }
            case SyntaxKind.ImportAttributes: { var n = (ImportAttributes)node; to.All(n.Elements); break; }
            case SyntaxKind.ImportAttribute: { var n = (ImportAttribute)node; to.One(n.Value); to.One(n.Name); break; }
            case SyntaxKind.ImportEqualsDeclaration: { var n = (ImportEqualsDeclaration)node; to.One(n.Reference); to.One(n.Name); break; }
            case SyntaxKind.ExternalModuleReference: { var n = (ExternalModuleReference)node; to.One(n.Expression); break; }
            case SyntaxKind.ExportDeclaration: { var n = (ExportDeclaration)node; to.One(n.Attributes); to.One(n.ModuleSpecifier); to.One(n.Clause); break; }
            case SyntaxKind.NamedExports: { var n = (NamedExports)node; to.All(n.Elements); break; }
            case SyntaxKind.NamespaceExport: { var n = (NamespaceExport)node; to.One(n.Name); break; }
            case SyntaxKind.ExportSpecifier: { var n = (ExportSpecifier)node; to.One(n.Name); to.One(n.PropertyName); break; }
            case SyntaxKind.ExportAssignment: { var n = (ExportAssignment)node; to.One(n.Expression); break; }
            case SyntaxKind.NamespaceExportDeclaration: { var n = (NamespaceExportDeclaration)node; to.One(n.Name); break; }
            case SyntaxKind.QualifiedName: { var n = (QualifiedName)node; to.One(n.Right); to.One(n.Left); break; }
            default: PushChildrenOfType(node, to); break;
        }
    }

    private static void PushChildrenOfType(Node node, Sink to)
    {
        switch (node.Kind)
        {
            case SyntaxKind.InterfaceDeclaration when to.WithTypes: { var n = (InterfaceDeclaration)node; to.All(n.Members); to.One(n.Extends); to.All(n.TypeParameters); to.One(n.Name); to.Decorators(n.Modifiers); break; }
            case SyntaxKind.TypeAliasDeclaration when to.WithTypes: { var n = (TypeAliasDeclaration)node; to.One(n.Type); to.All(n.TypeParameters); to.One(n.Name); break; }
            case SyntaxKind.TypeParameter: { var n = (TypeParameter)node; to.Type(n.Default); to.Type(n.Constraint); to.One(n.Name); break; }
            case SyntaxKind.IndexSignature: { var n = (IndexSignature)node; to.Type(n.Type); to.Types(n.Parameters); break; }
            case SyntaxKind.PropertySignature: { var n = (PropertySignature)node; to.One(n.Initializer); to.Type(n.Type); to.One(n.Name); break; }
            case SyntaxKind.MethodSignature: { var n = (MethodSignature)node; to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); to.One(n.Name); break; }
            case SyntaxKind.CallSignature or SyntaxKind.ConstructSignature: { var n = (CallOrConstructSignature)node; to.Type(n.Type); to.All(n.Parameters); to.Types(n.TypeParameters); break; }
            case SyntaxKind.TypeReference: { var n = (TypeReference)node; to.Types(n.TypeArguments); to.Type(n.TypeName); break; }
            case SyntaxKind.TypePredicate: { var n = (TypePredicate)node; to.Type(n.Type); to.Type(n.ParameterName); break; }
            case SyntaxKind.FunctionType or SyntaxKind.ConstructorType: { var n = (FunctionType)node; to.Type(n.Type); to.Types(n.Parameters); to.Types(n.TypeParameters); break; }
            case SyntaxKind.TypeQuery: { var n = (TypeQuery)node; to.Types(n.TypeArguments); to.Type(n.ExprName); break; }
            case SyntaxKind.TypeLiteral: { var n = (TypeLiteral)node; to.Types(n.Members); break; }
            case SyntaxKind.ArrayType: { var n = (ArrayType)node; to.Type(n.ElementType); break; }
            case SyntaxKind.TupleType: { var n = (TupleType)node; to.Types(n.Elements); break; }
            case SyntaxKind.NamedTupleMember: { var n = (NamedTupleMember)node; to.Type(n.Type); to.Type(n.Name); break; }
            case SyntaxKind.OptionalType or SyntaxKind.RestType or SyntaxKind.ParenthesizedType: { var n = (WrappedType)node; to.Type(n.Type); break; }
            case SyntaxKind.UnionType or SyntaxKind.IntersectionType: { var n = (UnionOrIntersectionType)node; to.Types(n.Types); break; }
            case SyntaxKind.ConditionalType: { var n = (ConditionalType)node; to.Type(n.FalseType); to.Type(n.TrueType); to.Type(n.ExtendsType); to.Type(n.CheckType); break; }
            case SyntaxKind.InferType: { var n = (InferType)node; to.Type(n.TypeParameter); break; }
            case SyntaxKind.TypeOperator: { var n = (TypeOperator)node; to.Type(n.Type); break; }
            case SyntaxKind.IndexedAccessType: { var n = (IndexedAccessType)node; to.Type(n.IndexType); to.Type(n.ObjectType); break; }
            case SyntaxKind.MappedType: { var n = (MappedType)node; to.Type(n.Type); to.Type(n.NameType); to.Type(n.TypeParameter); break; }
            case SyntaxKind.LiteralType: { var n = (LiteralType)node; to.Type(n.Literal); break; }
            case SyntaxKind.TemplateLiteralType when to.WithTypes: to.Alternating(((TemplateLiteralType)node).Elements, ((TemplateLiteralType)node).Types); break;
            case SyntaxKind.ImportType: { var n = (ImportType)node; to.Types(n.TypeArguments); to.Type(n.Qualifier); to.Type(n.Attributes); to.Type(n.Argument); break; }
            case SyntaxKind.InterfaceDeclaration or SyntaxKind.TypeAliasDeclaration or SyntaxKind.TemplateLiteralType: break;
            case SyntaxKind.JsxElement: { var n = (JsxElement)node; to.One(n.Closing); to.All(n.Children); to.One(n.Opening); break; }
            case SyntaxKind.JsxOpeningElement or SyntaxKind.JsxSelfClosingElement: { var n = (JsxOpeningElement)node; to.All(n.Attributes); to.Types(n.TypeArguments); to.One(n.TagName); break; }
            case SyntaxKind.JsxClosingElement: { var n = (JsxClosingElement)node; to.One(n.TagName); break; }
            case SyntaxKind.JsxFragment: { var n = (JsxFragment)node; to.All(n.Children); break; }
            case SyntaxKind.JsxExpression: { var n = (JsxExpression)node; to.One(n.Expression); break; }
            case SyntaxKind.JsxNamespacedName: { var n = (JsxNamespacedName)node; to.One(n.Name); to.One(n.Namespace); break; }
            case SyntaxKind.JsxAttribute: { var n = (JsxAttribute)node; to.One(n.Initializer); to.One(n.Name); break; }
            case SyntaxKind.JsxSpreadAttribute: { var n = (JsxSpreadAttribute)node; to.One(n.Expression); break; }
            default: throw new InvalidOperationException($"Unknown node {node.Kind}.");
        }
    }

    private readonly struct Sink(NodeStack stack, bool types)
    {
        public bool WithTypes => types;

        public void One(Node? node)
        {
            if (node is not null)
            {
                stack.Push(node);
            }
        }

        public void All(Node[] nodes) => stack.PushAll(nodes);

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
                stack.PushAll(nodes);
            }
        }

        public void Decorators(Modifiers modifiers) => stack.PushAll(modifiers.Decorators);

        /// <summary>A template: its text with what stands between.</summary>
        public void Alternating(Node[] elements, Node[] between)
        {
            for (var i = elements.Length - 1; i >= 0; i--)
            {
                if (i < between.Length)
                {
                    stack.Push(between[i]);
                }

                stack.Push(elements[i]);
            }
        }
    }
}
