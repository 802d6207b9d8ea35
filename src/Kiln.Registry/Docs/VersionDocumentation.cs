using Kiln.Packages.Scoring;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Docs;

/// <summary>How far the documentation of a version is.</summary>
public sealed record VersionDocumentation
{
    public static readonly VersionDocumentation Pending = new() { State = DocumentationState.Pending };

    public required DocumentationState State { get; init; }

    /// <summary>Why there is none, for people; only of <see cref="DocumentationState.Failed"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The pack of pages; only of <see cref="DocumentationState.Ready"/>.</summary>
    public ObjectKey Pages { get; init; }

    /// <summary>Exported symbols.</summary>
    public int SymbolCount { get; init; }

    /// <summary>Null until it is ready.</summary>
    public ScoreInputs? Score { get; init; }
}
