using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>import("x").A.B&lt;T&gt;</c>.</summary>
public sealed class DocImportType : DocType
{
    /// <summary>As written.</summary>
    public required string Specifier { get; init; }

    public string? Qualifier { get; init; }
    public ImmutableArray<DocType> Arguments { get; init; } = [];
}
