using Kiln.Analysis.Symbols;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>
/// The declarations that are not exported and that the types of exported ones name, also by way of each other (docs.md §7.4). It never leaves the module: what other
/// modules keep to themselves is theirs.
/// </summary>
internal sealed class PrivateReach : IReferenceVisitor
{
    private readonly ReferenceWalker walker;
    private readonly HashSet<Symbol> reached = [];
    private readonly HashSet<Symbol> exported = [];
    private readonly HashSet<Symbol> named = [];
    private readonly Queue<(Symbol Symbol, bool IsExported)> pending = new();

    public PrivateReach() => walker = new ReferenceWalker(this, onlyTypes: true);

    public bool Contains(Symbol symbol) => reached.Contains(symbol);

    /// <summary>A symbol that an entry point exports, with what it exports in turn when it is a namespace.</summary>
    public void AddExported(Symbol symbol)
    {
        if (exported.Add(symbol))
        {
            pending.Enqueue((symbol, true));
        }
    }

    public void Run()
    {
        while (pending.TryDequeue(out var next))
        {
            // The reference follows constructors and static members of exported classes alone.
            walker.OnlyInstanceMembers = !next.IsExported;
            foreach (var declaration in next.Symbol.Declarations)
            {
                if (!declaration.IsAlias)
                {
                    walker.WalkDeclaration(declaration);
                }
            }

            if (next.IsExported && next.Symbol.Exports is { } children)
            {
                foreach (var (_, child) in children)
                {
                    AddExported(Local(child));
                }
            }
        }
    }

    void IReferenceVisitor.EnterMember(Node? member)
    {
    }

    void IReferenceVisitor.VisitReference(Symbol symbol, Meanings meanings, ReferencePath path)
    {
        var target = Follow(symbol, ref path);
        for (var outer = target.Parent; outer is not null && reached.Add(outer); outer = outer.Parent)
        {
        }

        while (true)
        {
            reached.Add(target);
            if (path.Length == 0 || !target.TryFindExport(path.First, out var child))
            {
                if (named.Add(target))
                {
                    pending.Enqueue((target, false));
                }

                return;
            }

            path = path.Rest;
            target = Follow(child, ref path);
        }
    }

    void IReferenceVisitor.VisitImportType(StringLiteral specifier, ReferencePath path)
    {
    }

    /// <summary>What <c>import x = A.B</c> and an export list stand for. A chain of aliases is as long as the file at most.</summary>
    private Symbol Follow(Symbol symbol, ref ReferencePath path)
    {
        for (var steps = 0; steps < 64 && symbol.Declarations is [{ IsAlias: true } alias]; steps++)
        {
            Symbol? next = null;
            if (alias is { Kind: DeclarationKind.ImportEquals, Source: null, Node: ImportEqualsDeclaration import } && walker.TryReadName(alias.Scope, import.Reference, path, out var root, out var full))
            {
                (next, path) = (root, full);
            }
            else if (alias is { Kind: DeclarationKind.Export, LocalName: { } local })
            {
                next = alias.Scope.Find(local);
            }

            if (next is null || next == symbol)
            {
                break;
            }

            symbol = next;
        }

        return symbol;
    }

    private Symbol Local(Symbol symbol)
    {
        var path = ReferencePath.Empty;
        return Follow(symbol, ref path);
    }
}
