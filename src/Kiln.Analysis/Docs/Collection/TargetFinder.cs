using System.Runtime.CompilerServices;
using Kiln.Analysis.Docs.Definitions;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Collection;

/// <summary>Follows exported names through modules to what they mean. A chain of any length costs no stack.</summary>
internal sealed class TargetFinder(ModuleGraph graph, IReadOnlyDictionary<string, CollectedModule> modules)
{
    /// <summary>Modules looked into, over all questions. Nobody writes enough stars by hand to come near; past it a name that only stars could bring is not found.</summary>
    private const int MaxSteps = 20_000_000;

    private readonly Dictionary<(CollectedModule Module, string Name), ExportTarget?> known = [];
    private int steps;

    /// <summary>The module that a specifier means for who reads types; null when it cannot be looked into.</summary>
    public CollectedModule? Open(CollectedModule from, string specifier) => PathOf(from, specifier) is { } path ? modules.GetValueOrDefault(path) : null;

    private string? PathOf(CollectedModule from, string specifier)
    {
        if (!from.Entry.Dependencies.TryGetValue(specifier, out var dependency) || dependency.TypesOrCode is not { Kind: TargetKind.File } target)
        {
            return null;
        }

        return graph.Find(target.Text)?.TypesPath ?? target.Text;
    }

    /// <summary>What one way of exporting a name means; null when nothing can be found.</summary>
    public ExportTarget? Resolve(CollectedModule module, in ModuleExport way)
    {
        var step = Step(module, way);
        return step.Next is { } next ? Find(next.Module, next.Name) : step.Target;
    }

    /// <summary>What a symbol of a module stands for: itself, or what an alias leads to.</summary>
    public ExportTarget? ResolveSymbol(CollectedModule module, Symbol symbol)
    {
        var step = Step(module, symbol);
        return step.Next is { } next ? Find(next.Module, next.Name) : step.Target;
    }

    /// <summary>What a module exports under a name; of several meanings the one that is declared first.</summary>
    public ExportTarget? Find(CollectedModule module, string name)
    {
        var visited = new HashSet<(CollectedModule, string)>();
        ExportTarget? target = null;
        var current = (Module: module, Name: name);
        while (visited.Add(current))
        {
            if (known.TryGetValue(current, out target))
            {
                break;
            }

            if (current.Module.Exports.Find(current.Name) is not { } ways)
            {
                if (current.Name == "default" || SearchStars(current.Module, current.Name) is not { } found)
                {
                    break;
                }

                current = (found, current.Name);
                continue;
            }

            var step = Step(current.Module, Preferred(ways));
            if (step.Next is not { } next)
            {
                target = step.Target;
                break;
            }

            current = next;
        }

        foreach (var key in visited)
        {
            known.TryAdd(key, target);
        }

        return target;
    }

    /// <summary>The modules that a module's stars bring names of, each once, as they are reached: depth first, in the order of the stars.</summary>
    public IEnumerable<CollectedModule> WalkStars(CollectedModule from, Declaration star)
    {
        if (Open(from, star.Source!.Specifier) is not { } first)
        {
            yield break;
        }

        var seen = new HashSet<CollectedModule> { from };
        var pending = new Stack<CollectedModule>();
        pending.Push(first);
        while (pending.TryPop(out var module))
        {
            if (!seen.Add(module))
            {
                continue;
            }

            if (++steps > MaxSteps)
            {
                yield break;
            }

            yield return module;
            for (var i = module.Symbols.Stars.Count - 1; i >= 0; i--)
            {
                if (Open(module, module.Symbols.Stars[i].Source!.Specifier) is { } next)
                {
                    pending.Push(next);
                }
            }
        }
    }

    private CollectedModule? SearchStars(CollectedModule from, string name)
    {
        foreach (var star in from.Symbols.Stars)
        {
            foreach (var module in WalkStars(from, star))
            {
                if (module.Exports.Find(name) is not null)
                {
                    return module;
                }
            }
        }

        return null;
    }

    /// <summary>The way to what is declared first in the module.</summary>
    private static ModuleExport Preferred(List<ModuleExport> ways)
    {
        var best = ways[0];
        if (ways.Count > 1)
        {
            var order = int.MaxValue;
            foreach (var way in ways)
            {
                if (way.LocalName is { } local && way.Scope.Find(local) is { } symbol && symbol.Index < order)
                {
                    (best, order) = (way, symbol.Index);
                }
            }
        }

        return best;
    }

