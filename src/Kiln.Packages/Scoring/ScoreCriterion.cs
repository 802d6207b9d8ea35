using System.Collections.Immutable;

namespace Kiln.Packages.Scoring;

/// <summary>One criterion of a score.</summary>
/// <param name="Key">As in the API: <c>hasReadme</c>.</param>
/// <param name="Title">A few words.</param>
/// <param name="Points">What it gives; 0 when it is not known.</param>
/// <param name="Maximum">What it gives at most.</param>
/// <param name="State">Whether it is met.</param>
/// <param name="Explanation">Why it has these points, one or two sentences.</param>
/// <param name="Advice">What to do for the rest; null when it is met.</param>
public sealed record ScoreCriterion(string Key, string Title, int Points, int Maximum, ScoreState State, string Explanation, string? Advice)
{
    /// <summary>What is missing; of a criterion that is met what fulfils it.</summary>
    public ImmutableArray<ScorePlace> Evidence { get; init; } = [];

    /// <summary>How many pieces of evidence there are, also those that are not named.</summary>
    public int EvidenceCount { get; init; }
}
