using Kiln.Analysis.Docs.Model;

namespace Kiln.Documentation.Types;

/// <summary>Where the names in a type lead, seen from the page that it is printed on; null where there is nothing to link to.</summary>
internal interface ITypeLinks
{
    string? Reference(DocTypeReference type);

    /// <summary>The dotted name of a value or class.</summary>
    string? Name(string name);

    /// <param name="specifier">As written.</param>
    /// <param name="qualifier">The dotted exported name; null for the module.</param>
    string? Import(string specifier, string? qualifier);

    string? TypeParameter(string name);
}
