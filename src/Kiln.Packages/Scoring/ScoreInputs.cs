using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Scoring;

/// <summary>What the files of a version say about its score (registry.md §6, 1 to 5). It never changes, and is stored with the version.</summary>
public sealed record ScoreInputs
{
    /// <summary>How many symbols without documentation and how many slow types are named; all are counted.</summary>
    public const int MaxPlaces = 100;

    /// <summary>Of a README that counts; null when there is none.</summary>
    public string? ReadmePath { get; init; }

    /// <summary>The main entry point has a module comment with text.</summary>
    public bool HasMainDocumentation { get; init; }

    /// <summary>Where examples are; none when there are none. One for the README, one for the module comment of the main entry point.</summary>
    public ImmutableArray<ScorePlace> Examples { get; init; } = [];

    /// <summary>Keys and files of the entry points that lack a module comment, in the order of <c>exports</c>.</summary>
    public ImmutableArray<ScorePlace> EntryPointsWithoutDocumentation { get; init; } = [];

    /// <summary>All declarations that count (<see cref="SymbolDocumentation"/>).</summary>
    public int Symbols { get; init; }

    /// <summary>Those of them that have a comment.</summary>
    public int DocumentedSymbols { get; init; }

    /// <summary>The first <see cref="MaxPlaces"/> of the others, by entry point and source.</summary>
    public ImmutableArray<ScorePlace> UndocumentedSymbols { get; init; } = [];

    /// <summary>All slow types.</summary>
    public int SlowTypes { get; init; }

    /// <summary>The first <see cref="MaxPlaces"/> of them at most; the texts are messages.</summary>
    public ImmutableArray<ScorePlace> FirstSlowTypes { get; init; } = [];

    public bool HasReadme => ReadmePath is not null || HasMainDocumentation;

    /// <summary>From 0 to 1, in the reference's precision; 1 without symbols.</summary>
    public float DocumentedShare => Symbols == 0 ? 1 : (float)DocumentedSymbols / Symbols;

    /// <summary>Compact JSON that <see cref="TryRead"/> reads.</summary>
    public byte[] Write() => ScoreInputsJson.Write(this);

    /// <summary>False when it is not what <see cref="Write"/> writes: stored by another release, or damaged.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ScoreInputs? inputs) => ScoreInputsJson.TryRead(json, out inputs);
}
