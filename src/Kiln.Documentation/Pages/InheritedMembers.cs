using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Links;
using Kiln.Documentation.Symbols;

namespace Kiln.Documentation.Pages;

/// <summary>What a class or interface has from those of the package that it extends.</summary>
internal static class InheritedMembers
{
    /// <summary>Of a chain; and of members altogether, so that a long chain of classes costs each of them only so much.</summary>
    private const int MaxAncestors = 32;

    private const int MaxMembers = 500;

    /// <summary>From the nearest ancestor outward: members that nothing nearer declares.</summary>
    public static IEnumerable<(SymbolNode From, List<MemberEntry> Members)> Of(PageContext page, SymbolNode node, DocDeclaration declaration, NameScope scope)
    {
        // Constructors and signatures are a type's own affair.
        var known = new HashSet<(bool, string)>(node.Members.All.Select(m => (m.IsStatic, m.Name)));
        var visited = new HashSet<SymbolNode> { node };
        if (node.Alias is not null)
        {
            visited.Add(node.Alias);
        }

        var queue = new Queue<SymbolNode>(Parents(page, declaration, scope));
        var room = MaxMembers;
        while (queue.TryDequeue(out var ancestor) && visited.Count <= MaxAncestors && room > 0)
        {
            if (!visited.Add(ancestor))
            {
                continue;
            }

            var members = new List<MemberEntry>();
            var names = new List<(bool, string)>();
            foreach (var member in ancestor.Members.All)
            {
                if (member.Shape is MemberShape.Property or MemberShape.Method or MemberShape.StaticMethod or MemberShape.StaticProperty && !known.Contains((member.IsStatic, member.Name)))
                {
                    // One line for all overloads.
                    if (names.Count == 0 || names[^1] != (member.IsStatic, member.Name))
                    {
                        members.Add(member);
                    }

                    names.Add((member.IsStatic, member.Name));
                    if (--room == 0)
                    {
                        break;
                    }
                }
            }

            known.UnionWith(names);
            if (members.Count > 0)
            {
                yield return (ancestor, members);
            }

            foreach (var next in ancestor.Declarations)
            {
                foreach (var parent in Parents(page, next, new NameScope(next.Location.FileName, ancestor, ancestor.Entry)))
                {
                    queue.Enqueue(parent);
                }
            }
        }
    }

    /// <summary>The symbol of the package that a type names; null for all others.</summary>
    public static SymbolNode? Resolve(PageContext page, DocType type, NameScope scope) =>
        type is DocTypeReference reference ? page.Index.Page(page.Links.Names.Reference(reference, scope)) : null;

    private static IEnumerable<SymbolNode> Parents(PageContext page, DocDeclaration declaration, NameScope scope)
    {
        switch (declaration.Definition)
        {
            case DocClass { Extends: { } name }:
                if (page.Index.Page(page.Links.Names.Name(name, scope)) is { } parent)
                {
                    yield return parent;
                }

                break;
            case DocInterface @interface:
                foreach (var type in @interface.Extends)
                {
                    if (Resolve(page, type, scope) is { } extended)
                    {
                        yield return extended;
                    }
                }

                break;
            default:
                break;
        }
    }
}
