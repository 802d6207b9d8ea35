using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>A member of a class: its first declaration, which stands for overloads and for the two halves of an accessor.</summary>
/// <param name="Name">Without quotes; of a computed name that is a literal the literal's value.</param>
/// <param name="Node">A property, method, accessor, or the <see cref="Parameter"/> of a constructor that declares a property.</param>
/// <param name="IsStatic">It belongs to the class itself.</param>
/// <param name="IsPrivate">It has TypeScript's <c>private</c>. Names with <c>#</c> are no members here: nothing outside can name them.</param>
public sealed record ClassMember(string Name, Node Node, bool IsStatic, bool IsPrivate);
