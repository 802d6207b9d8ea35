using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>A member of a class that has no comment takes that of the interfaces that the class implements, in their order and with what they extend.</summary>
internal sealed class InheritedComments(DocFile file, SymbolScope scope, HeritageClause implements)
{
    /// <summary>A class that implements more is not written by hand. Thousands of classes with thousands of interfaces each would take more than linear time.</summary>
    private const int MaxInterfaces = 256;

    private List<IReadOnlyDictionary<string, DocComment>>? found;

    public DocComment? Find(string member)
    {
        found ??= Collect();
        foreach (var comments in found)
        {
            if (comments.TryGetValue(member, out var comment))
            {
                return comment;
            }
        }

        return null;
    }

    private List<IReadOnlyDictionary<string, DocComment>> Collect()
    {
        var comments = new List<IReadOnlyDictionary<string, DocComment>>();
        var seen = new HashSet<InterfaceDeclaration>();
        var open = new Stack<(DocFile File, SymbolScope Scope, ExpressionWithTypeArguments Name)>();
        Push(file, scope, implements);
        while (open.TryPop(out var next) && seen.Count < MaxInterfaces)
        {
            if (ExpressionText.OfDotted(next.File.Source, next.Name.Expression) is not { } name)
            {
                continue;
            }

            foreach (var (owner, declaration) in new InterfaceResolver().Find(next.File, next.Scope, name))
            {
                var node = (InterfaceDeclaration)declaration.Node;
                if (seen.Add(node))
                {
                    comments.Add(owner.CommentsOf(node));
                    Push(owner, declaration.Scope, node.Extends);
                }
            }
        }

        return comments;

        void Push(DocFile owner, SymbolScope where, HeritageClause? clause)
        {
            for (var i = (clause?.Types.Length ?? 0) - 1; i >= 0; i--)
            {
                open.Push((owner, where, clause!.Types[i]));
            }
        }
    }
}
