namespace Kiln.Registry.Integrity;

/// <param name="Findings">Those that a second look confirmed, and what became of them.</param>
/// <param name="Objects">Objects that were read or looked at.</param>
/// <param name="Bytes">Bytes that were read and hashed.</param>
public sealed record FsckReport(IReadOnlyList<Finding> Findings, int Packages, int Versions, long Objects, long Bytes)
{
    /// <summary>Nothing is left that is worse than a note.</summary>
    public bool Passed => !Findings.Any(f => f.Outcome != FindingOutcome.Repaired && f.Kind.Severity != FindingSeverity.Note);

    public int CountOpen(FindingSeverity severity) => Findings.Count(f => f.Kind.Severity == severity && f.Outcome != FindingOutcome.Repaired);
}
