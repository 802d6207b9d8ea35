using System.Text;
using Kiln.Analysis.FastCheck;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Names with dots: <c>ns.Type</c>, <c>Class.prototype.member</c>.</summary>
internal sealed partial class ApiTracer
{
    /// <summary>
    /// Names × aliases that they are seen through, and the modules on the way. Nobody writes enough of them by hand to come near; past it an alias means
    /// all that it stands for.
    /// </summary>
    private const int MaxPathSteps = 2_000_000;

    /// <summary>Messages repeat names; nobody writes longer ones.</summary>
    private const int MaxNameLength = 200;

    private readonly HashSet<(Symbol Symbol, string Path)> followed = [];
    private int pathSteps;

    private void TracePath(in TraceRequest request)
    {
        var (symbol, meanings, path, by) = request;
        var hasAlias = symbol.Has(DeclarationKind.Import) || symbol.Has(DeclarationKind.Export) || symbol.Has(DeclarationKind.ImportEquals);
        if (hasAlias)
        {
            TracePathThroughAliases(symbol, path);
        }

        if (symbol.TryFindExport(path.First, out var child))
        {
            Ask(child, Meanings.All, path.Rest, by);
        }
        else if (symbol.Has(DeclarationKind.Class))
        {
            TraceMember(symbol, path, by);
        }
        else if (symbol.Exports is not null && !symbol.Has(DeclarationKind.Enum) && !symbol.Has(DeclarationKind.Expando))
        {
            Report(FastCheckMessages.NotFoundReference, symbol, path, by);
        }
        else if (!hasAlias || symbol.Declarations.Length > 1)
        {
            Ask(symbol, meanings, ReferencePath.Empty, by);
        }
    }

    private void TracePathThroughAliases(Symbol symbol, ReferencePath path)
    {
        pathSteps += symbol.Declarations.Length;
        if (pathSteps > MaxPathSteps)
        {
            Ask(symbol, Meanings.All, ReferencePath.Empty, default);
            return;
        }

        if (!followed.Add((symbol, path.Key)))
        {
            return;
        }

        Pull(symbol.Parent);
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration.IsAlias)
            {
                current.Public.Add(declaration.Node);
                Follow(symbol, declaration, path);
            }
        }
    }

    /// <summary>Only what a class declares itself can be named, and of an instance nothing below the member.</summary>
    private void TraceMember(Symbol symbol, ReferencePath path, Referrer by)
    {
        var members = symbol.Members!;
        ClassMember? member;
        if (path.First != "prototype")
        {
            members.Statics.TryGetValue(path.First, out member);
        }
        else if (path.Length == 1)
        {
            Ask(symbol, Meanings.All, ReferencePath.Empty, by);
            return;
        }
        else
        {
            members.Instances.TryGetValue(path.Rest.First, out member);
            if (member is not null && path.Length > 2)
            {
                Report(FastCheckMessages.UnsupportedComplexReference, symbol, path, by);
                return;
            }
        }

        if (member is null)
        {
            Report(FastCheckMessages.NotFoundReference, symbol, path, by);
            return;
        }

        if (member.IsPrivate && privateMembers.Add(member.Node))
        {
            var name = Clip($"{NameOf(symbol)}{(member.IsStatic ? "." : ".prototype.")}{Clip(member.Name)}");
            problems.Add(new ModuleProblem(current.Entry.Path, FastCheckMessages.UnsupportedPrivateMemberReference(member.Node.Start, member.Node.End, name, Describe(by))));
        }

        Ask(symbol, Meanings.All, ReferencePath.Empty, by);
    }

    private void Report(Func<int, int, string, string, FastCheckDiagnostic> create, Symbol symbol, ReferencePath path, Referrer by)
    {
        var node = symbol.Declarations[0].Node;
        problems.Add(new ModuleProblem(current.Entry.Path, create(node.Start, node.End, Clip($"{NameOf(symbol)}.{path}"), Describe(by))));
        Pull(symbol);
    }

    /// <summary>As the reference writes it: <c>A.prototype.m</c>, <c>A.s</c>, <c>I["x"]</c>.</summary>
    private string Describe(Referrer by)
    {
        if (by.Symbol is null || by.Symbol.Name is "default" or "export=")
        {
            return "<unknown>";
        }

        var name = NameOf(by.Symbol);
        var file = current.Symbols.File;
        return Clip(by.Member switch
        {
            PropertySignature n => $"{name}[\"{Key(n.Name)}\"]",
            MethodSignature n => $"{name}[\"{Key(n.Name)}\"]",
            PropertyDeclaration n => Member(n.Modifiers, n.Name),
            MethodDeclaration n => Member(n.Modifiers, n.Name),
            AccessorDeclaration n => Member(n.Modifiers, n.Name),
            ConstructorDeclaration => name + ".constructor",
            _ => name,
        });

        string? Key(Node key) => key.Length > MaxNameLength ? "…" : MemberNames.Read(file, key);

        string Member(Modifiers modifiers, Node key) => $"{name}{(modifiers.Has(ModifierFlags.Static) ? "." : ".prototype.")}{Key(key)}";
    }

    /// <summary>Qualified, and never long: what is many times in a file must not be copied whole each time.</summary>
    private static string NameOf(Symbol symbol)
    {
        var name = Clip(symbol.Name);
        for (var outer = symbol.Parent; outer is not null && name.Length <= MaxNameLength; outer = outer.Parent)
        {
            name = $"{Clip(outer.Name)}.{name}";
        }

        return name;
    }

    private static string Clip(string name) => name.Length <= MaxNameLength ? name : new StringBuilder(name, 0, MaxNameLength, MaxNameLength + 1).Append('…').ToString();
}
