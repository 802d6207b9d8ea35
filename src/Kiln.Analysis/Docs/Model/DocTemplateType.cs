using System.Collections.Immutable;

namespace Kiln.Analysis.Docs.Model;

/// <summary><c>`a${T}b`</c>: literal strings and types in turn.</summary>
public sealed class DocTemplateType : DocType
{
    public ImmutableArray<DocType> Parts { get; init; } = [];
}
