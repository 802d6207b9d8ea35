using Kiln.Analysis.Docs.Collection;
using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Lint;

/// <summary>
/// Types that exported declarations mention and that no entry point exports: <c>private-type-ref</c>. Each is reported once for a declaration with its members,
/// where it is met first. Modules that are exported as a whole (<c>export * as ns</c>) are not looked into, as in the reference.
/// </summary>
internal sealed class PrivateTypeLint : IReferenceVisitor
{
    private readonly IReadOnlyDictionary<string, CollectedModule> modules;
    private readonly TargetFinder finder;
    private readonly ReferenceWalker walker;
    private readonly List<LintProblem> problems;
    private readonly CancellationToken cancellationToken;

    /// <summary>What entry points export, in the order in which it was found, with the module that declares it.</summary>
    private readonly OrderedDictionary<Symbol, CollectedModule> exported = [];

    private readonly HashSet<Symbol> mentioned = [];
    private CollectedModule module = null!;
    private Symbol symbol = null!;
    private Declaration declaration = null!;
    private Node? member;
    private bool isHidden;

    public PrivateTypeLint(ModuleGraph graph, IReadOnlyDictionary<string, CollectedModule> modules, List<LintProblem> problems, CancellationToken cancellationToken)
    {
        this.modules = modules;
        this.problems = problems;
        this.cancellationToken = cancellationToken;
        finder = new TargetFinder(graph, modules);
        walker = new ReferenceWalker(this);
    }

