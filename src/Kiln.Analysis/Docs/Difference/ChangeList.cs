using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>Collects the changes of one symbol. What is compared at the moment is set first, then its changes are added.</summary>
internal sealed class ChangeList
{
    private readonly List<ApiChange> changes = [];
    private string? member;
    private ChangeSide? before;
    private ChangeSide? after;

    public int Count => changes.Count;

    /// <summary>What follows concerns a part marked <c>@internal</c>, which nobody may rely on.</summary>
    public bool IsInternal { get; set; }

    public bool HasMajor => changes.Exists(c => c.Severity == ChangeSeverity.Major);

    public void At(string? name, ChangeSide? old, ChangeSide? @new) => (member, before, after) = (name, old, @new);

    public void Add(ChangeRule rule, string message) =>
        Add(rule, before is null ? ChangeStatus.Added : after is null ? ChangeStatus.Removed : ChangeStatus.Modified, message);

    public void Add(ChangeRule rule, ChangeStatus status, string message) => changes.Add(new ApiChange
    {
        Rule = IsInternal ? ChangeRules.Internal.Code : rule.Code,
        Severity = IsInternal ? ChangeSeverity.Patch : rule.Severity,
        Status = status,
        Message = IsInternal ? message + "; it is marked as internal" : message,
        Member = member,
        Old = before?.Text,
        New = after?.Text,
        OldLocation = before?.Location,
        NewLocation = after?.Location,
    });

    /// <summary>Takes over what another list has found about the same place.</summary>
    public void AddAll(ChangeList other) => changes.AddRange(other.changes);

    /// <summary>The heaviest first; else in the order in which they were found.</summary>
    public ImmutableArray<ApiChange> ToImmutable() => [.. changes.OrderByDescending(c => c.Severity)];

    /// <summary>An empty list at the same place.</summary>
    public ChangeList Fork() => new() { IsInternal = IsInternal, member = member, before = before, after = after };
}
