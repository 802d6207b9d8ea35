using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>
/// Scope analysis: finds which imports are used as values and which references name members of namespaces and enums. It tracks only the
/// names of imports, namespaces, enums and their members; every other identifier costs one lookup. Walks with its own stack.
/// </summary>
internal sealed partial class Binder
{
    private static readonly object Local = new();
    private static readonly Dictionary<string, ContainerSymbol> None = [];

    private readonly SourceFile file;
    private readonly Bindings result = new();
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly NameFilter filter = new();
    private readonly NodeStack stack = new();
    private readonly Dictionary<Statement[], Dictionary<string, ContainerSymbol>> symbolsOfLists = [];
    private readonly string? jsxFactory;
    private readonly string? jsxFragment;
    private readonly Stack<Scope> closedScopes = new();
    private Scope scope = new();

    private Binder(SourceFile file, string? jsxFactory, string? jsxFragment)
    {
        this.file = file;
        this.jsxFactory = jsxFactory;
        this.jsxFragment = jsxFragment;
        lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        scope.Open(null, isFunction: true, null);
    }

    /// <param name="file">A file without syntax errors.</param>
    /// <param name="jsxFactory">The variable that classic JSX uses (<c>React</c>), or null when JSX names none.</param>
    /// <param name="jsxFragment">The variable that fragments use besides.</param>
    public static Bindings Bind(SourceFile file, string? jsxFactory, string? jsxFragment)
    {
        var binder = new Binder(file, jsxFactory, jsxFragment);
        binder.CollectNames();
        if (binder.names.Count > 0)
        {
            binder.Run();
        }

        return binder.result;
    }

    private void CollectNames()
    {
        var enumNames = new HashSet<string>(StringComparer.Ordinal);
        var collector = new NameCollector(file, names, enumNames);
        foreach (var statement in file.Statements)
        {
            if (statement is ImportDeclaration { Clause: { } clause })
            {
                Collect(clause);
            }
        }

        if (file.NeedsTransform)
        {
            TreeWalker.Walk(file, types: false, ref collector);
            CollectConstants(enumNames);
        }
    }

    /// <summary>Enum members fold constants, which may be made of constants.</summary>
    private void CollectConstants(HashSet<string> enumNames)
    {
        if (enumNames.Count == 0)
        {
            return;
        }

        var constants = new Dictionary<string, List<Expression>>(StringComparer.Ordinal);
        var collector = new ConstantCollector(file, constants);
        TreeWalker.Walk(file, types: false, ref collector);
        var open = new Stack<string>(enumNames);
        while (open.TryPop(out var name))
        {
            if (!names.Add(name) && !enumNames.Contains(name))
            {
                continue;
            }

            if (constants.Remove(name, out var initializers))
            {
                var mentioned = new HashSet<string>(StringComparer.Ordinal);
                var identifiers = new IdentifierCollector(file, mentioned);
                foreach (var initializer in initializers)
                {
                    TreeWalker.Walk(initializer, types: false, ref identifiers);
                }

                foreach (var other in mentioned)
                {
                    open.Push(other);
                }
            }
        }
    }

    private void Collect(ImportClause clause)
    {
        if (clause.Name is { } name)
        {
            names.Add(file.GetName(name));
        }

        switch (clause.NamedBindings)
        {
            case NamespaceImport all:
                names.Add(file.GetName(all.Name));
                break;
            case NamedImports named:
                foreach (var element in named.Elements)
                {
                    names.Add(file.GetName(element.Name));
                }

                break;
        }
    }

    private void Run()
    {
        foreach (var name in names)
        {
            filter.Add(name);
        }

        EnterList(file.Statements, parent: null, topLevel: true);
        while (stack.TryPop(out var node))
        {
            Visit(node);
        }

        UseSignatureKeys();
        Leave();
    }

