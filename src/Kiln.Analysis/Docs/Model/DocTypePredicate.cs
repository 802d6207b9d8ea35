namespace Kiln.Analysis.Docs.Model;

/// <summary><c>x is T</c>, <c>asserts x</c>.</summary>
public sealed class DocTypePredicate : DocType
{
    public bool IsAsserts { get; init; }

    /// <summary>The parameter's name; null for <c>this</c>.</summary>
    public string? ParameterName { get; init; }

    public DocType? Type { get; init; }
}