    public void Check(IEnumerable<string> roots)
    {
        foreach (var root in roots)
        {
            if (modules.TryGetValue(root, out var entry))
            {
                AddExports(entry);
            }
        }

        foreach (var (found, owner) in exported)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(owner, found);
        }
    }

    void IReferenceVisitor.EnterMember(Node? node)
    {
        member = node;
        isHidden = node is not null && IsHidden(module.File.CommentAt(node.Start));
    }

    void IReferenceVisitor.VisitReference(Symbol reference, Meanings meanings, ReferencePath path)
    {
        // A class may share its name with an interface that it does not extend.
        var target = finder.ResolveSymbol(module, reference);
        if (path.Length > 0 || target is not SymbolTarget { Symbol.Meanings: var means } || (means & meanings) != 0)
        {
            Follow(target, path);
        }
    }

    void IReferenceVisitor.VisitImportType(StringLiteral specifier, ReferencePath path)
    {
        if (path.Length > 0 && finder.Open(module, module.File.Source.GetStringValue(specifier)) is { } target)
        {
            Follow(finder.Find(target, path.First), path.Rest);
        }
    }

    /// <summary>All that an entry point exports, also through stars and in namespaces.</summary>
    private void AddExports(CollectedModule root)
    {
        var open = new Stack<(CollectedModule Module, ModuleExport Way)>();
        foreach (var star in root.Symbols.Stars)
        {
            foreach (var other in finder.WalkStars(root, star))
            {
                AddAll(other, other.Exports, withDefault: false);
            }
        }

        AddAll(root, root.Exports, withDefault: true);
        while (open.TryPop(out var next))
        {
            if (finder.Resolve(next.Module, next.Way) is SymbolTarget target && exported.TryAdd(target.Symbol, target.Module) && target.Symbol.Has(DeclarationKind.Namespace))
            {
                AddAll(target.Module, ExportList.OfNamespace(target.Module.File.Source, target.Symbol), withDefault: true);
            }
        }

        void AddAll(CollectedModule owner, ExportList list, bool withDefault)
        {
            for (var i = list.Names.Count - 1; i >= 0; i--)
            {
                var (name, ways) = list.Names[i];
                if (withDefault || name != "default")
                {
                    foreach (var way in ways)
                    {
                        open.Push((owner, way));
                    }
                }
            }
        }
    }

    private void Check(CollectedModule owner, Symbol found)
    {
        // What has no name of its own has none to be reported under.
        if (found.Name is "default" or "export=")
        {
            return;
        }

        for (var outer = found.Parent; outer is not null; outer = outer.Parent)
        {
            if (IsHidden(owner.Definitions.CommentOf(outer.Declarations[0], outer.Name)))
            {
                return;
            }
        }

        (module, symbol) = (owner, found);
        mentioned.Clear();
        foreach (var one in found.Declarations)
        {
            if (!IsHidden(owner.Definitions.CommentOf(one, found.Name)))
            {
                declaration = one;
                walker.WalkWrittenTypes(one);
            }
        }
    }

    /// <summary>What nobody is to use may mention what it likes.</summary>
    private static bool IsHidden(DocComment? comment) => comment is not null && (comment.Has(JsDocTagKind.Internal) || comment.Has(JsDocTagKind.Ignore));

    /// <summary>Of <c>A.B.C</c> each part may be private.</summary>
    private void Follow(ExportTarget? target, ReferencePath path)
    {
        while (true)
        {
            switch (target)
            {
                case SymbolTarget found:
                    Report(found);
                    if (path.Length == 0 || FindMember(found.Symbol, path.First) is not { } child)
                    {
                        return;
                    }

                    target = finder.ResolveSymbol(found.Module, child);
                    break;
                case ModuleTarget { Module: { } whole } when path.Length > 0:
                    target = finder.Find(whole, path.First);
                    break;
                default:
                    return;
            }

            path = path.Rest;
        }
    }

    private static Symbol? FindMember(Symbol symbol, string name)
    {
        if (symbol.TryFindExport(name, out var child))
        {
            return child;
        }

        foreach (var block in symbol.Blocks)
        {
            if (block.FindOwn(name) is { } own)
            {
                return own;
            }
        }

        return null;
    }

    private void Report(SymbolTarget target)
    {
        if (isHidden || exported.ContainsKey(target.Symbol) || target.Symbol == symbol || !mentioned.Add(target.Symbol))
        {
            return;
        }

        // Said to be private on purpose.
        var other = target.Symbol.Declarations[0];
        if (IsHidden(target.Module.Definitions.CommentOf(other, target.Symbol.Name)))
        {
            return;
        }

        var file = module.File.Source;
        var start = member?.Start ?? module.File.PositionOf(module.Definitions.Locate(declaration, symbol.Name));
        var end = member is null ? start : member.End;
        var otherStart = target.Module.File.PositionOf(target.Module.Definitions.Locate(other, target.Symbol.Name));
        problems.Add(new LintProblem(
            LintCodes.PrivateTypeReference,
            $"public type '{Describe(file)}' references private type '{target.Symbol}'",
            new LintPlace(module.Entry.Path, start, FirstLine(file, start, Math.Max(end, start))))
        {
            Hint = "make the referenced type public or remove the reference",
            Related = new LintPlace(target.Module.Entry.Path, otherStart, FirstLine(target.Module.File.Source, otherStart, Math.Max(other.Node.End, otherStart))),
            RelatedMessage = "this is the referenced type",
        });
    }

    /// <summary>A mark does not go beyond its line: a class may be long.</summary>
    private static int FirstLine(SourceFile file, int start, int end)
    {
        var length = file.Text.AsSpan(start, end - start).IndexOfAny('\r', '\n');
        return length < 0 ? end : start + length;
    }

    private string Describe(SourceFile file) => member switch
    {
        null => symbol.ToString(),
        CallOrConstructSignature { Kind: SyntaxKind.ConstructSignature } => $"{symbol}[new]",
        CallOrConstructSignature => $"{symbol}[call]",
        IndexSignature => $"{symbol}[index]",
        PropertySignature it => $"{symbol}[\"{NameOf(file, it.Name)}\"]",
        MethodSignature it => $"{symbol}[\"{NameOf(file, it.Name)}\"]",
        PropertyDeclaration it => $"{symbol}.prototype.{NameOf(file, it.Name)}",
        MethodDeclaration it => $"{symbol}.prototype.{NameOf(file, it.Name)}",
        AccessorDeclaration it => declaration.Node is InterfaceDeclaration ? $"{symbol}[\"{NameOf(file, it.Name)}\"]" : $"{symbol}.prototype.{NameOf(file, it.Name)}",
        Parameter { Name: Identifier name } => $"{symbol}.prototype.{file.GetName(name)}",
        _ => symbol.ToString(),
    };

    private static string NameOf(SourceFile file, Node name) => name switch
    {
        ComputedPropertyName { Expression: Identifier identifier } => file.GetName(identifier),
        _ => MemberNames.Read(file, name) ?? file.GetSlice(name).ToString(),
    };
}
