namespace Kiln.Analysis.Docs.Difference;

/// <summary>A rule about one kind of change.</summary>
/// <param name="Code">Its name in docs/diff.md.</param>
/// <param name="Severity">Its verdict.</param>
public sealed record ChangeRule(string Code, ChangeSeverity Severity);
