using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Names that a signature, class or type brings for what stands inside it.</summary>
/// <param name="TypeParameters">Types.</param>
/// <param name="Resolution">What a type parameter is reported as.</param>
/// <param name="Parameters">Of a function: values. A type of their name that nothing declares is taken for one of them.</param>
/// <param name="Signature">
/// Parameters of a signature. The reference takes them for types, and only where the signature has type parameters; each is in sight behind itself.
/// </param>
/// <param name="Value">The name of a class or function expression.</param>
/// <param name="Body">What the body of an arrow function declares, which the reference has in sight in front of it too.</param>
/// <param name="Mapped">
/// The parameter of a mapped type. The reference adds it to the scope that the type stands in, where it stays: a type parameter of the same name is taken for the same.
/// </param>
internal readonly record struct NameFrame(TypeParameter[] TypeParameters, DocResolution Resolution, Parameter[] Parameters, Parameter[] Signature, Identifier? Value, BodyNames? Body, Identifier? Mapped);