    /// <summary>
    /// TypeScript keeps an import for <c>interface I { [key]: T }</c>, though the interface goes. The keys are answered at the top level, where in
    /// practice they are declared.
    /// </summary>
    private void UseSignatureKeys()
    {
        foreach (var key in file.SignatureKeys)
        {
            stack.Push(key.Expression);
            while (stack.TryPop(out var node))
            {
                Visit(node);
            }
        }
    }

    /// <summary>Jumps by kind: the walk meets every node, and a chain of type tests costs more than what follows it.</summary>
    private void Visit(Node node)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Identifier: Refer((Identifier)node); break;
            case SyntaxKind.PropertyAccessExpression: stack.Push(((PropertyAccessExpression)node).Expression); break;
            case SyntaxKind.PropertyAssignment:
                var assignment = (PropertyAssignment)node;
                PushName(assignment.Name);
                stack.Push(assignment.Initializer);
                break;
            case SyntaxKind.ShorthandPropertyAssignment:
                var shorthand = (ShorthandPropertyAssignment)node;
                result.Shorthand.Add(shorthand.Name);
                Refer(shorthand.Name);
                stack.PushOptional(shorthand.ObjectAssignmentInitializer);
                break;
            case SyntaxKind.LabeledStatement: stack.Push(((LabeledStatement)node).Body); break;
            case SyntaxKind.VariableStatement:
                var variables = (VariableStatement)node;
                VisitVariables(variables.DeclarationList, Bindings.IsAmbient(variables), IsNamespaceExport(variables));
                break;
            case SyntaxKind.VariableDeclarationList: VisitVariables((VariableDeclarationList)node, ambient: false, exported: false); break;
            case SyntaxKind.FunctionDeclaration: VisitFunctionDeclaration((FunctionDeclaration)node); break;
            case SyntaxKind.FunctionExpression:
                var function = (FunctionExpression)node;
                EnterFunction(function.Name, function.Parameters, function.Body);
                break;
            case SyntaxKind.ArrowFunction:
                var arrow = (ArrowFunction)node;
                EnterFunction(null, arrow.Parameters, arrow.Body);
                break;
            case SyntaxKind.MethodDeclaration:
                var method = (MethodDeclaration)node;
                VisitMethod(method, method.Name, method.Parameters, method.Body);
                break;
            case SyntaxKind.GetAccessor or SyntaxKind.SetAccessor:
                var accessor = (AccessorDeclaration)node;
                VisitMethod(accessor, accessor.Name, accessor.Parameters, accessor.Body);
                break;
            case SyntaxKind.Constructor:
                if (node is ConstructorDeclaration { Body: { } body } constructor)
                {
                    EnterFunction(null, constructor.Parameters, body);
                }

                break;
            case SyntaxKind.PropertyDeclaration: VisitField((PropertyDeclaration)node); break;
            case SyntaxKind.ClassStaticBlock: EnterFunction(null, [], ((ClassStaticBlock)node).Body); break;
            case SyntaxKind.ClassDeclaration:
                var declaration = (ClassDeclaration)node;
                DeclareLocal(declaration.Name);
                if (!Bindings.IsAmbient(declaration))
                {
                    VisitClass(declaration.Modifiers, declaration.Extends, declaration.Members);
                }

