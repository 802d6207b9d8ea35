using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>Gathers the names whose scopes matter: import aliases, namespaces, enums, what they export, and what enum initialisers mention.</summary>
internal struct NameCollector(SourceFile file, HashSet<string> names, HashSet<string> enumNames) : ITreeVisitor
{
    public readonly bool Enter(Node node)
    {
        switch (node)
        {
            case ImportEqualsDeclaration n:
                names.Add(file.GetName(n.Name));
                return false;
            case EnumDeclaration n:
                names.Add(file.GetName(n.Name));
                foreach (var member in n.Members)
                {
                    if (Bindings.MemberName(file, member.Name) is { } name)
                    {
                        names.Add(name);
                    }

                    if (member.Initializer is { } initializer)
                    {
                        var identifiers = new IdentifierCollector(file, enumNames);
                        TreeWalker.Walk(initializer, types: false, ref identifiers);
                    }
                }

                return true;
            case ModuleDeclaration { Name: Identifier id } n:
                names.Add(file.GetName(id));
                if (n.Body is ModuleBlock block)
                {
                    foreach (var statement in block.Statements)
                    {
                        CollectExport(statement);
                    }
                }

                return true;
            default:
                return node is not TypeNode;
        }
    }

    private readonly void CollectExport(Statement statement)
    {
        if (statement is not DeclarationStatement declaration || !declaration.Modifiers.Has(ModifierFlags.Export))
        {
            return;
        }

        switch (declaration)
        {
            case VariableStatement n:
                foreach (var variable in n.DeclarationList.Declarations)
                {
                    PatternNames.Collect(file, variable.Name, names);
                }

                break;
            case FunctionDeclaration { Name: { } name }: names.Add(file.GetName(name)); break;
            case ClassDeclaration { Name: { } name }: names.Add(file.GetName(name)); break;
        }
    }
}

internal readonly struct IdentifierCollector(SourceFile file, HashSet<string> names) : ITreeVisitor
{
    public bool Enter(Node node)
    {
        if (node is Identifier id)
        {
            names.Add(file.GetName(id));
        }

        return true;
    }
}

/// <summary>Gathers the initialisers of constants, by name.</summary>
internal readonly struct ConstantCollector(SourceFile file, Dictionary<string, List<Expression>> found) : ITreeVisitor
{
    public bool Enter(Node node)
    {
        if (node is VariableDeclarationList { VariableKind: VariableKind.Const } list)
        {
            foreach (var declaration in list.Declarations)
            {
                if (declaration is { Name: Identifier id, Type: null, Initializer: { } initializer })
                {
                    var name = file.GetName(id);
                    if (!found.TryGetValue(name, out var initializers))
                    {
                        found[name] = initializers = [];
                    }

                    initializers.Add(initializer);
                }
            }
        }

        return node is not TypeNode;
    }
}

/// <summary>The names that a binding pattern declares.</summary>
internal static class PatternNames
{
    /// <summary>Adds them in source order. Patterns nest as deep as the parser goes, so those inside wait on the heap.</summary>
    public static void Collect(SourceFile file, Node pattern, ICollection<string> names)
    {
        if (pattern is Identifier single)
        {
            names.Add(file.GetName(single));
            return;
        }

        var open = new Stack<Node>();
        open.Push(pattern);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier id: names.Add(file.GetName(id)); break;
                case BindingElement element: open.Push(element.Name); break;
                case ObjectBindingPattern n:
                    for (var i = n.Elements.Length - 1; i >= 0; i--)
                    {
                        open.Push(n.Elements[i]);
                    }

                    break;
                case ArrayBindingPattern n:
                    for (var i = n.Elements.Length - 1; i >= 0; i--)
                    {
                        open.Push(n.Elements[i]);
                    }

                    break;
            }
        }
    }
}
