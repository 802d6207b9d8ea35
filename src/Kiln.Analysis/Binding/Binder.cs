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
    private readonly List<Node> stack = new(128);
    private readonly Dictionary<Statement[], Dictionary<string, ContainerSymbol>> symbolsOfLists = [];
    private readonly string? jsxFactory;
    private readonly string? jsxFragment;
    private Scope scope = new(null, isFunction: true, null);

    private Binder(SourceFile file, string? jsxFactory, string? jsxFragment)
    {
        this.file = file;
        this.jsxFactory = jsxFactory;
        this.jsxFragment = jsxFragment;
        lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
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
        EnterList(file.Statements, parent: null, topLevel: true);
        while (stack.Count > 0)
        {
            var node = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            Visit(node);
        }

        UseComputedTypeNames();
        Leave();
    }

    /// <summary>Only an import that nothing else uses makes it worth walking the types.</summary>
    private void UseComputedTypeNames()
    {
        var found = new List<Node>();
        var computed = new TypeNameCollector(found);
        if (scope.Pending is { } pending)
        {
            usedNames.UnionWith(pending.Keys);
        }

        if (names.IsSubsetOf(usedNames))
        {
            return;
        }

        TreeWalker.Walk(file, types: true, ref computed);
        stack.AddRange(found);
        while (stack.Count > 0)
        {
            var node = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            Visit(node);
        }
    }

    private readonly HashSet<string> usedNames = new(StringComparer.Ordinal);

    private void Visit(Node node)
    {
        switch (node)
        {
            case ScopeEnd: Leave(); break;
            case BodyStart n: EnterBody(n.Body); break;
            case Identifier id: Refer(id); break;
            case PropertyAccessExpression n: stack.Add(n.Expression); break;
            case PropertyAssignment n: PushName(n.Name); stack.Add(n.Initializer); break;
            case ShorthandPropertyAssignment n:
                result.Shorthand.Add(n.Name);
                Refer(n.Name);
                Push(n.ObjectAssignmentInitializer);
                break;
            case LabeledStatement n: stack.Add(n.Body); break;
            case JumpStatement: break;
            case VariableStatement n: VisitVariables(n.DeclarationList, Bindings.IsAmbient(n), IsNamespaceExport(n)); break;
            case VariableDeclarationList n: VisitVariables(n, ambient: false, exported: false); break;
            case FunctionDeclaration n: VisitFunctionDeclaration(n); break;
            case FunctionExpression n:
                EnterFunction(n.Name, n.Parameters, n.Body);
                break;
            case ArrowFunction n: EnterFunction(null, n.Parameters, n.Body); break;
            case MethodDeclaration n:
                if (n.Body is not null)
                {
                    PushName(n.Name);
                    PushDecorators(n.Modifiers);
                    EnterFunction(null, n.Parameters, n.Body);
                }

                break;
            case AccessorDeclaration n:
                if (n.Body is not null)
                {
                    PushName(n.Name);
                    PushDecorators(n.Modifiers);
                    EnterFunction(null, n.Parameters, n.Body);
                }

                break;
            case ConstructorDeclaration n:
                if (n.Body is not null)
                {
                    EnterFunction(null, n.Parameters, n.Body);
                }

                break;
            case PropertyDeclaration n:
                if (!n.Modifiers.Has(ModifierFlags.Declare | ModifierFlags.Abstract) && !n.Has(NodeFlags.Ambient))
                {
                    PushName(n.Name);
                    PushDecorators(n.Modifiers);
                    Push(n.Initializer);
                }

                break;
            case ClassStaticBlock n: EnterFunction(null, [], n.Body); break;
            case ClassDeclaration n:
                DeclareLocal(n.Name);
                if (!Bindings.IsAmbient(n))
                {
                    VisitClass(n.Modifiers, n.Extends, n.Members);
                }

                break;
            case ClassExpression n:
                Enter(isFunction: false, null);
                DeclareLocal(n.Name);
                VisitClass(n.Modifiers, n.Extends, n.Members);
                break;
            case Block n:
                Enter(isFunction: false, null);
                EnterList(n.Statements, parent: null, topLevel: false);
                break;
            case ForStatement or ForInOrOfStatement:
                Enter(isFunction: false, null);
                TreeWalker.PushChildren(node, stack, types: false);
                break;
            case SwitchStatement n:
                stack.Add(n.Expression);
                Enter(isFunction: false, null);
                foreach (var clause in n.Clauses)
                {
                    Push(clause.Expression);
                    EnterList(clause.Statements, parent: null, topLevel: false);
                }

                break;
            case CatchClause n:
                Enter(isFunction: false, null);
                if (n.Variable is { } variable)
                {
                    DeclarePattern(variable.Name, scope, exported: false, Local);
                }

                stack.Add(n.Block);
                break;
            case InterfaceDeclaration or TypeAliasDeclaration: break;
            case EnumDeclaration n: VisitEnum(n); break;
            case ModuleDeclaration n: VisitModule(n); break;
            case ImportDeclaration n: VisitImport(n); break;
            case ImportEqualsDeclaration n: VisitImportEquals(n); break;
            case ExportDeclaration n: VisitExport(n); break;
            case ExportAssignment { Expression: Identifier id }: Refer(id, reexport: true); break;
            case NamespaceExportDeclaration: break;
            case JsxOpeningElement n: VisitJsxOpening(n); break;
            case JsxFragment n:
                ReferTo(jsxFactory);
                ReferTo(jsxFragment);
                TreeWalker.PushChildren(n, stack, types: false);
                break;
            case JsxAttribute n: Push(n.Initializer); break;
            case JsxClosingElement: break;
            case TypeNode: break;
            default: TreeWalker.PushChildren(node, stack, types: false); break;
        }
    }

    private void Push(Node? node)
    {
        if (node is not null)
        {
            stack.Add(node);
        }
    }

    private void PushName(Node name)
    {
        if (name is ComputedPropertyName)
        {
            stack.Add(name);
        }
    }

    private void PushDecorators(Modifiers modifiers)
    {
        foreach (var decorator in modifiers.Decorators)
        {
            stack.Add(decorator);
        }
    }

    /// <summary>Opens a scope that ends when everything pushed after this call is done.</summary>
    private void Enter(bool isFunction, ContainerBlock? container)
    {
        scope = new Scope(scope, isFunction, container);
        stack.Add(ScopeEnd.Instance);
    }

    /// <summary>Parameters see the function's name and each other but not the body's variables, hence two scopes.</summary>
    private void EnterFunction(Identifier? name, Parameter[] parameters, Node body)
    {
        Enter(isFunction: true, null);
        DeclareLocal(name);
        var parameterScope = scope;

        // The body is pushed first and entered through a marker so that the parameters' initialisers run in the outer of the two scopes.
        stack.Add(new BodyStart(body));
        foreach (var parameter in parameters)
        {
            PushDecorators(parameter.Modifiers);
            DeclarePattern(parameter.Name, parameterScope, exported: false, Local);
            Push(parameter.Initializer);
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
            stack.Add(body);
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
            stack.Add(extends);
        }

        foreach (var member in members)
        {
            stack.Add(member);
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
                Push(declaration.Initializer);
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
                    Push(element.Initializer);
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

        return lookup.TryGetValue(file.GetSlice(id), out var name) ? name : null;
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
            stack.Add(n.TagName);
        }

        foreach (var attribute in n.Attributes)
        {
            stack.Add(attribute);
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
            if (ended.Pending is { Count: > 0 } unanswered)
            {
                parent.Adopt(unanswered);
            }

            scope = parent;
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
