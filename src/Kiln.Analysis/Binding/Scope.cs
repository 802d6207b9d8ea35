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

    /// <summary>By name; null when there are none.</summary>
    public Dictionary<string, List<Reference>>? Pending { get; private set; }

    public void Add(Reference reference)
    {
        Pending ??= new Dictionary<string, List<Reference>>(StringComparer.Ordinal);
        if (!Pending.TryGetValue(reference.Name, out var known))
        {
            Pending[reference.Name] = known = [];
        }

        known.Add(reference);
    }

    /// <summary>
    /// Takes over what an inner scope did not answer. Always the smaller part moves, so that references in deep scopes are not carried one by one through
    /// every scope around them.
    /// </summary>
    public void Adopt(Dictionary<string, List<Reference>> unanswered)
    {
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
    }
}