                break;
            case SyntaxKind.ClassExpression:
                var expression = (ClassExpression)node;
                Enter(isFunction: false, null);
                DeclareLocal(expression.Name);
                VisitClass(expression.Modifiers, expression.Extends, expression.Members);
                break;
            case SyntaxKind.Block:
                Enter(isFunction: false, null);
                EnterList(((Block)node).Statements, parent: null, topLevel: false);
                break;
            case SyntaxKind.ForStatement or SyntaxKind.ForInStatement or SyntaxKind.ForOfStatement:
                Enter(isFunction: false, null);
                TreeWalker.PushChildren(node, stack, types: false);
                break;
            case SyntaxKind.SwitchStatement: VisitSwitch((SwitchStatement)node); break;
            case SyntaxKind.CatchClause: VisitCatch((CatchClause)node); break;
            case SyntaxKind.EnumDeclaration: VisitEnum((EnumDeclaration)node); break;
            case SyntaxKind.ModuleDeclaration: VisitModule((ModuleDeclaration)node); break;
            case SyntaxKind.ImportDeclaration: VisitImport((ImportDeclaration)node); break;
            case SyntaxKind.ImportEqualsDeclaration: VisitImportEquals((ImportEqualsDeclaration)node); break;
            case SyntaxKind.ExportDeclaration: VisitExport((ExportDeclaration)node); break;
            case SyntaxKind.ExportAssignment when ((ExportAssignment)node).Expression is Identifier exported: Refer(exported, reexport: true); break;
            case SyntaxKind.JsxOpeningElement or SyntaxKind.JsxSelfClosingElement: VisitJsxOpening((JsxOpeningElement)node); break;
            case SyntaxKind.JsxFragment:
                ReferTo(jsxFactory);
                ReferTo(jsxFragment);
                TreeWalker.PushChildren(node, stack, types: false);
                break;
            case SyntaxKind.JsxAttribute: stack.PushOptional(((JsxAttribute)node).Initializer); break;
            case SyntaxKind.BreakStatement or SyntaxKind.ContinueStatement or SyntaxKind.InterfaceDeclaration or SyntaxKind.TypeAliasDeclaration
                or SyntaxKind.NamespaceExportDeclaration or SyntaxKind.JsxClosingElement:
                break;
            case SyntaxKind.None:
                if (node is BodyStart start)
                {
                    EnterBody(start.Body);
                }
                else
                {
                    Leave();
                }

