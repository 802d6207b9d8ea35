using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript.JsDoc;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>
/// What each module shows under which names (docs.md §7), before it is decided what of it is a reference: 1. its own exports in source order; 2. what stars bring;
/// 3. of an entry point, what is not exported and yet reached; 4. modules that it exports as a whole.
/// </summary>
internal sealed class ModuleCollector
{
    private readonly ModuleGraph graph;
    private readonly DocRequest request;
    private readonly TargetFinder finder;
    private readonly PrivateReach reach = new();
    private readonly SymbolReader symbols;
    private readonly Dictionary<string, DataItem?> data = new(StringComparer.Ordinal);

    public ModuleCollector(DocRequest request, IReadOnlyDictionary<string, CollectedModule> modules)
    {
        this.request = request;
        graph = request.Graph;
        finder = new TargetFinder(graph, modules);
        symbols = new SymbolReader(reach, request.IncludesPrivate, (module, name, ways) => Export(module, name, ways, inNamespace: true));
    }

    /// <summary>Must be done for all entry points before the first question.</summary>
    public void Reach(IEnumerable<CollectedModule> roots)
    {
        foreach (var root in roots)
        {
            foreach (var (_, ways) in root.Exports.Names)
            {
                ReachTargets(root, ways);
            }

            foreach (var star in root.Symbols.Stars)
            {
                foreach (var module in finder.WalkStars(root, star))
                {
                    foreach (var (name, ways) in module.Exports.Names)
                    {
                        if (name != "default")
                        {
                            ReachTargets(module, ways);
                        }
                    }
                }
            }
        }

        reach.Run();
    }

    public IReadOnlyList<DocEntry> EntriesOf(CollectedModule module) => module.Entries ??= Collect(module);

    /// <summary>The contents of a data file as its default export; null when they cannot be read.</summary>
    public DataItem? Data(string path)
    {
        if (!data.TryGetValue(path, out var item))
        {
            item = graph.Find(path) is { } entry && DataReader.Read(entry.Data) is { } type
                ? new DataItem(new DocVariable { Type = type, Keyword = "var" }) { Location = new DocLocation(request.Specifier(path), 0, 0, 0), Visibility = DocVisibility.Export }
                : null;
            data.Add(path, item);
        }

        return item;
    }

    private void ReachTargets(CollectedModule module, List<ModuleExport> ways)
    {
        foreach (var way in ways)
        {
            if (finder.Resolve(module, way) is SymbolTarget target)
            {
                reach.AddExported(target.Symbol);
            }
        }
    }

    private List<DocEntry> Collect(CollectedModule module)
    {
        if (module.File.ModuleComment()?.Has(JsDocTagKind.Ignore) == true)
        {
            return [];
        }

        var entries = new List<DocEntry>();
        var wholes = new List<DocEntry>();
        foreach (var (name, ways) in module.Exports.Names)
        {
            var own = OwnExport(module, name, ways);
            if (own.Entry is not null)
            {
                entries.Add(own.Entry);
            }

            if (own.Module is not null)
            {
                wholes.Add(own.Module);
            }
        }

        AddStars(module, entries, wholes);
        if (module.IsRoot || request.IncludesPrivate || module.IsScript)
        {
            entries.AddRange(symbols.ReadPrivate(module, [module.Symbols.Scope], SymbolReader.Exported(module.Exports), module.IsScript));
        }

        entries.AddRange(wholes);
        return entries;
    }

    /// <summary>A module's own export hides what stars bring; of what two stars bring under one name both are shown, unless they are the same.</summary>
    private void AddStars(CollectedModule module, List<DocEntry> entries, List<DocEntry> wholes)
    {
        var places = new Dictionary<string, (int Entry, HashSet<object> Targets)>(StringComparer.Ordinal);
        foreach (var star in module.Symbols.Stars)
        {
            var names = new HashSet<string>(StringComparer.Ordinal) { "default" };
            foreach (var other in finder.WalkStars(module, star))
            {
                foreach (var (name, ways) in other.Exports.Names)
                {
                    if (!names.Add(name) || module.Exports.Find(name) is not null)
                    {
                        continue;
                    }

                    var own = OwnExport(other, name, ways);
                    if (!places.TryGetValue(name, out var place))
                    {
                        places.Add(name, (own.Entry is null ? -1 : entries.Count, [.. own.Targets]));
                        if (own.Entry is not null)
                        {
                            entries.Add(own.Entry);
                        }

                        if (own.Module is not null)
                        {
                            wholes.Add(own.Module);
                        }
                    }
                    else if (own.Entry is not null && place.Entry >= 0 && !own.Targets.Any(place.Targets.Contains))
                    {
                        place.Targets.UnionWith(own.Targets);
                        entries[place.Entry] = entries[place.Entry] with { Items = [.. entries[place.Entry].Items, .. own.Entry.Items] };
                    }
                }
            }
        }
    }

