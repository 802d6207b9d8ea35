using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Compares entry points by name and their symbols by name; what has gone and come in equal shape is renamed.</summary>
internal sealed class ModuleComparer(IReadOnlyList<ApiModule> before, IReadOnlyList<ApiModule> after, StackGuard guard, CancellationToken cancellationToken)
{
    private readonly ReferenceTargets oldTargets = new(before, guard);
    private readonly ReferenceTargets newTargets = new(after, guard);

    public List<ModuleDifference> Run()
    {
        var result = new List<ModuleDifference>();
        var old = ByName(before);
        var @new = ByName(after);
        foreach (var (name, module) in old)
        {
            if (!@new.TryGetValue(name, out var other))
            {
                result.Add(Whole(name, ChangeStatus.Removed, ChangeRules.EntryRemoved, "the entry point is gone"));
            }
            else if (Compare(name, module, other) is { } difference)
            {
                result.Add(difference);
            }
        }

        foreach (var (name, _) in @new)
        {
            if (!old.ContainsKey(name))
            {
                result.Add(Whole(name, ChangeStatus.Added, ChangeRules.EntryAdded, "the entry point is new"));
            }
        }

        return result;
    }

    private static OrderedDictionary<string, DocModule> ByName(IReadOnlyList<ApiModule> modules)
    {
        var result = new OrderedDictionary<string, DocModule>(StringComparer.Ordinal);
        foreach (var (name, module) in modules)
        {
            result.TryAdd(name, module);
        }

        return result;
    }

    private static ModuleDifference Whole(string name, ChangeStatus status, ChangeRule rule, string message)
    {
        var changes = new ChangeList();
        changes.Add(rule, status, message);
        return new ModuleDifference(name, status, changes.ToImmutable(), []);
    }

    private ModuleDifference? Compare(string name, DocModule old, DocModule @new)
    {
        var changes = new ChangeList();
        Comments.Compare(old.Comment, @new.Comment, changes);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (from, to) in FindRenamed(old.Symbols, @new.Symbols))
        {
            renamed.TryAdd(from.Name, to.Name);
        }

