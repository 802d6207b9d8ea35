using Kiln.Analysis.Binding;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// What is written of a file that augments others (<c>declare global</c>, <c>declare module "x"</c>): the public API, and besides it the imports, interfaces and
/// type aliases that the augmentations mention. No export reaches an augmentation, yet its text has to find its names.
/// </summary>
internal sealed class WrittenDeclarations : IPublicDeclarations
{
    private readonly IPublicDeclarations publicDeclarations;
    private readonly HashSet<Node> besides = [];

    private WrittenDeclarations(IPublicDeclarations publicDeclarations) => this.publicDeclarations = publicDeclarations;

    public bool Contains(Node declaration) => publicDeclarations.Contains(declaration) || besides.Contains(declaration);

    /// <returns>The same object when the file augments nothing.</returns>
    public static IPublicDeclarations Of(SourceFile file, IPublicDeclarations publicDeclarations)
    {
        Dictionary<string, List<Node>>? names = null;
        WrittenDeclarations? result = null;
        var open = new Stack<Node>();
        foreach (var statement in file.Statements)
        {
            if (statement is ModuleDeclaration n && (n.IsGlobal || n.Name is not Identifier) && n.Body is not null)
            {
                open.Push(n);
            }
        }

        while (open.TryPop(out var node))
        {
            names ??= NamesOf(file);
            result ??= new WrittenDeclarations(publicDeclarations);
            var mentioned = new MentionedNames(file, []);
            TreeWalker.Walk(node, types: true, ref mentioned);
            foreach (var name in mentioned.Names)
            {
                foreach (var declaration in names.GetValueOrDefault(name) ?? [])
                {
                    if (result.besides.Add(declaration) && declaration is DeclarationStatement && !publicDeclarations.Contains(declaration))
                    {
                        open.Push(declaration);
                    }
                }
            }
        }

        return result ?? publicDeclarations;
    }

    private static Dictionary<string, List<Node>> NamesOf(SourceFile file)
    {
        var names = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        foreach (var statement in file.Statements)
        {
            switch (statement)
            {
                case InterfaceDeclaration n: Add(n.Name, n); break;
                case TypeAliasDeclaration n: Add(n.Name, n); break;
                case ImportEqualsDeclaration n: Add(n.Name, n); break;
                case ImportDeclaration { Clause: { } clause }:
                    if (clause.Name is not null)
                    {
                        Add(clause.Name, clause);
                    }

                    if (clause.NamedBindings is NamespaceImport all)
                    {
                        Add(all.Name, all);
                    }
                    else if (clause.NamedBindings is NamedImports named)
                    {
                        foreach (var element in named.Elements)
                        {
                            Add(element.Name, element);
                        }
                    }

                    break;
            }
        }

        return names;

        void Add(Identifier name, Node node)
        {
            var text = file.GetName(name);
            if (!names.TryGetValue(text, out var nodes))
            {
                names[text] = nodes = [];
            }

            nodes.Add(node);
        }
    }

    private readonly struct MentionedNames(SourceFile file, HashSet<string> names) : ITreeVisitor
    {
        public HashSet<string> Names => names;

        public bool Enter(Node node)
        {
            switch (node)
            {
                case TypeReference n: Add(Bindings.Root(n.TypeName)); break;
                case TypeQuery n: Add(Bindings.Root(n.ExprName)); break;
                case ExpressionWithTypeArguments { Expression: var expression }: Add(expression); break;
                case ComputedPropertyName { Expression: var expression }: Add(expression); break;
                case ImportEqualsDeclaration n: Add(Bindings.Root(n.Reference)); break;
            }

            return true;
        }

        private void Add(Expression? name)
        {
            while (name is PropertyAccessExpression n)
            {
                name = n.Expression;
            }

            if (name is Identifier id)
            {
                names.Add(file.GetName(id));
            }
        }
    }
}
