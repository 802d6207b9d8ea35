namespace Kiln.Registry.Integrity;

/// <param name="Subject">What it is about: <c>@s/p@1.0.0</c>, <c>@s/p@1.0.0/mod.ts</c>, <c>task …</c>, an object.</param>
/// <param name="Problem">One sentence for people.</param>
public sealed record Finding(FindingKind Kind, string Subject, string Problem)
{
    /// <summary>Set after an attempt at a repair.</summary>
    public FindingOutcome Outcome { get; internal set; }

    /// <summary>Why a repair did not work; null otherwise.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Gives null when the repair was made, or the reason why it was not. Null when there is none.</summary>
    internal Func<CancellationToken, Task<string?>>? Repair { get; init; }
}
