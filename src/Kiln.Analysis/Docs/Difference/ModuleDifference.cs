using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>An entry point that has changed.</summary>
public sealed class ModuleDifference
{
    internal ModuleDifference(string name, ChangeStatus status, ImmutableArray<ApiChange> changes, ImmutableArray<SymbolDifference> symbols)
    {
        Name = name;
        Status = status;
        Changes = changes;
        Symbols = symbols;
        Severity = ApiDifference.Heaviest(changes);
        foreach (var symbol in symbols)
        {
            Severity = symbol.Severity > Severity ? symbol.Severity : Severity;
        }
    }

    /// <summary>As both sides are matched: the key of <c>exports</c>, or a path.</summary>
    public string Name { get; }

    public ChangeStatus Status { get; }

    /// <summary>Of the entry point as a whole.</summary>
    public ImmutableArray<ApiChange> Changes { get; }

    /// <summary>Removed, changed and added ones, each in the order of their module. Of an entry point that is new or gone none are listed.</summary>
    public ImmutableArray<SymbolDifference> Symbols { get; }

    public ChangeSeverity Severity { get; }
}
