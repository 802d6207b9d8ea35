using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// The work list of <see cref="PublicApi"/>: 1. an export is asked for; 2. its symbol becomes public, with all declarations of the meanings asked for;
/// 3. what they mention is asked for in turn, in this module or through an import in another.
/// </summary>
internal sealed partial class ApiTracer(ModuleGraph? graph, bool throughJavaScript = false) : IReferenceVisitor
{
    private readonly Dictionary<string, TracedModule?> modules = new(StringComparer.Ordinal);
    private readonly List<TracedModule> order = [];
    private readonly Queue<TraceRequest> requests = new();
    private readonly List<ModuleProblem> problems = [];
    private readonly HashSet<string> untyped = new(StringComparer.Ordinal);
    private readonly HashSet<Node> privateMembers = [];
    private TracedModule current = null!;
    private Referrer referrer;

    public void AddRoot(string path)
    {
        if (graph?.Find(path) is not { } entry)
        {
            return;
        }

        if (IsUntypedJavaScript(entry) && untyped.Add(entry.Path))
        {
            problems.Add(new ModuleProblem(entry.Path, FastCheckMessages.UnsupportedJavaScriptEntrypoint()));
        }

        if (Open(entry) is { } module)
        {
            TraceAll(module, withDefault: true);
        }
    }

    public void AddFile(SourceFile file)
    {
        var type = file.Language switch
        {
            Language.Declaration => MediaType.Dts,
            Language.Tsx => MediaType.Tsx,
            Language.Jsx => MediaType.Jsx,
            Language.JavaScript => MediaType.JavaScript,
            _ => MediaType.TypeScript,
        };
        var module = new TracedModule(new ModuleEntry { Path = "/file", MediaType = type, SourceFile = file }, 0, this);
        order.Add(module);
        TraceAll(module, withDefault: true);
    }

    public void Run(CancellationToken cancellationToken)
    {
        while (requests.TryDequeue(out var request))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Path.Length == 0)
            {
                TraceSymbol(request);
            }
            else
            {
                TracePath(request);
            }
        }
    }

    public PublicApi Finish()
    {
        var reached = order.FindAll(module => module.IsReached);
        reached.Sort((a, b) => string.CompareOrdinal(a.Entry.Path, b.Entry.Path));
        return new PublicApi([.. reached.Select(module => new PublicModule(module.Entry, module.Symbols, module.Public))], problems);
    }

    void IReferenceVisitor.EnterMember(Node? member) => referrer = referrer with { Member = member };

    void IReferenceVisitor.VisitReference(Symbol symbol, Meanings meanings, ReferencePath path) => Ask(current, symbol, meanings, path, referrer);

    void IReferenceVisitor.VisitImportType(StringLiteral specifier, ReferencePath path) =>
        AskModule(current, current.Symbols.File.GetStringValue(specifier), path.Length == 0 ? null : path.First, path.Length == 0 ? path : path.Rest, withDefault: true);

    private void Ask(TracedModule module, Symbol symbol, Meanings meanings, ReferencePath path, Referrer by)
    {
        module.IsReached = true;
        if (path.Length > 0 || !module.IsDone(symbol, meanings))
        {
            requests.Enqueue(new TraceRequest(module, symbol, meanings, path, by));
        }
    }

    private void TraceSymbol(in TraceRequest request)
    {
        var (module, symbol, meanings, _, _) = request;
        if (!module.TryBegin(symbol, meanings))
        {
            return;
        }

        if (symbol.Parent is { } parent)
        {
            Pull(module, parent);
        }

        foreach (var declaration in symbol.Declarations)
        {
            if ((declaration.Meanings & Wanted(meanings)) == 0)
            {
                continue;
            }

            if (declaration.Kind == DeclarationKind.Namespace)
            {
                module.Public.Add(declaration.Node);
            }
            else if (declaration.IsAlias)
            {
                module.Public.Add(declaration.Node);
                Follow(module, symbol, declaration, ReferencePath.Empty);
            }
            else
            {
                Publish(module, symbol, declaration);
            }
        }

        if (symbol.Exports is { } exports)
        {
            foreach (var (_, child) in exports)
            {
                Ask(module, child, Meanings.All, ReferencePath.Empty, new Referrer(symbol, null));
            }
        }
    }

    /// <summary>What a value or a type is asked for: a namespace answers to both, whether or not it has values.</summary>
    private static Meanings Wanted(Meanings meanings) => meanings | Meanings.Namespace | ((meanings & Meanings.Namespace) != 0 ? Meanings.Type : Meanings.None);

    private void Publish(TracedModule module, Symbol symbol, Declaration declaration)
    {
        if (module.Public.Add(declaration.Node))
        {
            current = module;
            referrer = new Referrer(symbol, null);
            module.Walker.WalkDeclaration(declaration);
        }
    }

    /// <summary>What contains something public is public, without what else it contains; of what is no namespace only the whole can be declared.</summary>
    private void Pull(TracedModule module, Symbol? symbol)
    {
        for (; symbol is not null && module.TryPull(symbol); symbol = symbol.Parent)
        {
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Kind == DeclarationKind.Namespace)
                {
                    module.Public.Add(declaration.Node);
                }
                else if (!declaration.IsAlias)
                {
                    Publish(module, symbol, declaration);
                }
            }
        }
    }

    /// <summary>Asks for what an alias stands for.</summary>
    private void Follow(TracedModule module, Symbol symbol, Declaration alias, ReferencePath path)
    {
        if (alias.Source is { } source)
        {
            var isModule = source.Name is null;
            if (isModule && path.Length > 0)
            {
                AskModule(module, source.Specifier, path.First, path.Rest, withDefault: false);
            }
            else
            {
                AskModule(module, source.Specifier, source.Name, path, withDefault: false);
            }
        }
        else if (alias.LocalName is { } local)
        {
            if (alias.Scope.Find(local) is { } target && target != symbol)
            {
                Ask(module, target, Meanings.All, path, new Referrer(symbol, null));
            }
        }
        else if (alias.Node is ImportEqualsDeclaration import && module.Walker.TryReadName(alias.Scope, import.Reference, path, out var root, out var full))
        {
            Ask(module, root, Meanings.All, full, new Referrer(symbol, null));
        }
    }
}
