using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Links;
using Kiln.Documentation.Pages;

namespace Kiln.Documentation.Symbols;

/// <summary>
/// All that a package offers, by name, by file and by place. A name that only refers to a declaration of another entry point leads to its page there, except from the main
/// entry: what can be imported from the package itself has a page that says so. So a symbol has two pages at most, however many entry points offer it.
/// </summary>
internal sealed class PackageIndex
{
    /// <summary>Deeper namespaces are listed and have no pages.</summary>
    private const int MaxNesting = 16;

    /// <summary>Longer names, and those without any character, cannot be part of an address.</summary>
    private const int MaxAddressedName = 400;

    private readonly Dictionary<(string File, string Name), SymbolNode> byFile = [];
    private readonly Dictionary<DocLocation, SymbolNode> owners = [];

    /// <summary>Null: several.</summary>
    private readonly Dictionary<string, SymbolNode?> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryNode> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryNode> byModule = new(StringComparer.Ordinal);
    private readonly Dictionary<DocPageKey, SymbolNode> pages = [];
    private readonly HashSet<string> files = new(StringComparer.Ordinal);
    private readonly List<SymbolNode> nodes = [];

    private PackageIndex(PackageDocs docs) => Docs = docs;

    public PackageDocs Docs { get; }

    public ImmutableArray<EntryNode> Entries { get; private set; } = [];

    public EntryNode? Main => byKey.GetValueOrDefault("");

    /// <summary>Every symbol, namespaced ones too, in the order of the entry points.</summary>
    public IReadOnlyList<SymbolNode> Symbols => nodes;

    public static PackageIndex Build(PackageDocs docs, CancellationToken cancellationToken)
    {
        var index = new PackageIndex(docs);
        index.AddEntries();
        cancellationToken.ThrowIfCancellationRequested();
        index.Resolve();
        cancellationToken.ThrowIfCancellationRequested();
        index.AddNames();
        return index;
    }

    public EntryNode? Entry(string key) => byKey.GetValueOrDefault(key);

    public EntryNode? EntryOfModule(string specifier) => byModule.GetValueOrDefault(specifier);

    /// <summary>What a file calls by this name on its top level.</summary>
    public SymbolNode? Declared(string file, string name) => byFile.GetValueOrDefault((file, name));

    /// <summary>The one symbol of this name in the package; null where there is none or more than one.</summary>
    public SymbolNode? Named(string name) => byName.GetValueOrDefault(name);

    /// <summary>The symbol whose page a link leads to.</summary>
    public SymbolNode? Page(LinkTarget? target) => target is { Page: { Kind: DocPageKind.Symbol } key, Anchor: null } ? pages.GetValueOrDefault(key) : null;

    /// <summary>Whether anything that is shown is declared in this file.</summary>
    public bool Knows(string file) => byModule.ContainsKey(file) || files.Contains(file);

    // 1. The tree of names, and which declaration belongs where.
    private void AddEntries()
    {
        var modules = new Dictionary<string, DocModule>(StringComparer.Ordinal);
        foreach (var module in Docs.Modules.Modules)
        {
            modules.TryAdd(module.Specifier, module);
        }

        var entries = ImmutableArray.CreateBuilder<EntryNode>(Docs.Entries.Length);
        foreach (var point in Docs.Entries)
        {
            var module = modules.GetValueOrDefault(point.Specifier);
            var entry = new EntryNode(point, module, Docs.Name) { SameAs = byModule.GetValueOrDefault(point.Specifier) };
            if (!byKey.TryAdd(point.Key, entry))
            {
                continue;
            }

            entries.Add(entry);
            if (module is null || entry.SameAs is not null)
            {
                continue;
            }

            byModule.Add(point.Specifier, entry);
            foreach (var symbol in module.Symbols)
            {
                if (Create(entry, null, symbol, 0) is { } node)
                {
                    entry.Add(node);
                }
            }
        }

        Entries = entries.ToImmutable();
    }

    private SymbolNode? Create(EntryNode entry, SymbolNode? parent, DocSymbol symbol, int depth)
    {
        var shown = symbol.Declarations.Where(d => d.Visibility != DocVisibility.Private).ToImmutableArray();
        if (shown.IsEmpty)
        {
            return null;
        }

        var node = new SymbolNode(entry, parent, symbol) { Declarations = shown };
        nodes.Add(node);
        foreach (var declaration in shown)
        {
            if (declaration.Definition is DocReference)
            {
                continue;
            }

            owners.TryAdd(declaration.Location, node);
        }

        if (depth < MaxNesting)
        {
            foreach (var element in Elements(shown))
            {
                if (Create(entry, node, element, depth + 1) is { } child)
                {
                    node.Children.Add(child);
                }
            }
        }

        return node;
    }

