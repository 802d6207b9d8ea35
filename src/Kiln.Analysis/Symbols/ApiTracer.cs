using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>
/// The work lists of <see cref="PublicApi"/>: 1. a module is asked for exports; 2. their symbols become public, with all declarations of the meanings asked
/// for; 3. what these mention is asked for in turn, in this module at once, and in others when their turn comes.
/// </summary>
/// <remarks>Who asks for a whole class before a module's turn hides who asks for a member that it lacks, so turns are part of the verdict.</remarks>
internal sealed partial class ApiTracer : IReferenceVisitor
{
    private readonly ModuleGraph? graph;
    private readonly bool throughJavaScript;
    private readonly ReferenceWalker walker;
    private readonly Dictionary<string, TracedModule?> modules = new(StringComparer.Ordinal);
    private readonly List<TracedModule> order = [];
    private readonly Queue<TracedModule> turns = new();
    private readonly Queue<TraceRequest> requests = new();
    private readonly List<ModuleProblem> problems = [];
    private readonly HashSet<string> untyped = new(StringComparer.Ordinal);
    private readonly HashSet<Node> privateMembers = [];
    private TracedModule current = null!;
    private Referrer referrer;

    public ApiTracer(ModuleGraph? graph, bool throughJavaScript = false)
    {
        this.graph = graph;
        this.throughJavaScript = throughJavaScript;
        walker = new ReferenceWalker(this);
    }

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
            AskAll(module, withDefault: true);
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
        var module = new TracedModule(new ModuleEntry { Path = "/file", MediaType = type, SourceFile = file });
        order.Add(module);
        AskAll(module, withDefault: true);
    }

    public void Run(CancellationToken cancellationToken)
    {
        while (turns.TryDequeue(out var module))
        {
            current = module;
            TakeTurn(module);
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
    }

    public PublicApi Finish()
    {
        var reached = order.FindAll(module => module.IsReached);
        reached.Sort((a, b) => string.CompareOrdinal(a.Entry.Path, b.Entry.Path));

        // Such an entrypoint ends the reference's check of the whole package: what is wrong elsewhere is not held against it (publishing.md §9, 31).
        if (problems.Exists(problem => problem.Problem.Code == FastCheckCodes.UnsupportedJavaScriptEntrypoint))
        {
            problems.RemoveAll(problem => problem.Problem.Code != FastCheckCodes.UnsupportedJavaScriptEntrypoint);
        }

        return new PublicApi([.. reached.Select(module => new PublicModule(module.Entry, module.Symbols, module.Public))], problems);
    }

    void IReferenceVisitor.EnterMember(Node? member) => referrer = referrer with { Member = member };

    void IReferenceVisitor.VisitReference(Symbol symbol, Meanings meanings, ReferencePath path) => Ask(symbol, meanings, path, referrer);

    void IReferenceVisitor.VisitImportType(StringLiteral specifier, ReferencePath path) =>
        AskModule(current.Symbols.File.GetStringValue(specifier), path.Length == 0 ? null : path.First, path.Length == 0 ? path : path.Rest, withDefault: true);

    private void Ask(Symbol symbol, Meanings meanings, ReferencePath path, Referrer by)
    {
        if (path.Length > 0 || !current.IsDone(symbol, meanings))
        {
            requests.Enqueue(new TraceRequest(symbol, meanings, path, by));
        }
    }

    private void TraceSymbol(in TraceRequest request)
    {
        var (symbol, meanings, _, _) = request;
        if (symbol.Has(DeclarationKind.Class))
        {
            // An interface of the same name adds to the instances, and nobody can have the class without them.
            meanings = Meanings.All;
        }

        if (!current.TryBegin(symbol, meanings))
        {
            return;
        }

        if (symbol.Parent is { } parent)
        {
            Pull(parent);
        }

        foreach (var declaration in symbol.Declarations)
        {
            if ((declaration.Meanings & Wanted(meanings)) == 0)
            {
                // The reference follows the members of an interface also where only a value of its name is wanted; its clients do, so the verdict must.
                if (declaration.Kind == DeclarationKind.Interface)
                {
                    referrer = new Referrer(symbol, null);
                    walker.WalkMembers(declaration);
                }

                continue;
            }

            if (declaration.Kind == DeclarationKind.Namespace)
            {
                current.Public.Add(declaration.Node);
            }
            else if (declaration.IsAlias)
            {
                current.Public.Add(declaration.Node);
                Follow(symbol, declaration, ReferencePath.Empty);
            }
            else
            {
                Publish(symbol, declaration);
            }
        }

        if (symbol.Exports is { } exports)
        {
            foreach (var (_, child) in exports)
            {
                Ask(child, Meanings.All, ReferencePath.Empty, new Referrer(symbol, null));
            }
        }
    }

    /// <summary>What a value or a type is asked for: a namespace answers to both, whether or not it has values.</summary>
    private static Meanings Wanted(Meanings meanings) => meanings | Meanings.Namespace | ((meanings & Meanings.Namespace) != 0 ? Meanings.Type : Meanings.None);

    private void Publish(Symbol symbol, Declaration declaration)
    {
        if (current.Public.Add(declaration.Node))
        {
            referrer = new Referrer(symbol, null);
            walker.WalkDeclaration(declaration);
        }
    }

    /// <summary>What contains something public is public, without what else it contains; of what is no namespace only the whole can be declared.</summary>
    private void Pull(Symbol? symbol)
    {
        for (; symbol is not null && current.TryPull(symbol); symbol = symbol.Parent)
        {
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Kind == DeclarationKind.Namespace)
                {
                    current.Public.Add(declaration.Node);
                }
                else if (!declaration.IsAlias)
                {
                    Publish(symbol, declaration);
                }
            }
        }
    }

    /// <summary>Asks for what an alias stands for.</summary>
    private void Follow(Symbol symbol, Declaration alias, ReferencePath path)
    {
        if (alias.Source is { } source)
        {
            var isModule = source.Name is null;
            if (isModule && path.Length > 0)
            {
                AskModule(source.Specifier, path.First, path.Rest, withDefault: false);
            }
            else
            {
                AskModule(source.Specifier, source.Name, path, withDefault: false);
            }
        }
        else if (alias.LocalName is { } local)
        {
            if (alias.Scope.Find(local) is { } target && target != symbol)
            {
                Ask(target, Meanings.All, path, new Referrer(symbol, null));
            }
        }
        else if (alias.Node is ImportEqualsDeclaration import && walker.TryReadName(alias.Scope, import.Reference, path, out var root, out var full))
        {
            Ask(root, Meanings.All, full, new Referrer(symbol, null));
        }
    }
}
