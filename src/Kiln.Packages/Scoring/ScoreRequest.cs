using Kiln.Analysis.Docs.Model;

namespace Kiln.Packages.Scoring;

/// <summary>What the inputs of a version's score are read from.</summary>
public sealed record ScoreRequest
{
    /// <summary>With a module for every entry point that is code; others are left out of account.</summary>
    public required DocSet Documentation { get; init; }

    /// <summary>In the order of <c>exports</c>.</summary>
    public required IReadOnlyList<ScoreEntryPoint> EntryPoints { get; init; }

    /// <summary>From specifiers of the documentation to paths as they are to be shown: <c>/mod.ts</c>.</summary>
    public required Func<string, string> PathOf { get; init; }

    /// <summary>As it is to be shown; null when there is none.</summary>
    public string? ReadmePath { get; init; }

    /// <summary>The bytes of the README.</summary>
    public ReadOnlyMemory<byte> Readme { get; init; }

    /// <summary>How many there are.</summary>
    public required int SlowTypes { get; init; }

    /// <summary>The first of them, or all.</summary>
    public IEnumerable<ScorePlace> FirstSlowTypes { get; init; } = [];
}
