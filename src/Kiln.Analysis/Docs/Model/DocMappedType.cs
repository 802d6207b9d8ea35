namespace Kiln.Analysis.Docs.Model;

/// <summary><c>{ readonly [K in T as N]?: V }</c>.</summary>
public sealed class DocMappedType : DocType
{
    public DocMappedModifier Readonly { get; init; }
    public required DocTypeParameter TypeParameter { get; init; }
    public DocType? NameType { get; init; }
    public DocMappedModifier Optional { get; init; }
    public DocType? Type { get; init; }
}
