using Kiln.Analysis.Docs.Model;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>What a caller has to know of a parameter, whatever its form.</summary>
internal static class Parameters
{
    public static bool IsThis(DocParameter parameter) => parameter is DocIdentifierParameter { Name: "this" };

    public static bool IsRest(DocParameter parameter) => parameter is DocRestParameter;

    /// <summary>A call can leave it out. A rest can always be left out.</summary>
    public static bool IsOptional(DocParameter parameter) => parameter switch
    {
        DocIdentifierParameter p => p.IsOptional,
        DocArrayParameter p => p.IsOptional,
        DocObjectParameter p => p.IsOptional,
        DocAssignParameter or DocRestParameter => true,
        _ => false,
    };

    public static DocType? TypeOf(DocParameter parameter) => parameter is DocAssignParameter assign ? TypeOf(assign.Left) : parameter.Type;

    /// <summary>Null for patterns.</summary>
    public static string? NameOf(DocParameter parameter) => parameter switch
    {
        DocIdentifierParameter p => p.Name,
        DocAssignParameter p => NameOf(p.Left),
        DocRestParameter p => NameOf(p.Argument),
        _ => null,
    };
}
