using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Reads the declarations of a module and of its namespaces. Blocks of namespaces wait in a queue: nesting costs no stack.</summary>
internal sealed partial class SymbolBinder
{
    private readonly SourceFile file;
    private readonly SymbolScope module;
    private readonly Dictionary<string, Symbol> exports = new(StringComparer.Ordinal);
    private readonly List<Declaration> stars = [];
    private readonly Queue<(SymbolScope Scope, Statement[] Statements, bool ExportsAll)> pending = [];
    private HashSet<Symbol>? merged;
    private int count;

    public SymbolBinder(SourceFile file)
    {
        this.file = file;
        module = new SymbolScope(file, null, null, file.Statements.Length);
    }

    public ModuleSymbols Bind()
    {
        pending.Enqueue((module, file.Statements, file.Language == Language.Declaration && !HasExportList(file.Statements)));
        while (pending.TryDequeue(out var block))
        {
            BindBlock(block.Scope, block.Statements, block.ExportsAll);
        }

        return new ModuleSymbols(module, exports, stars, count);
    }

    private void BindBlock(SymbolScope scope, Statement[] statements, bool exportsAll)
    {
        var expandos = false;
        var lists = false;
        var overload = "";
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case FunctionDeclaration function:
                    BindFunction(scope, function, exportsAll, ref overload);
                    continue;
                case DeclarationStatement declaration:
                    BindDeclaration(scope, declaration, exportsAll);
                    break;
                case ImportDeclaration import:
                    BindImport(scope, import);
                    break;
                case ExportDeclaration or ExportAssignment:
                    lists = true;
                    break;
                case ExpressionStatement { Expression: BinaryExpression { Operator: TokenKind.Equals } }:
                    expandos = true;
                    break;
            }

