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

    private readonly HashSet<(TracedModule Module, string Name, string Path)> asked = [];
    private readonly Dictionary<(TracedModule Module, string Name), TracedModule?> found = [];
    private int searches;
    private int steps;

    /// <summary>Asks another module for one name, or for all of them when it is null.</summary>
    private void AskModule(TracedModule from, string specifier, string? name, ReferencePath path, bool withDefault)
    {
        if (!TryOpenTarget(from, specifier, out var target))
        {
            return;
        }

        if (name is null)
        {
            TraceAll(target, withDefault);
        }
        else if (asked.Add((target, name, path.Key)))
        {
            AskExport(target, name, path);
        }
    }

    private void AskExport(TracedModule target, string name, ReferencePath path)
    {
        target.IsReached = true;
        if (FindExport(target, name) is { } module)
        {
            AskExported(module, module.Symbols.Exports[name], path);
        }
        else if (target.Symbols.Exports.TryGetValue("export=", out var all))
        {
            AskExported(target, all, ReferencePath.Empty);
        }
    }

    /// <summary>A name that one of two declarations exports means only that one; an export list means all.</summary>
    private void AskExported(TracedModule module, Symbol symbol, ReferencePath path) =>
        Ask(module, symbol, symbol.ExportedMeanings, path, default);

    /// <summary>All exports of a module and of its stars; a star never brings <c>default</c>.</summary>
    private void TraceAll(TracedModule start, bool withDefault)
    {
        if (withDefault && !start.IsDefaultPublic)
        {
            start.IsDefaultPublic = true;
            start.IsReached = true;
            if (start.Symbols.Exports.TryGetValue("default", out var symbol))
            {
                AskExported(start, symbol, ReferencePath.Empty);
            }
        }

        if (start.IsWhole)
        {
            return;
        }

        start.IsWhole = true;
        var pending = new Queue<TracedModule>();
        pending.Enqueue(start);
        while (pending.TryDequeue(out var module))
        {
            module.IsReached = true;
            foreach (var (name, symbol) in module.Symbols.Exports)
            {
                if (name != "default")
                {
                    AskExported(module, symbol, ReferencePath.Empty);
                }
            }

            foreach (var star in module.Symbols.Stars)
            {
                module.Public.Add(star.Node);
                if (TryOpenTarget(module, star.Source!.Specifier, out var next) && !next.IsWhole)
                {
                    next.IsWhole = true;
                    pending.Enqueue(next);
                }
            }
        }
    }

    /// <summary>The module that exports the name itself, found through stars in their order; null when none does. The stars on the way become public.</summary>
    private TracedModule? FindExport(TracedModule start, string name)
    {
        if (start.Symbols.Exports.ContainsKey(name))
        {
            return start;
        }

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
            TraceAll(start, withDefault: false);
            return null;
        }

        // Depth first: each entry is a star with the entry of the star that led to its module.
        var search = ++searches;
        start.Search = search;
        var trail = new List<(TracedModule Module, Declaration Star, int From)>();
        var pending = new Stack<int>();
        Push(start, -1);
        while (pending.TryPop(out var entry))
        {
            var (module, star, _) = trail[entry];
            steps++;
            if (Find(module, star.Source!.Specifier) is not { } next || next.Search == search)
            {
                continue;
            }

            next.Search = search;
            if (next.Symbols.Exports.ContainsKey(name))
            {
                for (var step = entry; step >= 0; step = trail[step].From)
                {
                    trail[step].Module.IsReached = true;
                    trail[step].Module.Public.Add(trail[step].Star.Node);
                }

                return next;
            }

            Push(next, entry);
        }

        // It may come from another package.
        foreach (var (module, star, from) in trail)
        {
            if (IsExternal(module, star.Source!.Specifier))
            {
                module.Public.Add(star.Node);
                module.IsReached = true;
                for (var step = from; step >= 0; step = trail[step].From)
                {
                    trail[step].Module.IsReached = true;
                    trail[step].Module.Public.Add(trail[step].Star.Node);
                }
            }
        }

        return null;

        void Push(TracedModule module, int from)
        {
            var stars = module.Symbols.Stars;
            for (var i = stars.Count - 1; i >= 0; i--)
            {
                pending.Push(trail.Count);
                trail.Add((module, stars[i], from));
            }
        }
    }

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
                module = new TracedModule(entry, order.Count, this);
                order.Add(module);
            }

            modules.Add(entry.Path, module);
        }

        return module;
    }

    private static bool IsUntypedJavaScript(ModuleEntry entry) => entry is { TypesPath: null, SourceFile.Language: Language.JavaScript or Language.Jsx };
}
