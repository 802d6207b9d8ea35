using System.Collections.Concurrent;

namespace Kiln.Registry.Integrity;

/// <summary>What one look at one thing found. Safe to use from several threads.</summary>
internal sealed class FindingList
{
    private readonly ConcurrentQueue<Finding> findings = new();

    public IReadOnlyList<Finding> All => [.. findings];

    public void AddAll(FindingList others)
    {
        foreach (var finding in others.All)
        {
            findings.Enqueue(finding);
        }
    }

    public void Add(FindingKind kind, string subject, string problem, Func<CancellationToken, Task<string?>>? repair = null) =>
        findings.Enqueue(new Finding(kind, subject, problem) { Repair = repair });
}
