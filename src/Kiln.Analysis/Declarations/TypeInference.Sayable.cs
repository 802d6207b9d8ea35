using Kiln.Analysis.Binding;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Declarations;

/// <summary>
/// Types of the source that an inferred type is made of may mention what is not written: the trace of the public API follows what the reference accepts,
/// and a slow type is more than that. Then the type is <c>any</c>.
/// </summary>
internal sealed partial class TypeInference
{
    private InferredType Sayable(InferredType type, Block? body = null) => IsSayable(type, body is null ? null : TypesOf(body)) ? type : InferredType.Any;

    private bool IsSayable(InferredType type, HashSet<string>? locals)
    {
        if (!guard.HasRoom())
        {
            return false;
        }

        switch (type.Kind)
        {
            case InferredKind.Word or InferredKind.Literal: return true;
            case InferredKind.Written: return AreVisible(type.Node!, locals);
            case InferredKind.Reference: return Array.TrueForAll(((NewExpression)type.Node!).TypeArguments, t => AreVisible(t, locals));
            case InferredKind.Function:
                return type.Node switch
                {
                    ArrowFunction n => IsSayable(n.TypeParameters, n.Parameters, n.Type, n.Body is Expression ? type.Parts[0] : null, locals),
                    FunctionExpression n => IsSayable(n.TypeParameters, n.Parameters, n.Type, null, locals),
                    _ => true,
                };
        }

        foreach (var part in type.Parts)
        {
            if (!IsSayable(part, locals))
            {
                return false;
            }
        }

        foreach (var member in type.Members)
        {
            var isSayable = member.Node is MethodDeclaration n
                ? IsSayable(n.TypeParameters, n.Parameters, n.Type, null, locals)
                : IsSayable(member.Type, locals);
            if (!isSayable)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSayable(TypeParameter[] typeParameters, Parameter[] parameters, TypeNode? type, InferredType? returned, HashSet<string>? locals)
    {
        foreach (var p in typeParameters)
        {
            if (!AreVisible(p, locals))
            {
                return false;
            }
        }

        foreach (var p in parameters)
        {
            if (p.Type is not null && !AreVisible(p.Type, locals))
            {
                return false;
            }
        }

        // What a body returns was looked at with the body.
        return (type is null || AreVisible(type, locals)) && (returned is null || IsSayable(returned, locals));
    }

    /// <summary>Everything that the syntax mentions is written, or declared by no part of this file.</summary>
    private bool AreVisible(Node syntax, HashSet<string>? locals)
    {
        var visitor = new NameVisitor(this, locals);
        TreeWalker.Walk(syntax, types: true, ref visitor);
        return visitor.AllVisible;
    }

    private struct NameVisitor(TypeInference owner, HashSet<string>? locals) : ITreeVisitor
    {
        public bool AllVisible { get; private set; } = true;

        public bool Enter(Node node)
        {
            switch (node)
            {
                case TypeReference n: Check(Bindings.Root(n.TypeName), isValue: false); break;
                case TypeQuery { ExprName: var name }: Check(Bindings.Root(name), isValue: true); break;
            }

            return AllVisible;
        }

        private void Check(Identifier? root, bool isValue)
        {
            if (root is not null)
            {
                AllVisible &= isValue ? owner.IsVisible(root) : owner.IsTypeVisible(root, locals);
            }
        }
    }

    private bool IsTypeVisible(Identifier id, HashSet<string>? locals)
    {
        var name = file.GetName(id);
        if (locals is not null && locals.Contains(name))
        {
            return false;
        }

        for (var i = visible - 1; i >= 0; i--)
        {
            var types = lists[i].Types ??= TypesOf(lists[i].Statements);
            if (types.TryGetValue(name, out var isPublic))
            {
                return isPublic;
            }
        }

        return true;
    }

    /// <summary>The types that a list declares, and whether they are written.</summary>
    private Dictionary<string, bool> TypesOf(Statement[] statements)
    {
        var types = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case InterfaceDeclaration n: Add(n.Name, n); break;
                case TypeAliasDeclaration n: Add(n.Name, n); break;
                case ClassDeclaration { Name: { } name }: Add(name, statement); break;
                case EnumDeclaration n: Add(n.Name, n); break;
                case ModuleDeclaration { Name: Identifier name }: Add(name, statement); break;
                case ImportEqualsDeclaration n: Add(n.Name, n); break;
                case ImportDeclaration { Clause: { } clause }:
                    if (clause.Name is not null)
                    {
                        Add(clause.Name, clause);
                    }

                    switch (clause.NamedBindings)
                    {
                        case NamespaceImport all: Add(all.Name, all); break;
                        case NamedImports named:
                            foreach (var element in named.Elements)
                            {
                                Add(element.Name, element);
                            }

                            break;
                    }

                    break;
            }
        }

        return types;

        void Add(Identifier name, Node node)
        {
            var text = file.GetName(name);
            types[text] = types.GetValueOrDefault(text) || publicDeclarations.Contains(node);
        }
    }

    /// <summary>The types that a function body declares, wherever in it.</summary>
    private HashSet<string>? TypesOf(Block body)
    {
        var collector = new LocalTypes(file);
        TreeWalker.Walk(body, types: true, ref collector);
        return collector.Names;
    }

    private struct LocalTypes(Kiln.TypeScript.SourceFile file) : ITreeVisitor
    {
        public HashSet<string>? Names { get; private set; }

        public bool Enter(Node node)
        {
            switch (node)
            {
                case InterfaceDeclaration n: Add(n.Name); return false;
                case TypeAliasDeclaration n: Add(n.Name); return false;
                case ClassDeclaration { Name: { } name }: Add(name); return false;
                case EnumDeclaration n: Add(n.Name); return false;
                case Expression or TypeNode: return false;
                default: return true;
            }
        }

        private void Add(Identifier name) => (Names ??= new HashSet<string>(StringComparer.Ordinal)).Add(file.GetName(name));
    }
}