                break;
            default: TreeWalker.PushChildren(node, stack, types: false); break;
        }
    }

    private void VisitMethod(Member member, Node name, Parameter[] parameters, Block? body)
    {
        if (body is not null)
        {
            PushName(name);
            PushDecorators(member.Modifiers);
            EnterFunction(null, parameters, body);
        }
    }

    private void VisitField(PropertyDeclaration n)
    {
        if (!n.Modifiers.Has(ModifierFlags.Declare | ModifierFlags.Abstract) && !n.Has(NodeFlags.Ambient))
        {
            PushName(n.Name);
            PushDecorators(n.Modifiers);
            stack.PushOptional(n.Initializer);
        }
    }

    private void VisitSwitch(SwitchStatement n)
    {
        stack.Push(n.Expression);
        Enter(isFunction: false, null);
        foreach (var clause in n.Clauses)
        {
            stack.PushOptional(clause.Expression);
            EnterList(clause.Statements, parent: null, topLevel: false);
        }
    }

    private void VisitCatch(CatchClause n)
    {
        Enter(isFunction: false, null);
        if (n.Variable is { } variable)
        {
            DeclarePattern(variable.Name, scope, exported: false, Local);
        }

        stack.Push(n.Block);
    }

    private void PushName(Node name)
    {
        if (name is ComputedPropertyName)
        {
            stack.Push(name);
        }
    }

    private void PushDecorators(Modifiers modifiers)
    {
        foreach (var decorator in modifiers.Decorators)
        {
            stack.Push(decorator);
        }
    }

    /// <summary>Opens a scope that ends when everything pushed after this call is done.</summary>
    private void Enter(bool isFunction, ContainerBlock? container)
    {
        var inner = closedScopes.TryPop(out var closed) ? closed : new Scope();
        inner.Open(scope, isFunction, container);
        scope = inner;
        stack.Push(ScopeEnd.Instance);
    }

    /// <summary>Parameters see the function's name and each other but not the body's variables, hence two scopes.</summary>
    private void EnterFunction(Identifier? name, Parameter[] parameters, Node body)
    {
        Enter(isFunction: true, null);
        DeclareLocal(name);
        var parameterScope = scope;

        // The body is pushed first and entered through a marker so that the parameters' initialisers run in the outer of the two scopes.
        stack.Push(new BodyStart(body));
        foreach (var parameter in parameters)
        {
            PushDecorators(parameter.Modifiers);
            DeclarePattern(parameter.Name, parameterScope, exported: false, Local);
            stack.PushOptional(parameter.Initializer);
        }
    }

    private void EnterBody(Node body)
    {
        if (body is Block block)
        {
            Enter(isFunction: true, null);
            EnterList(block.Statements, parent: null, topLevel: false);
        }
        else
        {
            stack.Push(body);
        }
    }

    private void VisitFunctionDeclaration(FunctionDeclaration n)
    {
        DeclareLocal(n.Name);
        if (n.Body is not null && !Bindings.IsAmbient(n))
        {
            EnterFunction(null, n.Parameters, n.Body);
        }
    }

    private void VisitClass(Modifiers modifiers, HeritageClause? extends, Node[] members)
    {
        PushDecorators(modifiers);
        if (extends is not null)
        {
            stack.Push(extends);
        }

        foreach (var member in members)
        {
            stack.Push(member);
        }
    }

    private void VisitVariables(VariableDeclarationList list, bool ambient, bool exported)
    {
        var target = scope;
        if (list.VariableKind == VariableKind.Var)
        {
            while (!target.IsFunction)
            {
                target = target.Parent!;
            }
        }

        foreach (var declaration in list.Declarations)
        {
            var kind = list.VariableKind == VariableKind.Const && declaration is { Name: Identifier, Type: null, Initializer: not null } ? declaration : Local;
            DeclarePattern(declaration.Name, target, exported, kind);
            if (!ambient)
            {
                stack.PushOptional(declaration.Initializer);
            }
        }
    }

    private void DeclarePattern(Node name, Scope target, bool exported, object kind)
    {
        if (name is Identifier single)
        {
            Declare(single, target, exported, kind);
            return;
        }

        var open = new Stack<Node>();
        open.Push(name);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier id:
                    Declare(id, target, exported, Local);
                    break;
                case BindingElement element:
                    if (element.PropertyName is { } property)
                    {
                        PushName(property);
                    }

                    open.Push(element.Name);
                    stack.PushOptional(element.Initializer);
                    break;
                case ObjectBindingPattern pattern:
                    foreach (var element in pattern.Elements)
                    {
                        open.Push(element);
                    }

                    break;
                case ArrayBindingPattern pattern:
                    foreach (var element in pattern.Elements)
                    {
                        open.Push(element);
                    }

                    break;
            }
        }
    }

    private void DeclareLocal(Identifier? name)
    {
        if (name is not null)
        {
            Declare(name, scope, exported: false, Local);
        }
    }

    private void Declare(Identifier id, Scope target, bool exported, object kind)
    {
        if (NameOf(id) is not { } name)
        {
            return;
        }

        MarkShadowed(name);
        if (!exported)
        {
            target.Declared[name] = kind;
        }
        else if (target.Container is { } container)
        {
            // The binding itself is written as a property too: `export const { a } = x` assigns to `N.a`.
            result.Qualified[id] = container;
        }
    }

    private void MarkShadowed(string name)
    {
        for (var s = scope; s is not null; s = s.Parent)
        {
            if (s.Container is { } container && container.Symbol.Name == name)
            {
                container.IsShadowed = true;
            }
        }
    }

    private string? NameOf(Identifier id)
    {
        if (id.Has(NodeFlags.HasEscape))
        {
            var decoded = file.GetName(id);
            return names.Contains(decoded) ? decoded : null;
        }

        var slice = file.GetSlice(id);
        return filter.MayContain(slice) && lookup.TryGetValue(slice, out var name) ? name : null;
    }

    private void Refer(Identifier id, bool reexport = false)
    {
        if (NameOf(id) is { } name)
        {
            scope.Add(new Reference(name, id));
            if (reexport)
            {
                result.ReexportedImports.Add(id);
            }
        }
    }

    private void ReferTo(string? name)
    {
        if (name is not null && names.TryGetValue(name, out var known))
        {
            scope.Add(new Reference(known, null));
        }
    }

    private void VisitJsxOpening(JsxOpeningElement n)
    {
        ReferTo(jsxFactory);
        if (n.TagName is Identifier tag)
        {
            if (!IsIntrinsic(file.GetSlice(tag)))
            {
                Refer(tag);
            }
        }
        else if (n.TagName is not JsxNamespacedName)
        {
            stack.Push(n.TagName);
        }

        foreach (var attribute in n.Attributes)
        {
            stack.Push(attribute);
        }
    }

    /// <summary>TypeScript's rule: a lower-case ASCII letter first, or a hyphen anywhere.</summary>
    public static bool IsIntrinsic(ReadOnlySpan<char> tag) => tag.Length > 0 && (char.IsAsciiLetterLower(tag[0]) || tag.Contains('-'));

    private bool IsNamespaceExport(DeclarationStatement n) => scope.Container is not null && n.Modifiers.Has(ModifierFlags.Export);

    private void Leave()
    {
        var ended = scope;
        if (ended.Pending is { } pending && (ended.Declared.Count > 0 || ended.Container is not null))
        {
            AnswerAll(ended, pending);
        }

        if (ended.Parent is { } parent)
        {
            parent.AdoptFrom(ended);
            scope = parent;
            closedScopes.Push(ended);
        }
    }

    private void AnswerAll(Scope ended, Dictionary<string, List<Reference>> pending)
    {
        var members = ended.Container is { } container ? container.Node is EnumDeclaration ? container.Symbol.Members : container.Symbol.Exports : null;
        if (members is null && ended.Declared.Count < pending.Count)
        {
            foreach (var name in ended.Declared.Keys)
            {
                if (pending.ContainsKey(name))
                {
                    answerable.Push(name);
                }
            }
        }
        else
        {
            foreach (var name in pending.Keys)
            {
                if (ended.Declared.ContainsKey(name) || members?.Contains(name) == true)
                {
                    answerable.Push(name);
                }
            }
        }

        while (answerable.TryPop(out var name))
        {
            var isDeclared = ended.Declared.TryGetValue(name, out var declared);
            if ((!isDeclared && members?.Contains(name) != true) || !pending.Remove(name, out var references))
            {
                continue;
            }

            foreach (var reference in references)
            {
                if (isDeclared)
                {
                    Answer(ended, reference, declared!);
                }
                else if (reference.Identifier is { } id)
                {
                    result.Qualified[id] = ended.Container!;
                }
            }
        }
    }

    /// <summary>Names of the scope that ends which something refers to; grows while aliases are answered.</summary>
    private readonly Stack<string> answerable = new();

    private void Answer(Scope ended, Reference reference, object declared)
    {
        switch (declared)
        {
            case ImportBinding import:
                if (reference.Identifier is { } use && result.ReexportedImports.Contains(use) && import.Root is null)
                {
                    result.ReexportedImports.Add(import.Name);
                }
                else if (result.UsedImports.Add(import.Name) && import.Root is not null && NameOf(import.Root) is { } root)
                {
                    // A used `import X = A.B` uses A here.
                    ended.Add(new Reference(root, import.Root));
                    answerable.Push(root);
                }

                break;
            case ContainerSymbol symbol when reference.Identifier is { } id:
                result.EnumReferences[id] = symbol;
                break;
            case VariableDeclaration constant when reference.Identifier is { } id:
                result.ConstantReferences[id] = constant;
                break;
        }
    }

    private sealed record ImportBinding(Identifier Name, Identifier? Root);

    private sealed class ScopeEnd() : Node(SyntaxKind.None, 0, 0)
    {
        public static readonly ScopeEnd Instance = new();
    }

    private sealed class BodyStart(Node body) : Node(SyntaxKind.None, 0, 0)
    {
        public Node Body { get; } = body;
    }
}
