using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <content>Enums and namespaces: merged declarations and their exported members.</content>
internal sealed partial class Binder
{
    private void EnterList(Statement[] statements, ContainerBlock? parent, bool topLevel)
    {
        if (file.NeedsTransform)
        {
            var symbols = symbolsOfLists.TryGetValue(statements, out var known) ? known : CollectContainers(statements, parent?.Symbol);
            CreateBlocks(statements, symbols, parent, topLevel);
        }

        stack.PushAll(statements);
    }

    /// <summary>Gathers what the namespaces and enums of a statement list export, before any reference is answered: blocks merge backwards too.</summary>
    private Dictionary<string, ContainerSymbol> CollectContainers(Statement[] statements, ContainerSymbol? parent)
    {
        // Namespaces nest as deep as the parser goes, so their bodies wait on the heap.
        var open = new Stack<(Statement[] Statements, ContainerSymbol Parent)>();
        var found = CollectList(statements, parent, open);
        while (open.TryPop(out var inner))
        {
            CollectList(inner.Statements, inner.Parent, open);
        }

        return found;
    }

    private Dictionary<string, ContainerSymbol> CollectList(Statement[] statements, ContainerSymbol? parent, Stack<(Statement[] Statements, ContainerSymbol Parent)> open)
    {
        Dictionary<string, ContainerSymbol>? symbols = null;
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case ModuleDeclaration { Name: Identifier id } module when !Bindings.IsAmbient(module):
                    {
                        var symbol = Get(id, module);
                        CollectModule(module, symbol, open);
                        break;
                    }

                case EnumDeclaration declaration when !Bindings.IsAmbient(declaration):
                    {
                        var symbol = Get(declaration.Name, declaration);
                        foreach (var member in declaration.Members)
                        {
                            if (Bindings.MemberName(file, member.Name) is { } name)
                            {
                                symbol.Members.Add(name);
                            }
                        }

                        break;
                    }
            }
        }

        var found = symbols ?? None;
        symbolsOfLists[statements] = found;
        return found;

        ContainerSymbol Get(Identifier id, DeclarationStatement declaration)
        {
            var name = file.GetName(id);
            symbols ??= new Dictionary<string, ContainerSymbol>(StringComparer.Ordinal);
            if (!symbols.TryGetValue(name, out var symbol))
            {
                if (parent is not null && declaration.Modifiers.Has(ModifierFlags.Export))
                {
                    if (!parent.Children.TryGetValue(name, out symbol))
                    {
                        symbol = parent.Children[name] = new ContainerSymbol(name);
                    }
                }
                else
                {
                    symbol = new ContainerSymbol(name);
                }

                symbols[name] = symbol;
            }

            return symbol;
        }
    }

    private void CollectModule(ModuleDeclaration module, ContainerSymbol symbol, Stack<(Statement[] Statements, ContainerSymbol Parent)> open)
    {
        while (module.Body is ModuleDeclaration { Name: Identifier innerName } inner)
        {
            var name = file.GetName(innerName);
            symbol.Exports.Add(name);
            if (!symbol.Children.TryGetValue(name, out var child))
            {
                child = symbol.Children[name] = new ContainerSymbol(name);
            }

            symbol = child;
            module = inner;
        }

        if (module.Body is not ModuleBlock block)
        {
            return;
        }

        open.Push((block.Statements, symbol));
        foreach (var statement in block.Statements)
        {
            if (statement is DeclarationStatement declaration && declaration.Modifiers.Has(ModifierFlags.Export))
            {
                CollectExports(declaration, symbol);
            }
        }
    }

    private void CollectExports(DeclarationStatement declaration, ContainerSymbol symbol)
    {
        switch (declaration)
        {
            case VariableStatement n:
                foreach (var variable in n.DeclarationList.Declarations)
                {
                    PatternNames.Collect(file, variable.Name, symbol.Exports);
                }

                break;
            case FunctionDeclaration { Name: { } name }: symbol.Exports.Add(file.GetName(name)); break;
            case ClassDeclaration { Name: { } name }: symbol.Exports.Add(file.GetName(name)); break;
            case EnumDeclaration n: symbol.Exports.Add(file.GetName(n.Name)); break;
            case ModuleDeclaration { Name: Identifier name } n when Bindings.IsInstantiated(n): symbol.Exports.Add(file.GetName(name)); break;
            case ImportEqualsDeclaration n when !n.Has(NodeFlags.TypeOnly): symbol.Exports.Add(file.GetName(n.Name)); break;
        }
    }

    private void CreateBlocks(Statement[] statements, Dictionary<string, ContainerSymbol> symbols, ContainerBlock? parent, bool topLevel)
    {
        if (symbols.Count == 0)
        {
            return;
        }

        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case FunctionDeclaration { Name: { } name, Body: not null } n when !Bindings.IsAmbient(n): declared.Add(file.GetName(name)); break;
                case ClassDeclaration { Name: { } name } n when !Bindings.IsAmbient(n): declared.Add(file.GetName(name)); break;
            }
        }

        foreach (var statement in statements)
        {
            Identifier? id = statement switch
            {
                EnumDeclaration n when !Bindings.IsAmbient(n) => n.Name,
                ModuleDeclaration { Name: Identifier name } n when !Bindings.IsAmbient(n) && Bindings.IsInstantiated(n) => name,
                _ => null,
            };
            if (id is null)
            {
                continue;
            }

            var declaration = (DeclarationStatement)statement;
            var text = file.GetName(id);
            result.Blocks[declaration] = new ContainerBlock(declaration, symbols[text], declaration.Modifiers.Has(ModifierFlags.Export) ? parent : null)
            {
                DeclaresVariable = declared.Add(text),
                IsTopLevel = topLevel,
            };
        }
    }

    private void VisitEnum(EnumDeclaration n)
    {
        if (NameOf(n.Name) is not { } name)
        {
            return;
        }

        MarkShadowed(name);
        if (!result.Blocks.TryGetValue(n, out var block))
        {
            if (Bindings.IsAmbient(n))
            {
                scope.Declared[name] = Local;
                return;
            }

            // `if (a) enum E { }`: in no list, and its variable belongs to the function around it.
            Statement[] alone = [n];
            CreateBlocks(alone, CollectContainers(alone, parent: null), parent: null, topLevel: true);
            block = result.Blocks[n];
        }

        scope.Declared[name] = block.Symbol;
        Enter(isFunction: false, block);
        foreach (var member in n.Members)
        {
            PushName(member.Name);
            stack.PushOptional(member.Initializer);
        }
    }

    private void VisitModule(ModuleDeclaration n)
    {
        if (n.Name is not Identifier id)
        {
            return;
        }

        if (!result.Blocks.TryGetValue(n, out var block))
        {
            if (Bindings.IsAmbient(n) && NameOf(id) is { } ambient && Bindings.IsInstantiated(n))
            {
                scope.Declared.TryAdd(ambient, Local);
            }

            return;
        }

        var name = file.GetName(id);
        MarkShadowed(name);
        scope.Declared.TryAdd(name, Local);
        var opened = 0;
        var current = n;
        while (true)
        {
            Enter(isFunction: true, block);
            opened++;
            if (current.Body is not ModuleDeclaration { Name: Identifier innerName } inner)
            {
                break;
            }

            name = file.GetName(innerName);
            MarkShadowed(name);
            scope.Declared[name] = Local;
            block = new ContainerBlock(inner, block.Symbol.Children[name], block) { DeclaresVariable = true };
            result.Blocks[inner] = block;
            current = inner;
        }

        if (current.Body is ModuleBlock body)
        {
            EnterList(body.Statements, block, topLevel: false);
        }
    }
}
