using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Names that a signature, class or type brings for what stands inside it.</summary>
/// <param name="TypeParameters">Types.</param>
/// <param name="Resolution">What a type parameter is reported as.</param>
/// <param name="Parameters">Values; a type of their name that nothing declares is taken for one of them.</param>
/// <param name="Self">The name of a class or function expression.</param>
internal readonly record struct NameFrame(TypeParameter[] TypeParameters, DocResolution Resolution, Parameter[] Parameters, Identifier? Self);
