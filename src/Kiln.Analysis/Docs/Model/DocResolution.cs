namespace Kiln.Analysis.Docs.Model;

/// <summary>What a name stands for.</summary>
public sealed record DocResolution
{
    public required DocResolutionKind Kind { get; init; }

    /// <summary>Of a type parameter: what declares it; <c>call</c> and <c>new</c> for signatures; null for anonymous functions and mapped types.</summary>
    public string? DeclaringName { get; init; }

    /// <summary><c>class</c>, <c>interface</c>, <c>function</c>, <c>typeAlias</c> or <c>method</c>; null exactly when <see cref="DeclaringName"/> is.</summary>
    public string? DeclaringKind { get; init; }

    /// <summary>Of an import: the specifier as written.</summary>
    public string? Specifier { get; init; }

    /// <summary>Of an import: the exported name; null for a namespace import.</summary>
    public string? ImportedName { get; init; }
}
