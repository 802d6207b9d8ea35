using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary>One entry point: all that it offers, also what it takes from other modules.</summary>
public sealed class DocModule
{
    /// <summary>The module's specifier: <c>file:///mod.ts</c>.</summary>
    public required string Specifier { get; init; }

    /// <summary>The comment with <c>@module</c>; null without one.</summary>
    public DocComment? Comment { get; init; }

    public ImmutableArray<DocImport> Imports { get; init; } = [];

    /// <summary>Exports first, in their order; then what is not exported and yet reached by their types.</summary>
    public required ImmutableArray<DocSymbol> Symbols { get; init; }
}
