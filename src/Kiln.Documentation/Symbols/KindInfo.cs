using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Symbols;

/// <summary>How a kind is shown (docs.md §10.2, §10.3).</summary>
/// <param name="Letter">In its badge.</param>
/// <param name="Title">One of it.</param>
/// <param name="Plural">The heading of a listing.</param>
/// <param name="Css">Class of everything that has its colour.</param>
/// <param name="Order">In listings.</param>
internal sealed record KindInfo(string Letter, string Title, string Plural, string Css, int Order)
{
    private static readonly KindInfo Class = new("c", "Class", "Classes", "k-class", 0);
    private static readonly KindInfo Enum = new("E", "Enum", "Enums", "k-enum", 1);
    private static readonly KindInfo Function = new("f", "Function", "Functions", "k-function", 2);
    private static readonly KindInfo Interface = new("I", "Interface", "Interfaces", "k-interface", 3);
    private static readonly KindInfo Namespace = new("N", "Namespace", "Namespaces", "k-namespace", 4);
    private static readonly KindInfo TypeAlias = new("T", "Type Alias", "Type Aliases", "k-type", 6);
    private static readonly KindInfo Variable = new("v", "Variable", "Variables", "k-variable", 7);

    public static KindInfo Property { get; } = new("p", "Property", "Properties", "k-property", 8);

    public static KindInfo Method { get; } = new("m", "Method", "Methods", "k-method", 9);

    public static KindInfo Of(DocKind kind) => kind switch
    {
        DocKind.Class => Class,
        DocKind.Enum => Enum,
        DocKind.Function => Function,
        DocKind.Interface => Interface,
        DocKind.Namespace => Namespace,
        DocKind.TypeAlias => TypeAlias,
        DocKind.Variable => Variable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A reference is followed before anything is shown."),
    };
}
