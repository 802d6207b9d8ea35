using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Graph;

/// <summary>Follows re-exports through the graph. Iterative, and bounded over all questions together.</summary>
internal sealed class ExportResolver(Dictionary<string, ModuleEntry> modules)
{
    /// <summary>
    /// Re-exports of many names through many <c>export *</c> cost names × modules. Nobody writes enough of them by hand to come near this bound;
    /// past it every name counts as a value.
    /// </summary>
    private const int MaxSteps = 20_000_000;

    private readonly Dictionary<(string Path, string Name), bool> known = [];
    private readonly Lock gate = new();
    private int steps;

    public bool IsTypeOnly(string path, string specifier, string name)
    {
        if (GetTarget(path, specifier) is not { } target)
        {
            return false;
        }

        lock (gate)
        {
            if (!known.TryGetValue((target, name), out var isTypeOnly))
            {
                isTypeOnly = Resolve(target, name) == Meanings.Type;
                known[(target, name)] = isTypeOnly;
            }

            return isTypeOnly;
        }
    }

    /// <summary>All that the name may mean to JavaScript; a package's name counts as a value, for its modules are not known.</summary>
    private Meanings Resolve(string path, string name)
    {
        var meaning = Meanings.None;
        var seen = new HashSet<(string, string)> { (path, name) };
        var pending = new Stack<(string Path, string Name)>();
        pending.Push((path, name));
        while (pending.TryPop(out var current))
        {
            if (++steps > MaxSteps || !modules.TryGetValue(current.Path, out var module) || !module.IsParsed || module.Symbols is not { } symbols)
            {
                return Meanings.Value;
            }

            if (symbols.Exports.TryGetValue(current.Name, out var export))
            {
                foreach (var declaration in export.Declarations)
                {
                    meaning |= declaration.IsExported ? MeaningOf(current.Path, symbols, declaration) : Meanings.None;
                }
            }
            else if (current.Name != "default")
            {
                foreach (var star in symbols.Stars)
                {
                    steps++;
                    if (!star.IsTypeOnly)
                    {
                        TryFollow(current.Path, star.Source!.Specifier, current.Name);
                    }
                }
            }

            if ((meaning & Meanings.Value) != 0)
            {
                return meaning;
            }
        }

        return meaning;

        Meanings MeaningOf(string from, ModuleSymbols symbols, Declaration declaration)
        {
            var local = declaration.LocalName ?? DefaultName(symbols, declaration);
            if (declaration.IsTypeOnly || local is null)
            {
                return OwnMeaning(from, declaration);
            }

            // An undeclared name may be a global: it counts as a value.
            if (!symbols.Scope.Symbols.TryGetValue(local, out var symbol))
            {
                return Meanings.Value;
            }

            var found = Meanings.None;
            foreach (var one in symbol.Declarations)
            {
                steps++;
                found |= OwnMeaning(from, one);
            }

            return found;
        }

        Meanings OwnMeaning(string from, Declaration declaration)
        {
            if (declaration.IsTypeOnly || (declaration.IsAmbient && declaration.Scope.File.Language != Language.Declaration))
            {
                // Ambient code has no JavaScript, except in a declaration file, which describes some.
                return Meanings.Type;
            }

            if (declaration.Source is { Name: { } imported } source)
            {
                return TryFollow(from, source.Specifier, imported) ? Meanings.None : Meanings.Value;
            }

            return (declaration.Meanings & Meanings.Value) != 0 ? Meanings.Value : Meanings.Type;
        }

        bool TryFollow(string from, string specifier, string next)
        {
            if (GetTarget(from, specifier) is not { } target || !modules.ContainsKey(target))
            {
                return false;
            }

            if (seen.Add((target, next)))
            {
                pending.Push((target, next));
            }

            return true;
        }
    }

    /// <summary>What <c>export default name</c> names.</summary>
    private static string? DefaultName(ModuleSymbols symbols, Declaration declaration) =>
        declaration.Node is ExportAssignment { IsExportEquals: false, Expression: Identifier name } ? symbols.File.GetName(name) : null;

    /// <summary>The file that runs; a declaration file's imports have none.</summary>
    private string? GetTarget(string path, string specifier) =>
        modules.TryGetValue(path, out var module) && module.Dependencies.TryGetValue(specifier, out var dependency) && (dependency.Code ?? dependency.Types) is { Kind: TargetKind.File } target
            ? target.Text
            : null;
}
