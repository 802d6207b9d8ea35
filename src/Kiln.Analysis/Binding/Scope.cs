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
    private Dictionary<string, object>? declared;

    public Scope? Parent { get; } = parent;

    /// <summary><c>var</c> declarations stop here.</summary>
    public bool IsFunction { get; } = isFunction;

    /// <summary>The namespace block or enum whose body this is.</summary>
    public ContainerBlock? Container { get; } = container;

    /// <summary>References that no inner scope answered. Null where there are none, as in most scopes.</summary>
    public List<Reference>? Pending { get; private set; }

    public bool DeclaresNothing => declared is null && Container is null;

    /// <summary>What a name with a value meaning is (see <c>Binder</c>), or null.</summary>
    public object? Find(string name) => declared?.GetValueOrDefault(name);

    public void Declare(string name, object kind) => (declared ??= NewTable())[name] = kind;

    public void TryDeclare(string name, object kind) => (declared ??= NewTable()).TryAdd(name, kind);

    public void Refer(Reference reference) => (Pending ??= []).Add(reference);

    /// <summary>Leaves all references to the parent.</summary>
    public void PassOn()
    {
        if (Pending is null || Parent is null)
        {
            return;
        }

        if (Parent.Pending is { } known)
        {
            known.AddRange(Pending);
        }
        else
        {
            Parent.Pending = Pending;
        }
    }

    private static Dictionary<string, object> NewTable() => new(StringComparer.Ordinal);
}
