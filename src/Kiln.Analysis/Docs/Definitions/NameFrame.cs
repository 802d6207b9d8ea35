using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>Names that a function, signature, class or type brings for what stands inside it.</summary>
internal sealed class NameFrame(SourceFile source)
{
    /// <summary>Up to so many names are compared one by one.</summary>
    private const int FewNames = 8;

    private HashSet<string>? mapped;
    private HashSet<string>? typeNames;
    private Dictionary<string, int>? parameterEnds;

    public TypeParameter[] TypeParameters { get; init; } = [];

    /// <summary>What a type parameter is reported as.</summary>
    public DocResolution Resolution { get; init; } = NameResolver.Anonymous;

    public Parameter[] Parameters { get; init; } = [];

    /// <summary>
    /// Of a function the parameters are values. Of a signature the reference takes them for types, and only where it has type parameters; each is in sight
    /// behind itself.
    /// </summary>
    public bool IsSignature { get; init; }

    /// <summary>The name of a class or function expression.</summary>
    public Identifier? Value { get; init; }

    /// <summary>What the body of an arrow function declares: the reference has it in sight in the return type too.</summary>
    public BodyNames? Body { get; init; }

    /// <summary>
    /// Parameters of mapped types. The reference adds them to the scope that the type stands in, where they stay: a type parameter of the same name is taken for
    /// the same.
    /// </summary>
    public void AddMapped(string name) => (mapped ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);

    public bool HasMapped(ReadOnlySpan<char> name) => mapped is not null && mapped.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    public bool HasTypeParameter(ReadOnlySpan<char> name)
    {
        if (TypeParameters.Length > FewNames)
        {
            typeNames ??= ReadTypeNames();
            return typeNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
        }

        foreach (var parameter in TypeParameters)
        {
            if (Is(parameter.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Other types that are in sight at a place.</summary>
    public bool HasOtherType(ReadOnlySpan<char> name, int position) =>
        (IsSignature && TypeParameters.Length > 0 && HasParameter(name, position)) || (SeesBody(position) && Body!.DeclaresType(name));

    public bool HasValue(ReadOnlySpan<char> name, int position) =>
        (Value is not null && Is(Value, name)) || (SeesBody(position) && Body!.DeclaresValue(name)) || (!IsSignature && HasParameter(name, int.MaxValue));

    private bool SeesBody(int position) => Body is not null && (Parameters.Length == 0 || position >= Parameters[^1].End);

    /// <summary>A parameter that ends before a place binds the name.</summary>
    private bool HasParameter(ReadOnlySpan<char> name, int position)
    {
        if (Parameters.Length is > 0 and <= FewNames && Array.TrueForAll(Parameters, static parameter => parameter.Name is Identifier))
        {
            foreach (var parameter in Parameters)
            {
                if (parameter.End <= position && Is((Identifier)parameter.Name, name))
                {
                    return true;
                }
            }

            return false;
        }

        return Parameters.Length > 0 && (parameterEnds ??= ReadParameters()).GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var end) && end <= position;
    }

    private HashSet<string> ReadTypeNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in TypeParameters)
        {
            names.Add(source.GetName(parameter.Name));
        }

        return names;
    }

    private Dictionary<string, int> ReadParameters()
    {
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new NodeStack();
        foreach (var parameter in Parameters)
        {
            open.Push(parameter.Name);
            while (open.TryPop(out var node))
            {
                switch (node)
                {
                    case Identifier name: ends.TryAdd(source.GetName(name), parameter.End); break;
                    case ObjectBindingPattern pattern: open.PushAll(pattern.Elements); break;
                    case ArrayBindingPattern pattern: open.PushAll(pattern.Elements); break;
                    case BindingElement element: open.Push(element.Name); break;
                }
            }
        }

        return ends;
    }

    private bool Is(Identifier identifier, ReadOnlySpan<char> name) =>
        identifier.Has(NodeFlags.HasEscape) ? name.SequenceEqual(source.GetName(identifier)) : name.SequenceEqual(source.GetSlice(identifier));
}
