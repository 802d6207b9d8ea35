using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>One change of a symbol or an entry point, with the verdict about it.</summary>
public sealed record ApiChange
{
    /// <summary>The rule behind the verdict; docs/diff.md explains each.</summary>
    public required string Rule { get; init; }

    public required ChangeSeverity Severity { get; init; }

    public required ChangeStatus Status { get; init; }

    /// <summary>What has changed and why it weighs what it does: a sentence without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary>The member of the symbol that has changed: <c>value</c>, <c>static make</c>, <c>constructor</c>; null when it is the symbol itself.</summary>
    public string? Member { get; init; }

    /// <summary>The signature before; null when there was none.</summary>
    public string? Old { get; init; }

    /// <summary>The signature after; null when there is none.</summary>
    public string? New { get; init; }

    public DocLocation? OldLocation { get; init; }

    public DocLocation? NewLocation { get; init; }
}
