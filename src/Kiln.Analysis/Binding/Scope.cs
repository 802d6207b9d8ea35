using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Binding;

/// <summary>A use of a name as a value. The identifier is null for the JSX factory, which no token of the file names.</summary>
internal readonly record struct Reference(string Name, Identifier? Identifier);

/// <summary>
/// Declared names of one scope and the references that no inner scope answered. References are answered when the scope ends: by then every
/// hoisted declaration is known.
/// </summary>
internal sealed class Scope
{
    private readonly Dictionary<string, object> declared = new(StringComparer.Ordinal);

    public Scope? Parent { get; private set; }

    /// <summary><c>var</c> declarations stop here.</summary>
    public bool IsFunction { get; private set; }

    /// <summary>The namespace block or enum whose body this is.</summary>
    public ContainerBlock? Container { get; private set; }

    /// <summary>References that no inner scope answered.</summary>
    public List<Reference> Pending { get; private set; } = [];

    public bool DeclaresNothing => declared.Count == 0 && Container is null;

    /// <summary>Starts over as another scope: a file has thousands, open at a time are a few.</summary>
    public void Open(Scope? parent, bool isFunction, ContainerBlock? container)
    {
        Parent = parent;
        IsFunction = isFunction;
        Container = container;
        declared.Clear();
        Pending.Clear();
    }

    /// <summary>What a name with a value meaning is (see <c>Binder</c>), or null.</summary>
    public object? Find(string name) => declared.GetValueOrDefault(name);

    public void Declare(string name, object kind) => declared[name] = kind;

    public void TryDeclare(string name, object kind) => declared.TryAdd(name, kind);

    public void Refer(Reference reference) => Pending.Add(reference);

    /// <summary>Leaves all references to the parent.</summary>
    public void PassOn(Scope parent)
    {
        if (parent.Pending.Count == 0)
        {
            (parent.Pending, Pending) = (Pending, parent.Pending);
        }
        else
        {
            parent.Pending.AddRange(Pending);
        }
    }
}
