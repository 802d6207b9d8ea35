using System.Collections.Immutable;
using System.Globalization;

namespace Kiln.Packages.Scoring;

/// <summary>The criteria with their words. The rules are those of registry.md §6; the texts say what was found and what to do.</summary>
internal static class ScoreCriteria
{
    private const int SymbolPoints = 5;

    /// <summary>The share of documented symbols that gives all of their points.</summary>
    private const float FullShare = 0.8f;

    public static ImmutableArray<ScoreCriterion> Of(ScoreInputs inputs, PackageFacts? facts) =>
    [
        Readme(inputs),
        Examples(inputs),
        EntryPoints(inputs),
        Symbols(inputs),
        SlowTypes(inputs),
        OfRegistry(
            facts, "hasProvenance", "Verifiable origin", f => f.HasProvenance,
            "The version is linked to the build that made it.",
            "The version has no attestation of its origin.",
            "Kiln records no attestations yet; 100 % can be reached without this point."),
        OfRegistry(
            facts, "hasDescription", "Description", f => f.Description.Length > 0,
            "The package has a description.",
            "The package has no description.",
            "Set one through the API: PATCH the package with {\"description\": \"…\"}."),
        OfRegistry(
            facts, "atLeastOneRuntimeCompatible", "Works in at least one runtime", f => f.CompatibleRuntimes.Count >= 1,
            "The package says where it works.",
            "No runtime is marked as compatible.",
            "Mark the runtimes that the package works in through the API: PATCH the package with {\"runtimeCompat\": {\"deno\": true}}.",
            Runtimes),
        OfRegistry(
            facts, "multipleRuntimesCompatible", "Works in several runtimes", f => f.CompatibleRuntimes.Count >= 2,
            "The package works in more than one runtime.",
            "Fewer than two runtimes are marked as compatible.",
            "Try the package in other runtimes and mark those it works in too, in the same way.",
            Runtimes),
    ];

    private static ScoreCriterion Readme(ScoreInputs inputs) => Create(
        "hasReadme",
        "README or module documentation",
        2,
        inputs.HasReadme,
        inputs switch
        {
            { ReadmePath: { } path } => $"{path[(path.LastIndexOf('/') + 1)..]} introduces the package.",
            { HasMainDocumentation: true } => "The comment of the main module introduces the package.",
            _ => "Neither a README nor a comment with @module in the main module introduces the package.",
        },
        "Add a README.md in the folder of the configuration file, or a comment with @module at the start of the main module.",
        inputs.ReadmePath is { } readme ? [new ScorePlace("README", readme)] : []);

    private static ScoreCriterion Examples(ScoreInputs inputs) => Create(
        "hasReadmeExamples",
        "Examples",
        1,
        inputs.Examples.Length > 0,
        inputs.Examples.Length > 0
            ? $"There are examples in {string.Join(" and in ", inputs.Examples.Select(e => e.Text))}."
            : "Neither the README nor the comment of the main module shows code.",
        "Show how the package is used in a code block of the README, or with @example in the comment of the main module.",
        inputs.Examples);

    private static ScoreCriterion EntryPoints(ScoreInputs inputs)
    {
        var missing = inputs.EntryPointsWithoutDocumentation;
        return Create(
            "allEntrypointsDocs",
            "Documentation of every entry point",
            1,
            missing.Length == 0,
            missing.Length switch
            {
                0 => "Every entry point is introduced.",
                1 => "One entry point has no comment with @module.",
                _ => string.Create(CultureInfo.InvariantCulture, $"{missing.Length} entry points have no comment with @module."),
            },
            "Start each of these files with a comment that ends with @module and says what the module is for.",
            missing);
    }

    private static ScoreCriterion Symbols(ScoreInputs inputs)
    {
        // In single precision, as the reference computes it: at a boundary the last bit decides.
        var points = (int)MathF.Floor(MathF.Min(inputs.DocumentedShare / FullShare, 1) * SymbolPoints);
        var missing = inputs.Symbols - inputs.DocumentedSymbols;
        var explanation = inputs.Symbols == 0
            ? "The package exports no symbols."
            : string.Create(CultureInfo.InvariantCulture, $"{inputs.DocumentedSymbols} of {inputs.Symbols} exported symbols are documented ({(long)inputs.DocumentedSymbols * 100 / inputs.Symbols} %).");
        return new ScoreCriterion(
            "percentageDocumentedSymbols",
            "Documented symbols",
            points,
            SymbolPoints,
            points == SymbolPoints ? ScoreState.Met : points == 0 ? ScoreState.Missed : ScoreState.Partly,
            explanation,
            points == SymbolPoints ? null : string.Create(CultureInfo.InvariantCulture, $"Write a comment (/** … */) for {Needed(inputs)} more of these symbols; 80 % give all points."))
        {
            Evidence = inputs.UndocumentedSymbols,
            EvidenceCount = missing,
        };
    }

    /// <summary>How many more comments it takes.</summary>
    private static int Needed(ScoreInputs inputs) => (int)((((long)inputs.Symbols * 4) + 4) / 5) - inputs.DocumentedSymbols;

    private static ScoreCriterion SlowTypes(ScoreInputs inputs) => Create(
        "allFastCheck",
        "No slow types",
        5,
        inputs.SlowTypes == 0,
        inputs.SlowTypes switch
        {
            0 => "All types of the public API can be told from the source.",
            1 => "One type of the public API cannot be told from the source.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{inputs.SlowTypes} types of the public API cannot be told from the source."),
        },
        "Write these types out; docs/checks.md explains each.",
        inputs.FirstSlowTypes,
        inputs.SlowTypes);

    private static ScoreCriterion Create(string key, string title, int maximum, bool isMet, string explanation, string advice, ImmutableArray<ScorePlace> evidence, int? count = null) =>
        new(key, title, isMet ? maximum : 0, maximum, isMet ? ScoreState.Met : ScoreState.Missed, explanation, isMet ? null : advice)
        {
            Evidence = evidence,
            EvidenceCount = count ?? evidence.Length,
        };

    private static ScoreCriterion OfRegistry(
        PackageFacts? facts, string key, string title, Predicate<PackageFacts> isMet, string met, string missed, string advice, Func<PackageFacts, ImmutableArray<ScorePlace>>? evidence = null) =>
        facts is null
            ? new ScoreCriterion(key, title, 0, 1, ScoreState.Unknown, "Set on the registry.", null)
            : isMet(facts)
                ? Create(key, title, 1, true, met, advice, evidence?.Invoke(facts) ?? [])
                : Create(key, title, 1, false, missed, advice, evidence?.Invoke(facts) ?? []);

    private static ImmutableArray<ScorePlace> Runtimes(PackageFacts facts) => [.. facts.CompatibleRuntimes.Select(r => new ScorePlace(r))];
}