    private readonly record struct StepResult(ExportTarget? Target, (CollectedModule Module, string Name)? Next)
    {
        public static StepResult Nothing => default;
    }

    /// <summary>Up to the border of the module.</summary>
    private StepResult Step(CollectedModule module, in ModuleExport way)
    {
        if (way.Source is { } source)
        {
            // Of a module as a whole: what stands behind the keyword, be it type or a star.
            var place = way.Declaration is ExportDeclaration export ? StatementPlace.SkipTrivia(module.File.Source, export.Start + "export".Length) : way.Declaration!.Start;
            return Enter(module, source, place, way.Declaration.Start);
        }

        if (way.LocalName is { } local)
        {
            return way.Scope.Find(local) is { } symbol ? Step(module, symbol) : StepResult.Nothing;
        }

        var exports = way.Scope.Owner?.Exports ?? module.Symbols.Exports;
        foreach (var name in (ReadOnlySpan<string>)["default", "export="])
        {
            if (exports.TryGetValue(name, out var symbol))
            {
                foreach (var declaration in symbol.Declarations)
                {
                    if (declaration.Node == way.Declaration)
                    {
                        return new StepResult(new SymbolTarget(module, symbol, declaration), null);
                    }
                }
            }
        }

        return StepResult.Nothing;
    }

    private StepResult Step(CollectedModule module, Symbol symbol)
    {
        Declaration? alias = null;
        foreach (var declaration in symbol.Declarations)
        {
            if (!declaration.IsAlias)
            {
                return new StepResult(new SymbolTarget(module, symbol), null);
            }

            alias ??= declaration;
        }

        switch (alias)
        {
            case { Kind: DeclarationKind.Import, Source: { } source }:
                return Enter(module, source, alias.Node.Start, module.StatementOf(alias.Node));
            case { Kind: DeclarationKind.ImportEquals, Source: { } source }:
                return Open(module, source.Specifier) is { } target && target.ExportsEquals ? new StepResult(null, (target, "default")) : StepResult.Nothing;
            case { Kind: DeclarationKind.ImportEquals, Node: ImportEqualsDeclaration import }:
                return FollowName(module, alias.Scope, symbol, import.Reference);
            default:
                return StepResult.Nothing;
        }
    }

    private StepResult Enter(CollectedModule module, ModuleName source, int place, int statement)
    {
        var path = PathOf(module, source.Specifier);
        var data = path is not null && graph.Find(path) is { MediaType: MediaType.Json } ? path : null;
        var target = path is null ? null : modules.GetValueOrDefault(path);
        if (source.Name is null)
        {
            return new StepResult(new ModuleTarget(target, data, module, place, statement), null);
        }

        return target is not null ? new StepResult(null, (target, source.Name))
            : source.Name == "default" && data is not null ? new StepResult(new DataTarget(data), null)
            : StepResult.Nothing;
    }

    /// <summary><c>import x = A.B.C</c>.</summary>
    private StepResult FollowName(CollectedModule module, SymbolScope scope, Symbol self, Node reference)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return StepResult.Nothing;
        }

        var file = module.File.Source;
        var names = new Stack<string>();
        var node = reference;
        while (node is QualifiedName qualified)
        {
            names.Push(file.GetName(qualified.Right));
            node = qualified.Left;
        }

        if (node is not Identifier root || scope.Find(file.GetName(root)) is not { } symbol || symbol == self)
        {
            return StepResult.Nothing;
        }

        var step = Step(module, symbol);
        var target = step.Next is { } next ? Find(next.Module, next.Name) : step.Target;
        while (names.TryPop(out var name))
        {
            switch (target)
            {
                case SymbolTarget { Only: null } inner when inner.Symbol.TryFindExport(name, out var child):
                    step = Step(inner.Module, child);
                    target = step.Next is { } further ? Find(further.Module, further.Name) : step.Target;
                    break;
                case ModuleTarget { Module: { } all }:
                    target = Find(all, name);
                    break;
                default:
                    return StepResult.Nothing;
            }
        }

        return new StepResult(target, null);
    }
}
