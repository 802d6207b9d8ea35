using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>
/// Decides which names stay references (docs.md §7.2): those whose target is shown somewhere. The first reference to anything else is replaced by what it means, and the
/// others refer to that.
/// </summary>
internal sealed class ReferenceResolver
{
    /// <summary>
    /// Modules that export each other as a whole twice make a tree that doubles with each of them. Nobody reads a million names: from then on such a module shows nothing.
    /// </summary>
    private const int MaxDeclarations = 1_000_000;

    /// <summary>Modules inside modules; deeper ones show nothing.</summary>
    private const int MaxModules = 64;

    /// <summary>Namespaces and modules inside each other; source nests less deep.</summary>
    private const int MaxNamespaces = 600;

    private readonly HashSet<DocLocation> shown = [];
    private readonly HashSet<object> visited = [];
    private readonly HashSet<object> open = [];
    private readonly List<DefinitionItem> definitions = [];
    private int openModules;
    private int count;

    /// <summary>All definitions that are shown, with repetitions.</summary>
    public IReadOnlyList<DefinitionItem> Definitions => definitions;

    /// <summary>What an entry point shows is shown, whatever its place in the order; so is what the namespaces of modules show that it exports as a whole.</summary>
    public void AddShown(IReadOnlyList<DocEntry> entries)
    {
        if (!DeepStack.HasRoom)
        {
            DeepStack.Continue(() => AddShown(entries));
            return;
        }

        foreach (var entry in entries)
        {
            var isFirst = true;
            foreach (var item in entry.Items)
            {
                if (item is NamespaceItem inner)
                {
                    if (inner.Target is null ? visited.Add(inner) : visited.Add(inner.Target))
                    {
                        AddShown(inner.Elements);
                    }
                }
                else if (isFirst)
                {
                    shown.Add(item.Location);
                }

                isFirst = false;
            }
        }
    }

    public List<ResolvedEntry> Resolve(CollectedModule root, IReadOnlyList<DocEntry> entries)
    {
        open.Add(root);
        var resolved = Resolve(entries);
        open.Remove(root);
        return resolved;
    }

    private List<ResolvedEntry> Resolve(IReadOnlyList<DocEntry> entries)
    {
        if (!DeepStack.HasRoom)
        {
            List<ResolvedEntry>? result = null;
            DeepStack.Continue(() => result = Resolve(entries));
            return result!;
        }

        var resolved = new List<ResolvedEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var items = new List<ResolvedItem>(entry.Items.Count);
            foreach (var item in entry.Items)
            {
                if (Add(item, items))
                {
                    break;
                }
            }

            if (items.Count > 0)
            {
                resolved.Add(new ResolvedEntry(entry, items));
            }
        }

        return resolved;
    }

    /// <summary>True when what stands behind the item is taken care of.</summary>
    private bool Add(DocItem item, List<ResolvedItem> into)
    {
        count++;
        switch (item)
        {
            case ReferenceItem reference when shown.Contains(reference.Target):
                into.Add(new ResolvedItem(reference, []));
                break;
            case ReferenceItem reference:
                if (reference.Replacement.Count > 0)
                {
                    if (reference.ReplacesRest)
                    {
                        into.RemoveAll(i => i.Item is ReferenceItem);
                    }

                    foreach (var replacement in reference.Replacement)
                    {
                        shown.Add(replacement.Location);
                        Add(replacement, into);
                    }

                    return reference.ReplacesRest;
                }

                break;
            case NamespaceItem { Target: { } module } whole:
                // A module inside itself shows nothing.
                if (openModules < MaxModules && count < MaxDeclarations && open.Add(module))
                {
                    openModules++;
                    into.Add(new ResolvedItem(whole, Resolve(whole.Elements)));
                    openModules--;
                    open.Remove(module);
                }
                else
                {
                    into.Add(new ResolvedItem(whole, []));
                }

                break;
            case NamespaceItem declared:
                // A namespace may export itself, or others of its module twice each.
                if (open.Count < MaxNamespaces && count < MaxDeclarations && open.Add(declared))
                {
                    into.Add(new ResolvedItem(declared, Resolve(declared.Elements)));
                    open.Remove(declared);
                }
                else
                {
                    into.Add(new ResolvedItem(declared, []));
                }

                break;
            case DefinitionItem definition:
                definitions.Add(definition);
                into.Add(new ResolvedItem(definition, []));
                break;
            default:
                into.Add(new ResolvedItem(item, []));
                break;
        }

        return false;
    }
}

/// <summary>A name with what it is decided to show.</summary>
internal sealed record ResolvedEntry(DocEntry Entry, List<ResolvedItem> Items)
{
    public static ImmutableArray<DocSymbol> ToSymbols(List<ResolvedEntry> entries)
    {
        if (!DeepStack.HasRoom)
        {
            ImmutableArray<DocSymbol> result = [];
            DeepStack.Continue(() => result = ToSymbols(entries));
            return result;
        }

        var symbols = ImmutableArray.CreateBuilder<DocSymbol>(entries.Count);
        foreach (var entry in entries)
        {
            var declarations = ImmutableArray.CreateBuilder<DocDeclaration>(entry.Items.Count);
            foreach (var item in entry.Items)
            {
                if (item.ToDeclaration() is { } declaration)
                {
                    declarations.Add(declaration);
                }
            }

            if (declarations.Count > 0)
            {
                symbols.Add(new DocSymbol { Name = entry.Entry.Name, IsDefault = entry.Entry.IsDefault, Declarations = declarations.DrainToImmutable() });
            }
        }

        return symbols.DrainToImmutable();
    }
}

/// <summary>An item with the elements of a namespace.</summary>
internal readonly record struct ResolvedItem(DocItem Item, List<ResolvedEntry> Elements)
{
    public DocDeclaration? ToDeclaration() => Item switch
    {
        DefinitionItem definition => definition.Declaration,
        ReferenceItem reference => Declare(new DocReference { Target = reference.Target }),
        NamespaceItem => Declare(new DocNamespace { Elements = ResolvedEntry.ToSymbols(Elements) }),
        DataItem data => Declare(data.Definition),
        _ => throw new InvalidOperationException($"Unknown item {Item.GetType().Name}."),
    };

    private DocDeclaration Declare(DocDefinition definition) => new() { Location = Item.Location, Visibility = Item.Visibility, Comment = Item.Comment, Definition = definition };
}
