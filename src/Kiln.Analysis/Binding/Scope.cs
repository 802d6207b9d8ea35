using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>A use of a name as a value. The identifier is null for the JSX factory, which no token of the file names.</summary>
internal readonly record struct Reference(string Name, Identifier? Identifier);

/// <summary>
/// Declared names of one scope and the references that no inner scope answered. References are answered when the scope ends: by then every
/// hoisted declaration is known.
/// </summary>
internal sealed class Scope(Scope? parent, bool isFunction, ContainerBlock? container)
{
    public Scope? Parent { get; } = parent;

    /// <summary><c>var</c> declarations stop here.</summary>
    public bool IsFunction { get; } = isFunction;

    /// <summary>The namespace block or enum whose body this is.</summary>
    public ContainerBlock? Container { get; } = container;

    /// <summary>Names with a value meaning; the object tells what kind (see <c>Binder</c>).</summary>
    public Dictionary<string, object> Declared { get; } = new(StringComparer.Ordinal);

    public List<Reference> Pending { get; } = [];
}
