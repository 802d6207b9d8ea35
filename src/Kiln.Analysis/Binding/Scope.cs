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
    private Dictionary<string, List<Reference>>? spare;

    public Scope? Parent { get; private set; }

    /// <summary><c>var</c> declarations stop here.</summary>
    public bool IsFunction { get; private set; }

    /// <summary>The namespace block or enum whose body this is.</summary>
    public ContainerBlock? Container { get; private set; }

    /// <summary>Names with a value meaning; the object tells what kind (see <c>Binder</c>).</summary>
    public Dictionary<string, object> Declared { get; } = new(StringComparer.Ordinal);

    /// <summary>By name; null when there are none.</summary>
    public Dictionary<string, List<Reference>>? Pending { get; private set; }

    /// <summary>Starts over as another scope: a file has thousands, open at a time are a few.</summary>
    public void Open(Scope? parent, bool isFunction, ContainerBlock? container)
    {
        Parent = parent;
        IsFunction = isFunction;
        Container = container;
        Declared.Clear();
        Pending = null;
    }

    public void Add(Reference reference)
    {
        Pending ??= spare ?? new Dictionary<string, List<Reference>>(StringComparer.Ordinal);
        spare = null;
        if (!Pending.TryGetValue(reference.Name, out var known))
        {
            Pending[reference.Name] = known = [];
        }

        known.Add(reference);
    }

    /// <summary>
    /// Takes over what an inner scope, which ends with this, did not answer. Always the smaller part moves, so that references in deep scopes are not
    /// carried one by one through every scope around them.
    /// </summary>
    public void AdoptFrom(Scope inner)
    {
        if (inner.Pending is not { Count: > 0 } unanswered)
        {
            inner.spare = inner.Pending ?? inner.spare;
            return;
        }

        var (to, from) = Pending is null || Pending.Count < unanswered.Count ? (unanswered, Pending) : (Pending, unanswered);
        Pending = to;
        if (from is null)
        {
            return;
        }

        foreach (var (name, references) in from)
        {
            if (!to.TryGetValue(name, out var known))
            {
                to[name] = references;
            }
            else if (known.Count < references.Count)
            {
                references.AddRange(known);
                to[name] = references;
            }
            else
            {
                known.AddRange(references);
            }
        }

        from.Clear();
        inner.spare = from;
    }
}