            overload = "";
        }

        if (expandos)
        {
            BindExpandos(scope, statements);
        }

        if (lists)
        {
            BindExportLists(scope, statements);
        }
    }

    /// <summary>A body right behind signatures of the same name implements them.</summary>
    private void BindFunction(SymbolScope scope, FunctionDeclaration function, bool exportsAll, ref string overload)
    {
        var flags = function.Modifiers.Flags;
        var isExported = exportsAll || (flags & ModifierFlags.Export) != 0;
        var isDefault = (flags & (ModifierFlags.Export | ModifierFlags.Default)) == (ModifierFlags.Export | ModifierFlags.Default);
        var name = function.Name is null ? "default" : file.GetName(function.Name);
        var isImplementation = function.Body is not null && overload == name;
        overload = function.Body is null && !function.Has(NodeFlags.Ambient) ? name : "";
        Declare(scope, function.Name is null && isDefault ? null : name, isDefault, new Declaration
        {
            Kind = DeclarationKind.Function,
            Node = function,
            Meanings = Meanings.Value,
            IsExported = isExported,
            IsAmbient = (flags & ModifierFlags.Declare) != 0,
            IsImplementation = isImplementation,
            Scope = scope,
        });
    }

    private void BindDeclaration(SymbolScope scope, DeclarationStatement statement, bool exportsAll)
    {
        var modifiers = statement.Modifiers;
        var isExported = exportsAll || modifiers.Has(ModifierFlags.Export);
        var isDefault = modifiers.Has(ModifierFlags.Export) && modifiers.Has(ModifierFlags.Default);
        switch (statement)
        {
            case VariableStatement variables:
                foreach (var variable in variables.DeclarationList.Declarations)
                {
                    BindVariable(scope, variable, isExported, modifiers.Has(ModifierFlags.Declare));
                }

                break;
            case ClassDeclaration node:
                Declare(scope, node.Name is null ? null : file.GetName(node.Name), isDefault, Create(DeclarationKind.Class, node, Meanings.Value | Meanings.Type));
                break;
            case InterfaceDeclaration node:
                Declare(scope, file.GetName(node.Name), isDefault, Create(DeclarationKind.Interface, node, Meanings.Type));
                break;
            case TypeAliasDeclaration node:
                Declare(scope, file.GetName(node.Name), isDefault, Create(DeclarationKind.TypeAlias, node, Meanings.Type));
                break;
            case EnumDeclaration node:
                Declare(scope, file.GetName(node.Name), isDefault, Create(DeclarationKind.Enum, node, Meanings.All));
                break;
            case ImportEqualsDeclaration node:
                var source = node.Reference is ExternalModuleReference { Expression: StringLiteral literal } ? new ModuleName(file.GetStringValue(literal), null) : null;
                Declare(scope, file.GetName(node.Name), isDefault: false, new Declaration
                {
                    Kind = DeclarationKind.ImportEquals,
                    Node = node,
                    Meanings = Meanings.All,

                    // Ambient code does not export what it imports.
                    IsExported = modifiers.Has(ModifierFlags.Export),
                    IsTypeOnly = node.Has(NodeFlags.TypeOnly),
                    IsAmbient = modifiers.Has(ModifierFlags.Declare),
                    Scope = scope,
                    Source = source,
                });
                break;
            case ModuleDeclaration node:
                BindNamespace(scope, node, isExported);
                break;
        }

        Declaration Create(DeclarationKind kind, Node node, Meanings meanings) =>
            new() { Kind = kind, Node = node, Meanings = meanings, IsExported = isExported, IsAmbient = modifiers.Has(ModifierFlags.Declare), Scope = scope };
    }

    /// <summary>Each part of a dotted name is a namespace that exports the next.</summary>
    private void BindNamespace(SymbolScope scope, ModuleDeclaration node, bool isExported)
    {
        while (node is { IsGlobal: false, Name: Identifier identifier })
        {
            var symbol = Declare(scope, file.GetName(identifier), isDefault: false, new Declaration
            {
                Kind = DeclarationKind.Namespace,
                Node = node,
                Meanings = IsInstantiated(node) ? Meanings.Value | Meanings.Namespace : Meanings.Namespace,
                IsExported = isExported,
                IsAmbient = node.Modifiers.Has(ModifierFlags.Declare),
                Scope = scope,
            });
            symbol.OpenExports();
            scope = new SymbolScope(file, scope, symbol);
            symbol.AddBlock(scope);
            switch (node.Body)
            {
                case ModuleBlock block:
                    pending.Enqueue((scope, block.Statements, node.Has(NodeFlags.Ambient) && !HasExportList(block.Statements)));
                    return;
                case ModuleDeclaration next:
                    (node, isExported) = (next, true);
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>Names of one pattern are symbols that share the declarator.</summary>
    private void BindVariable(SymbolScope scope, VariableDeclaration variable, bool isExported, bool isAmbient)
    {
        var names = new Stack<Node>();
        names.Push(variable.Name);
        while (names.TryPop(out var name))
        {
            switch (name)
            {
                case Identifier identifier:
                    Declare(scope, file.GetName(identifier), isDefault: false, new Declaration
                    {
                        Kind = DeclarationKind.Variable,
                        Node = variable,
                        Meanings = Meanings.Value,
                        IsExported = isExported,
                        IsAmbient = isAmbient,
                        Scope = scope,
                    });
                    break;
                case ObjectBindingPattern pattern:
                    PushReversed(names, pattern.Elements);
                    break;
                case ArrayBindingPattern pattern:
                    PushReversed(names, pattern.Elements);
                    break;
                case BindingElement element:
                    names.Push(element.Name);
                    break;
            }
        }
    }

    private static void PushReversed(Stack<Node> stack, Node[] nodes)
    {
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            stack.Push(nodes[i]);
        }
    }

    /// <summary>Only a function declaration takes properties (publishing.md §4.3), before or after it.</summary>
    private void BindExpandos(SymbolScope scope, Statement[] statements)
    {
        foreach (var statement in statements)
        {
            if (statement is ExpressionStatement { Expression: BinaryExpression { Operator: TokenKind.Equals } assignment }
                && ExpandoTarget(assignment.Left) is { } target
                && scope.FindOwn(file.GetName(target)) is { } symbol
                && symbol.Has(DeclarationKind.Function))
            {
                symbol.Add(new Declaration { Kind = DeclarationKind.Expando, Node = statement, Meanings = Meanings.Value, Scope = scope });
            }
        }
    }

    private static Identifier? ExpandoTarget(Expression left) => left switch
    {
        PropertyAccessExpression { Expression: Identifier target, Name: Identifier } => target,
        ElementAccessExpression { Expression: Identifier target, Argument: StringLiteral } => target,
        _ => null,
    };

    /// <summary>Adds to the symbol of the name in this scope, and to the exports.</summary>
    private Symbol Declare(SymbolScope scope, string? name, bool isDefault, Declaration declaration)
    {
        Symbol? symbol = null;
        if (name is not null)
        {
            symbol = scope.FindOwn(name);

            // Blocks of one namespace share what they export, and nothing else.
            if (symbol is null && declaration.IsExported && scope.Owner?.Exports?.GetValueOrDefault(name) is { } shared)
            {
                symbol = shared;
                scope.Add(name, shared);
            }
        }
        else if (isDefault)
        {
            symbol = exports.GetValueOrDefault("default");
        }

        if (symbol is null)
        {
            symbol = new Symbol(name ?? "default", scope.Owner, count++);
            if (name is not null)
            {
                scope.Add(name, symbol);
            }
        }

        symbol.Add(declaration);
        if (declaration.IsExported)
        {
            Export(scope, isDefault ? "default" : symbol.Name, symbol);
        }

        return symbol;
    }

    private void Export(SymbolScope scope, string name, Symbol symbol)
    {
        if (ExportsOf(scope) is not { } table)
        {
            return;
        }

        if (!table.TryGetValue(name, out var known))
        {
            table.Add(name, symbol);
        }
        else if (known != symbol)
        {
            // export { f as I } beside export interface I: one exported name, two local ones.
            var both = known;
            if (merged?.Contains(known) != true)
            {
                both = new Symbol(name, scope.Owner, count++);
                both.AddAll(known);
                (merged ??= []).Add(both);
                table[name] = both;
            }

            both.AddAll(symbol);
        }
    }

    private Dictionary<string, Symbol>? ExportsOf(SymbolScope scope) => scope == module ? exports : scope.Owner?.OpenExports();

    /// <summary>Ambient code exports all that it declares unless it says what.</summary>
    private static bool HasExportList(Statement[] statements)
    {
        foreach (var statement in statements)
        {
            if (statement is ExportDeclaration or ExportAssignment)
            {
                return true;
            }
        }

        return false;
    }
}
