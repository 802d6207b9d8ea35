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
                isTypeOnly = Resolve(target, name) == ExportMeaning.Type;
                known[(target, name)] = isTypeOnly;
            }

            return isTypeOnly;
        }
    }

    /// <summary>All that the name may mean; a package's name counts as a value, for its modules are not known.</summary>
    private ExportMeaning Resolve(string path, string name)
    {
        var meaning = ExportMeaning.None;
        var seen = new HashSet<(string, string)> { (path, name) };
        var pending = new Stack<(string Path, string Name)>();
        pending.Push((path, name));
        while (pending.TryPop(out var current))
        {
            if (++steps > MaxSteps || !modules.TryGetValue(current.Path, out var module) || !module.IsParsed)
            {
                return ExportMeaning.Value;
            }

            if (module.Exports.Names.TryGetValue(current.Name, out var export))
            {
                meaning |= export.Meaning;
                if (export.Specifier is not null && !TryFollow(current.Path, export.Specifier, export.ImportedName!))
                {
                    return ExportMeaning.Value;
                }
            }
            else if (current.Name != "default")
            {
                foreach (var star in module.Exports.Stars)
                {
                    steps++;
                    TryFollow(current.Path, star, current.Name);
                }
            }

            if ((meaning & ExportMeaning.Value) != 0)
            {
                return meaning;
            }
        }

        return meaning;

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

    /// <summary>The file that runs; a declaration file's imports have none.</summary>
    private string? GetTarget(string path, string specifier) =>
        modules.TryGetValue(path, out var module) && module.Dependencies.TryGetValue(specifier, out var dependency) && (dependency.Code ?? dependency.Types) is { Kind: TargetKind.File } target
            ? target.Text
            : null;
}
