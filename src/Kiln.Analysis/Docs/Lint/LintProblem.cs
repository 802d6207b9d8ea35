namespace Kiln.Analysis.Docs.Lint;

/// <summary>Something that documentation lacks.</summary>
/// <param name="Code">One of <see cref="LintCodes"/>.</param>
/// <param name="Message">As the reference words it: no full stop.</param>
/// <param name="Place">Where.</param>
public sealed record LintProblem(string Code, string Message, LintPlace Place)
{
    /// <summary>What to do; null when the message says it.</summary>
    public string? Hint { get; init; }

    /// <summary>The other end; null when there is none.</summary>
    public LintPlace? Related { get; init; }

    /// <summary>What stands at <see cref="Related"/>.</summary>
    public string? RelatedMessage { get; init; }
}
