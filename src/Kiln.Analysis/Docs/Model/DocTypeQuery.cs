namespace Kiln.Analysis.Docs.Model;

/// <summary><c>typeof a.b</c>; of <c>typeof import("x")</c> the name is the specifier.</summary>
public sealed class DocTypeQuery : DocType
{
    public required string Name { get; init; }
}
