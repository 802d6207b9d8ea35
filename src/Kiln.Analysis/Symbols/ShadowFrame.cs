using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Names that hide those of the scope: type parameters, parameters, <c>infer</c> names, members of an enum.</summary>
/// <remarks>Short lists are compared where they stand in the tree, longer ones hashed at the first question: a list asked by each of its own elements must not cost its square.</remarks>
internal sealed class ShadowFrame(SourceFile file, ShadowFrame? parent, TypeParameter[] typeParameters, Parameter[] parameters)
{
    private const int HashFrom = 8;

    private readonly ShadowFrame? parent = parent;
    private List<Identifier>? otherTypes;
    private List<Identifier>? otherValues;
    private HashSet<string>? types;
    private HashSet<string>? values;

    public ShadowFrame(SourceFile file, ShadowFrame? parent)
        : this(file, parent, [], [])
    {
    }

    /// <summary>Where <c>infer</c> in this part of a tree declares its name; null when an outer frame says.</summary>
    public ShadowFrame? InferTarget { get; init; }

    public static bool HidesType(ShadowFrame? frame, ReadOnlySpan<char> name)
    {
        for (; frame is not null; frame = frame.parent)
        {
            if (frame.HasType(name))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HidesValue(ShadowFrame? frame, ReadOnlySpan<char> name)
    {
        for (; frame is not null; frame = frame.parent)
        {
            if (frame.HasValue(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The frame that <c>infer</c> adds to; null outside of conditional types.</summary>
    public static ShadowFrame? FindInferTarget(ShadowFrame? frame)
    {
        for (; frame is not null; frame = frame.parent)
        {
            if (frame.InferTarget is { } target)
            {
                return target;
            }
        }

        return null;
    }

    public void AddType(Identifier name)
    {
        (otherTypes ??= []).Add(name);
        types = null;
    }

    public void AddValue(Identifier name) => (otherValues ??= []).Add(name);

    private bool HasType(ReadOnlySpan<char> name)
    {
        if (types is not null || typeParameters.Length + (otherTypes?.Count ?? 0) > HashFrom)
        {
            types ??= [.. typeParameters.Select(parameter => file.GetName(parameter.Name)), .. (otherTypes ?? []).Select(file.GetName)];
            return types.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
        }

        foreach (var parameter in typeParameters)
        {
            if (Is(parameter.Name, name))
            {
                return true;
            }
        }

        return otherTypes is not null && Contains(otherTypes, name);
    }

    private bool HasValue(ReadOnlySpan<char> name)
    {
        if (values is not null || parameters.Length + (otherValues?.Count ?? 0) > HashFrom)
        {
            values ??= CollectValues();
            return values.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
        }

        foreach (var parameter in parameters)
        {
            if (parameter.Name is not Identifier identifier)
            {
                values = CollectValues();
                return values.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
            }

            if (Is(identifier, name))
            {
                return true;
            }
        }

        return otherValues is not null && Contains(otherValues, name);
    }

    private HashSet<string> CollectValues()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pending = new NodeStack();
        foreach (var parameter in parameters)
        {
            pending.Push(parameter.Name);
        }

        pending.PushAll([.. otherValues ?? []]);
        while (pending.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier identifier:
                    names.Add(file.GetName(identifier));
                    break;
                case ObjectBindingPattern pattern:
                    pending.PushAll(pattern.Elements);
                    break;
                case ArrayBindingPattern pattern:
                    pending.PushAll(pattern.Elements);
                    break;
                case BindingElement element:
                    pending.Push(element.Name);
                    break;
            }
        }

        return names;
    }

    private bool Contains(List<Identifier> names, ReadOnlySpan<char> name)
    {
        foreach (var candidate in names)
        {
            if (Is(candidate, name))
            {
                return true;
            }
        }

        return false;
    }

    private bool Is(Identifier identifier, ReadOnlySpan<char> name) =>
        identifier.Has(NodeFlags.HasEscape) ? name.SequenceEqual(file.GetName(identifier)) : name.SequenceEqual(file.GetSlice(identifier));
}
