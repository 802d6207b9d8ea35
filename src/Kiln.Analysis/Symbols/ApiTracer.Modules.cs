using System.Diagnostics.CodeAnalysis;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;
using Kiln.TypeScript;

namespace Kiln.Analysis.Symbols;

/// <summary>From module to module.</summary>
internal sealed partial class ApiTracer
{
    /// <summary>Names × modules that only stars connect. Nobody writes enough of them by hand to come near; past it every star brings all that it has.</summary>
    private const int MaxSteps = 20_000_000;

    private readonly Dictionary<(TracedModule Module, string Name), TracedModule?> found = [];
    private int searches;
    private int steps;

    /// <summary>Asks another module for one name, or for all of them when it is null.</summary>
    private void AskModule(string specifier, string? name, ReferencePath path, bool withDefault)
    {
        if (!TryOpenTarget(current, specifier, out var target))
        {
            return;
        }

        if (name is null)
        {
            AskAll(target, withDefault);
        }
        else
        {
            AskExport(target, name, path);
        }
    }

    private void AskAll(TracedModule target, bool withDefault)
    {
        if (target.Wanted.AddAll(withDefault))
        {
            GiveTurn(target);
        }
    }

    private void AskExport(TracedModule target, string name, ReferencePath path)
    {
        if (path.Length > 0 && ++pathSteps > MaxPathSteps)
        {
            path = ReferencePath.Empty;
        }

        if (target.Wanted.Add(name, path))
        {
            GiveTurn(target);
        }
    }

    private void GiveTurn(TracedModule module)
    {
        if (!module.HasTurn)
        {
            module.HasTurn = true;
            turns.Enqueue(module);
        }
    }

    /// <summary>Asks the module's own symbols for what others want of it, and its stars for what it does not have.</summary>
    private void TakeTurn(TracedModule module)
    {
        module.HasTurn = false;
        module.IsReached = true;
        if (module.Wanted.TakeAll())
        {
            TraceAll(module);
        }

        foreach (var (name, path) in module.Wanted.TakeNames())
        {
            if (module.Symbols.Exports.TryGetValue(name, out var symbol))
            {
                AskExported(symbol, path);
            }
            else if (FindExport(module, name) is { } other)
            {
                AskExport(other, name, path);
            }
            else if (module.Symbols.Exports.TryGetValue("export=", out var all))
            {
                AskExported(all, ReferencePath.Empty);
            }
        }
    }

    /// <summary>A name that one of two declarations exports means only that one; an export list means all.</summary>
    private void AskExported(Symbol symbol, ReferencePath path) => Ask(symbol, symbol.ExportedMeanings, path, default);

    /// <summary>All exports of a module and of its stars; a star never brings <c>default</c>.</summary>
    private void TraceAll(TracedModule module)
    {
        foreach (var (name, symbol) in module.Symbols.Exports)
        {
            if (name != "default")
            {
                AskExported(symbol, ReferencePath.Empty);
            }
        }

        foreach (var star in module.Symbols.Stars)
        {
            module.Public.Add(star.Node);
            if (TryOpenTarget(module, star.Source!.Specifier, out var next))
            {
                AskAll(next, withDefault: false);
            }
        }
    }

    /// <summary>The module that exports the name itself, found through stars in their order; null when none does. The stars on the way become public.</summary>
    private TracedModule? FindExport(TracedModule start, string name)
    {
        if (name == "default" || start.Symbols.Stars.Count == 0)
        {
            return null;
        }

        if (!found.TryGetValue((start, name), out var result))
        {
            result = SearchStars(start, name);
            found.Add((start, name), result);
        }

        return result;
    }

    private TracedModule? SearchStars(TracedModule start, string name)
    {
        if (steps > MaxSteps)
        {
            AskAll(start, withDefault: false);
            return null;
        }

        // Depth first: each entry is a star with the entry of the star that led to its module.
        var search = ++searches;
        start.Search = search;
        var trail = new List<StarStep>();
        var pending = new Stack<int>();
        Push(start, -1);
        while (pending.TryPop(out var entry))
        {
            var step = trail[entry];
            steps++;
            if (Find(step.Module, step.Star.Source!.Specifier) is not { } next || next.Search == search)
            {
                continue;
            }

            next.Search = search;
            if (next.Symbols.Exports.ContainsKey(name))
            {
                Publish(entry);
                return next;
            }

            Push(next, entry);
        }

        // It may come from another package.
        for (var i = 0; i < trail.Count; i++)
        {
            if (IsExternal(trail[i].Module, trail[i].Star.Source!.Specifier))
            {
                Publish(i);
            }
        }

        return null;

        void Publish(int entry)
        {
            for (; entry >= 0 && !trail[entry].IsPublic; entry = trail[entry].From)
            {
                var item = trail[entry];
                item.Module.IsReached = true;
                item.Module.Public.Add(item.Star.Node);
                trail[entry] = item with { IsPublic = true };
            }
        }

        void Push(TracedModule module, int from)
        {
            var stars = module.Symbols.Stars;
            for (var i = stars.Count - 1; i >= 0; i--)
            {
                pending.Push(trail.Count);
                trail.Add(new StarStep(module, stars[i], from, IsPublic: false));
            }
        }
    }

    private readonly record struct StarStep(TracedModule Module, Declaration Star, int From, bool IsPublic);

    private bool TryOpenTarget(TracedModule from, string specifier, [NotNullWhen(true)] out TracedModule? target)
    {
        target = null;
        if (FindEntry(from, specifier) is not { } entry)
        {
            return false;
        }

        target = Open(entry);
        if (IsUntypedJavaScript(entry) && untyped.Add(entry.Path))
        {
            problems.Add(new ModuleProblem(entry.Path, FastCheckMessages.UnsupportedNestedJavaScript()));
        }

        return target is not null;
    }

    private TracedModule? Find(TracedModule from, string specifier) => FindEntry(from, specifier) is { } entry ? Open(entry) : null;

    private ModuleEntry? FindEntry(TracedModule from, string specifier) =>
        from.Entry.Dependencies.TryGetValue(specifier, out var dependency) && dependency.TypesOrCode is { Kind: TargetKind.File } file ? graph?.Find(file.Text) : null;

    private static bool IsExternal(TracedModule from, string specifier) =>
        !from.Entry.Dependencies.TryGetValue(specifier, out var dependency) || dependency.TypesOrCode is not { Kind: TargetKind.File };

    /// <summary>The module to read types from: of JavaScript its declarations. Null for what has none, and for data.</summary>
    private TracedModule? Open(ModuleEntry entry)
    {
        if (entry.TypesPath is { } types && graph?.Find(types) is { } declarations)
        {
            entry = declarations;
        }

        if (!modules.TryGetValue(entry.Path, out var module))
        {
            if (entry.IsParsed && (throughJavaScript || !IsUntypedJavaScript(entry)))
            {
                module = new TracedModule(entry);
                order.Add(module);
            }

            modules.Add(entry.Path, module);
        }

        return module;
    }

    private static bool IsUntypedJavaScript(ModuleEntry entry) => entry is { TypesPath: null, SourceFile.Language: Language.JavaScript or Language.Jsx };
}
