using Kiln.Packages.Scoring;

namespace Kiln.Registry.Docs;

/// <summary>All that is kept of a version's documentation.</summary>
public sealed class DocumentationArtifacts
{
    /// <summary>The model as JSON, version 2, compressed with gzip.</summary>
    public required ReadOnlyMemory<byte> Nodes { get; init; }

    /// <summary>A pack: see <see cref="DocPackFormat"/>.</summary>
    public required ReadOnlyMemory<byte> Pages { get; init; }

    public required int SymbolCount { get; init; }

    public required ScoreInputs Score { get; init; }
}
