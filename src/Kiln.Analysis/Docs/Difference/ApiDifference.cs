using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>
/// What has changed between two versions of an API, and which part of the version number has to rise for it (docs.md §13). It is told from declarations
/// alone: where types differ and it cannot be seen that the new one takes all that the old one took, the change is major.
/// </summary>
public sealed class ApiDifference
{
    private ApiDifference(ImmutableArray<ModuleDifference> modules)
    {
        Modules = modules;
        foreach (var module in modules)
        {
            Severity = module.Severity > Severity ? module.Severity : Severity;
        }
    }

    /// <summary>Only entry points that have changed: those of the old version in its order, then new ones.</summary>
    public ImmutableArray<ModuleDifference> Modules { get; }

    public ChangeSeverity Severity { get; }

    /// <summary>How many changes weigh exactly this much.</summary>
    public int Count(ChangeSeverity severity) =>
        Modules.Sum(m => m.Changes.Count(c => c.Severity == severity) + m.Symbols.Sum(s => s.Changes.Count(c => c.Severity == severity)));

    /// <summary>Linear in the size of both, apart from what stands under one name: overloads are matched with each other.</summary>
    public static ApiDifference Compare(IReadOnlyList<ApiModule> before, IReadOnlyList<ApiModule> after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return StackGuard.Run(guard => new ApiDifference([.. new ModuleComparer(before, after, guard, cancellationToken).Run()]));
    }

    internal static ChangeSeverity Heaviest(ImmutableArray<ApiChange> changes)
    {
        var severity = ChangeSeverity.None;
        foreach (var change in changes)
        {
            severity = change.Severity > severity ? change.Severity : severity;
        }

        return severity;
    }
}