    private OwnExport OwnExport(CollectedModule module, string name, List<ModuleExport> ways)
    {
        if (!module.OwnExports.TryGetValue(name, out var own))
        {
            own = Export(module, name, ways, inNamespace: false);
            module.OwnExports.Add(name, own);
        }

        return own;
    }

    private OwnExport Export(CollectedModule module, string name, IReadOnlyList<ModuleExport> ways, bool inNamespace)
    {
        var items = new List<(int Order, DocItem Item)>();
        var targets = new List<object>();
        DocEntry? whole = null;
        foreach (var way in ways)
        {
            switch (finder.Resolve(module, way))
            {
                case SymbolTarget target when !targets.Contains(target.Symbol):
                    targets.Add(target.Symbol);
                    var order = target.Module == module ? target.Symbol.Index : int.MaxValue;
                    foreach (var item in ItemsOf(module, name, way, target, inNamespace))
                    {
                        items.Add((order, item));
                    }

                    break;
                case ModuleTarget target when whole is null:
                    targets.Add((object?)target.Module ?? (target.At, target.Place));
                    whole = new DocEntry(name, IsDefault: false, [Whole(target)]);
                    break;
                case DataTarget target when Data(target.Path) is { } item:
                    targets.Add(target.Path);
                    items.Add((int.MaxValue, item));
                    break;
            }
        }

        // What is declared first stands first, whichever way it is exported.
        var entry = items.Count == 0 ? null : new DocEntry(name, name == "default", [.. items.OrderBy(i => i.Order).Select(i => i.Item)]);
        return new OwnExport(entry, whole, targets);
    }

    private IEnumerable<DocItem> ItemsOf(CollectedModule module, string name, ModuleExport way, SymbolTarget target, bool inNamespace)
    {
        if (target.Only is { } only)
        {
            if (SymbolReader.ReadOnly(target.Module, only) is { } item && (target.Module == module ? item : Reference(module, way, item)) is { } shown)
            {
                yield return shown;
            }

            yield break;
        }

        var found = symbols.Read(target.Module, target.Symbol, isExported: true);
        if (target.Module == module)
        {
            foreach (var item in found.Under(name))
            {
                yield return item;
            }
        }
        else if (inNamespace)
        {
            // In a namespace each declaration has a reference of its own.
            DocItem[] all = [.. found.Under(name)];
            foreach (var item in all)
            {
                if (Reference(module, way, all) is { } part)
                {
                    yield return part.To(item.Location);
                }
            }
        }
        else if (found.Main.Count > 0 && Reference(module, way, [.. found.Main]) is { } reference)
        {
            yield return reference;
            if (found.Properties is { } properties)
            {
                yield return properties(name);
            }
        }
    }

    /// <summary>Null when the specifier is ignored. The comment of the statement does not count, that of the specifier does.</summary>
    private static ReferenceItem? Reference(CollectedModule module, in ModuleExport way, params DocItem[] replacement)
    {
        var place = (way.Declaration ?? way.Scope.Find(way.LocalName)?.Declarations[0].Node)!.Start;
        var comment = way.Declaration is ExportSpecifier ? module.File.CommentAt(place) : null;
        return comment is not null && Shown(comment) is null ? null : new ReferenceItem
        {
            Location = module.File.Locate(place),
            Visibility = DocVisibility.Export,
            Target = replacement[0].Location,
            Replacement = replacement,
            OwnComment = comment,
        };
    }

    /// <summary>All that a module shows, as a namespace: what is no namespace itself is shown where it belongs (docs.md §7.3).</summary>
    private NamespaceItem Whole(ModuleTarget target)
    {
        var at = target.At.File;
        var location = at.Locate(target.Place);
        return new NamespaceItem(Comment, Elements) { Location = location, Visibility = DocVisibility.Export, Target = target.Module };

        DocComment? Comment() => Shown(at.CommentAt(target.Statement)) ?? Shown(target.Module?.File.ModuleComment());

        List<DocEntry> Elements()
        {
            var elements = new List<DocEntry>();
            var entries = target.Module is { } whole ? EntriesOf(whole) : target.Data is { } path && Data(path) is { } data ? [new DocEntry("default", IsDefault: true, [data])] : [];
            foreach (var entry in entries)
            {
                elements.Add(entry.Items[0] is NamespaceItem
                    ? entry
                    : entry with { Items = [Element(entry.Name, entry.Items[0], location), .. entry.Items.Skip(1)] });
            }

            return elements;
        }
    }

    private static DocComment? Shown(DocComment? comment) => comment?.Has(JsDocTagKind.Ignore) == true ? null : comment;

    private static ReferenceItem Element(string name, DocItem item, DocLocation location) => new()
    {
        Location = location,
        Visibility = item.Visibility,
        Target = item.Location,
        Original = item,

        // A reference to a reference, and to what is not exported, has nothing to put in its place.
        Replacement = item switch
        {
            DefinitionItem { Visibility: DocVisibility.Export, Symbol: { } symbol } => [.. symbol.Under(name)],
            DefinitionItem { Visibility: DocVisibility.Export } or DataItem => [item],
            _ => [],
        },
        ReplacesRest = true,
    };
}
