using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>A symbol of an entry point that has changed.</summary>
public sealed class SymbolDifference
{
    internal SymbolDifference(string name, ChangeStatus status, ImmutableArray<DocKind> kinds, ImmutableArray<ApiChange> changes)
    {
        Name = name;
        Status = status;
        Kinds = kinds;
        Changes = changes;
        Severity = ApiDifference.Heaviest(changes);
    }

    /// <summary>With the namespaces around it: <c>A.B.c</c>. After the change, unless it is removed.</summary>
    public string Name { get; }

    /// <summary>Before the change, where it was another.</summary>
    public string? OldName { get; init; }

    public ChangeStatus Status { get; }

    /// <summary>What it is after the change; of a removed one what it was.</summary>
    public ImmutableArray<DocKind> Kinds { get; }

    /// <summary>It is not exported; others mention it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>At least one, by weight and then in the order of the declaration.</summary>
    public ImmutableArray<ApiChange> Changes { get; }

    public ChangeSeverity Severity { get; }
}