    /// <summary>What is in a namespace; where it is opened several times, a name that several of them declare is one symbol.</summary>
    private static IEnumerable<DocSymbol> Elements(ImmutableArray<DocDeclaration> declarations)
    {
        var namespaces = declarations.Select(d => d.Definition).OfType<DocNamespace>().ToList();
        var elements = namespaces.SelectMany(n => n.Elements);
        return namespaces.Count < 2
            ? elements
            : elements.GroupBy(e => e.Name, StringComparer.Ordinal).Select(g => g.ToList()).Select(same =>
                same.Count == 1 ? same[0] : new DocSymbol { Name = same[0].Name, IsDefault = same[0].IsDefault, Declarations = [.. same.SelectMany(s => s.Declarations)] });
    }

    // 2. References lead to declarations; who has a page.
    private void Resolve()
    {
        foreach (var node in nodes)
        {
            if (!node.Declarations.Any(d => d.Definition is DocReference))
            {
                node.Declarations = WithoutImplementations(node.Declarations);
                TakePage(node);
                continue;
            }

            var declarations = new List<DocDeclaration>();
            var seen = new HashSet<SymbolNode>();
            foreach (var declaration in node.Declarations)
            {
                if (declaration.Definition is not DocReference reference)
                {
                    declarations.Add(declaration);
                }
                else if (owners.TryGetValue(reference.Target, out var owner) && owner != node && seen.Add(owner))
                {
                    declarations.AddRange(owner.Symbol.Declarations.Where(d => d.Visibility != DocVisibility.Private && d.Definition is not DocReference));
                    node.Alias ??= owner;
                    if (node.Children.Count == 0)
                    {
                        node.Children = owner.Children;
                    }
                }
            }

            var isOnlyAlias = seen.Count == 1 && node.Declarations.All(d => d.Definition is DocReference);

            // One part of a merged symbol may be a reference and another a copy of what it leads to.
            node.Declarations = WithoutImplementations([.. declarations.DistinctBy(d => (d.Location, d.Definition.Kind))]);
            if (!isOnlyAlias)
            {
                node.Alias = null;
            }

            if (node.Declarations.IsEmpty)
            {
                continue;
            }

            if (!isOnlyAlias || (node.Parent is null && node.Entry.IsMain))
            {
                TakePage(node);
            }
        }

        // What leads nowhere is not shown.
        nodes.RemoveAll(n => n.Declarations.IsEmpty);
        foreach (var entry in Entries)
        {
            entry.Symbols.RemoveAll(n => n.Declarations.IsEmpty);
        }

        foreach (var node in nodes)
        {
            node.Children.RemoveAll(n => n.Declarations.IsEmpty);
            node.Complete();
        }
    }

    /// <summary>Two names can give one address (a string export <c>"a.b"</c> beside <c>b</c> in <c>a</c>): the first has it.</summary>
    private void TakePage(SymbolNode node) =>
        node.HasPage = node.Path.Length <= MaxAddressedName
            && node.Name.Length > 0
            && !node.Name.AsSpan().ContainsAnyInRange('\0', '\x1F')
            && (node.Parent is null || node.Parent.HasPage)
            && pages.TryAdd(node.Key, node);

    private static ImmutableArray<DocDeclaration> WithoutImplementations(ImmutableArray<DocDeclaration> declarations)
    {
        var functions = declarations.Count(d => d.Definition is DocFunction);
        if (functions < 2 || !declarations.Any(d => d.Definition is DocFunction { HasBody: false }))
        {
            return declarations;
        }

        return [.. declarations.Where(d => d.Definition is not DocFunction { HasBody: true })];
    }

    // 3. Names as files use them.
    private void AddNames()
    {
        foreach (var node in nodes.Where(n => n.Target is not null))
        {
            foreach (var declaration in node.Symbol.Declarations)
            {
                if (declaration.Definition is DocReference || declaration.Visibility == DocVisibility.Private)
                {
                    continue;
                }

                var file = declaration.Location.FileName;
                files.Add(file);
                if (node.Parent is null || !node.Parent.Files.Contains(file))
                {
                    byFile.TryAdd((file, SymbolNode.DeclaredName(declaration.Definition) ?? node.Name), node);
                }
            }

            if (node.Alias is null)
            {
                byName[node.Name] = byName.ContainsKey(node.Name) ? null : node;
            }
        }
    }
}