        var comparer = new SymbolComparer(new TypeKeys(guard, renamed), new TypeKeys(guard, new Dictionary<string, string>(StringComparer.Ordinal)), guard);
        var symbols = new List<SymbolDifference>();
        CompareSymbols("", old.Symbols, @new.Symbols, comparer, symbols);
        return changes.Count + symbols.Count == 0 ? null : new ModuleDifference(name, ChangeStatus.Modified, changes.ToImmutable(), [.. symbols]);
    }

    /// <param name="prefix">The namespaces around them, with a dot at the end.</param>
    private void CompareSymbols(string prefix, ImmutableArray<DocSymbol> before, ImmutableArray<DocSymbol> after, SymbolComparer comparer, List<SymbolDifference> result)
    {
        if (!guard.HasRoom())
        {
            return;
        }

        var old = ByName(before);
        var @new = ByName(after);
        var renamed = new Dictionary<DocSymbol, DocSymbol>();
        foreach (var (from, to) in FindRenamed(before, after))
        {
            renamed.Add(from, to);
        }

        foreach (var (name, symbol) in old)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (@new.TryGetValue(name, out var same))
            {
                ComparePair(prefix, symbol, same, comparer, result);
            }
            else if (!IsPrivate(symbol))
            {
                Remove(prefix, symbol, renamed.GetValueOrDefault(symbol), result);
            }
        }

        var taken = renamed.Values.ToHashSet();
        foreach (var (name, symbol) in @new)
        {
            if (!old.ContainsKey(name) && !IsPrivate(symbol) && !taken.Contains(symbol))
            {
                Add(prefix, symbol, result);
            }
        }
    }

    private static void Remove(string prefix, DocSymbol symbol, DocSymbol? other, List<SymbolDifference> result)
    {
        var changes = new ChangeList { IsInternal = Comments.IsInternal(symbol.Declarations[0].Comment) };
        var side = SymbolComparer.SideOf(symbol.Name, symbol.Declarations[0]);
        if (other is null)
        {
            changes.At(null, side, null);
            changes.Add(ChangeRules.SymbolRemoved, $"`{symbol.Name}` is gone");
            result.Add(new SymbolDifference(prefix + symbol.Name, ChangeStatus.Removed, KindsOf(symbol), changes.ToImmutable()));
        }
        else
        {
            changes.At(null, side, SymbolComparer.SideOf(other.Name, other.Declarations[0]));
            changes.Add(ChangeRules.SymbolRenamed, ChangeStatus.Renamed, $"`{symbol.Name}` is called `{other.Name}` now: the old name is gone");
            result.Add(new SymbolDifference(prefix + other.Name, ChangeStatus.Renamed, KindsOf(other), changes.ToImmutable()) { OldName = prefix + symbol.Name });
        }
    }

    private static void Add(string prefix, DocSymbol symbol, List<SymbolDifference> result)
    {
        var changes = new ChangeList { IsInternal = Comments.IsInternal(symbol.Declarations[0].Comment) };
        changes.At(null, null, SymbolComparer.SideOf(symbol.Name, symbol.Declarations[0]));
        changes.Add(ChangeRules.SymbolAdded, $"`{symbol.Name}` is new");
        result.Add(new SymbolDifference(prefix + symbol.Name, ChangeStatus.Added, KindsOf(symbol), changes.ToImmutable()));
    }

    private void ComparePair(string prefix, DocSymbol old, DocSymbol @new, SymbolComparer comparer, List<SymbolDifference> result)
    {
        var (wasPrivate, isPrivate) = (IsPrivate(old), IsPrivate(@new));
        if (isPrivate && !wasPrivate)
        {
            Remove(prefix, old, null, result);
            return;
        }

        // What both sides only mention is compared where it is documented.
        var mentioned = old.Declarations.All(d => d.Definition is DocReference) && @new.Declarations.All(d => d.Definition is DocReference);
        if (!mentioned)
        {
            var name = prefix + @new.Name;
            var (before, after) = (oldTargets.Resolve(old.Declarations), newTargets.Resolve(@new.Declarations));
            var changes = new ChangeList();
            if (wasPrivate && !isPrivate)
            {
                changes.At(null, null, SymbolComparer.SideOf(@new.Name, @new.Declarations[0]));
                changes.Add(ChangeRules.SymbolAdded, $"`{@new.Name}` is exported");
            }

            comparer.Compare(@new.Name, before, after, changes);
            if (changes.Count > 0)
            {
                result.Add(new SymbolDifference(name, ChangeStatus.Modified, KindsOf(@new), changes.ToImmutable()) { IsPrivate = isPrivate });
            }

            var (oldElements, newElements) = (ElementsOf(before), ElementsOf(after));
            if (oldElements is not null && newElements is not null)
            {
                CompareSymbols(name + ".", oldElements.Value, newElements.Value, comparer, result);
            }
        }
    }

    /// <summary>Null when no declaration is a namespace.</summary>
    private static ImmutableArray<DocSymbol>? ElementsOf(IReadOnlyList<DocDeclaration> declarations)
    {
        var namespaces = declarations.Select(d => d.Definition).OfType<DocNamespace>().ToList();
        return namespaces.Count == 0 ? null : [.. namespaces.SelectMany(n => n.Elements)];
    }

    /// <summary>Pairs of what has gone and what has come; private ones only with each other.</summary>
    private IEnumerable<(DocSymbol From, DocSymbol To)> FindRenamed(ImmutableArray<DocSymbol> before, ImmutableArray<DocSymbol> after)
    {
        var oldNames = before.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var newNames = after.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var shapes = new Dictionary<string, Queue<DocSymbol>>(StringComparer.Ordinal);
        foreach (var symbol in after.Where(s => !oldNames.Contains(s.Name)))
        {
            if (SymbolKeys.Of(symbol, guard) is { } shape)
            {
                if (!shapes.TryGetValue(shape, out var queue))
                {
                    shapes.Add(shape, queue = new Queue<DocSymbol>());
                }

                queue.Enqueue(symbol);
            }
        }

        if (shapes.Count == 0)
        {
            yield break;
        }

        foreach (var symbol in before.Where(s => !newNames.Contains(s.Name)))
        {
            if (SymbolKeys.Of(symbol, guard) is { } shape && shapes.TryGetValue(shape, out var queue) && queue.TryDequeue(out var other))
            {
                yield return (symbol, other);
            }
        }
    }

    private static OrderedDictionary<string, DocSymbol> ByName(ImmutableArray<DocSymbol> symbols)
    {
        var result = new OrderedDictionary<string, DocSymbol>(StringComparer.Ordinal);
        foreach (var symbol in symbols)
        {
            result.TryAdd(symbol.Name, symbol);
        }

        return result;
    }

    private static bool IsPrivate(DocSymbol symbol) => symbol.Declarations.All(d => d.Visibility == DocVisibility.Private);

    private static ImmutableArray<DocKind> KindsOf(DocSymbol symbol) => [.. symbol.Declarations.Select(d => d.Definition.Kind).Distinct()];
}
