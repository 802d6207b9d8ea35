using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>Names that hide those of the scope: type parameters, parameters, <c>infer</c> names, members of an enum.</summary>
/// <remarks>Short lists are compared, longer ones hashed at the first question: a list asked by each of its own elements must not cost its square.</remarks>
internal sealed class ShadowFrame(SourceFile file, ShadowFrame? parent)
{
    private const int HashFrom = 8;

    private List<Identifier>? types;
    private List<Identifier>? values;
    private HashSet<string>? typeSet;
    private HashSet<string>? valueSet;

    /// <summary>Where <c>infer</c> in this part of a tree declares its name; null when an outer frame says.</summary>
    public ShadowFrame? InferTarget { get; init; }

    public static bool HidesType(ShadowFrame? frame, ReadOnlySpan<char> name)
    {
        for (; frame is not null; frame = frame.Parent)
        {
            if (frame.Contains(frame.types, ref frame.typeSet, name))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HidesValue(ShadowFrame? frame, ReadOnlySpan<char> name)
    {
        for (; frame is not null; frame = frame.Parent)
        {
            if (frame.Contains(frame.values, ref frame.valueSet, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The frame that <c>infer</c> adds to; null outside of conditional types.</summary>
    public static ShadowFrame? FindInferTarget(ShadowFrame? frame)
    {
        for (; frame is not null; frame = frame.Parent)
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
        (types ??= []).Add(name);
        typeSet = null;
    }

    public void AddValue(Identifier name) => (values ??= []).Add(name);

    public void AddTypes(TypeParameter[] parameters)
    {
        foreach (var parameter in parameters)
        {
            AddType(parameter.Name);
        }
    }

    public void AddValues(Parameter[] parameters)
    {
        foreach (var parameter in parameters)
        {
            AddPattern(parameter.Name);
        }
    }

    private ShadowFrame? Parent { get; } = parent;

    private void AddPattern(Node name)
    {
        if (name is Identifier simple)
        {
            AddValue(simple);
            return;
        }

        var pending = new NodeStack();
        pending.Push(name);
        while (pending.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier identifier:
                    AddValue(identifier);
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
    }

    private bool Contains(List<Identifier>? names, ref HashSet<string>? set, ReadOnlySpan<char> name)
    {
        if (names is null)
        {
            return false;
        }

        if (names.Count < HashFrom)
        {
            foreach (var candidate in names)
            {
                if (candidate.Has(NodeFlags.HasEscape) ? name.SequenceEqual(file.GetName(candidate)) : name.SequenceEqual(file.GetSlice(candidate)))
                {
                    return true;
                }
            }

            return false;
        }

        set ??= [.. names.Select(file.GetName)];
        return set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
