using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>What the first identifier of a type's name stands for: docs.md §3. No dictionaries: frames are few, and most names are found in a scope.</summary>
internal sealed class NameResolver(SourceFile source)
{
    /// <summary>A type parameter of something that has no name.</summary>
    public static readonly DocResolution Anonymous = new() { Kind = DocResolutionKind.TypeParameter };

    private static readonly DocResolution Local = new() { Kind = DocResolutionKind.Local };

    private readonly List<NameFrame> frames = [];

    /// <summary>Where names that no frame has are looked up. Null for the type of a tag, of which the reference takes every name for a type parameter.</summary>
    public SymbolScope? Scope { get; set; }

    public int Mark => frames.Count;

    public static DocResolution Declared(string name, string kind) => new() { Kind = DocResolutionKind.TypeParameter, DeclaringName = name, DeclaringKind = kind };

    public void Enter(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters, Identifier? value = null, Node? body = null) =>
        frames.Add(new NameFrame(typeParameters, resolution, parameters, [], value, body is Block block ? new BodyNames(source, block) : null, null));

    /// <summary>A signature of a type.</summary>
    public void EnterSignature(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters) =>
        frames.Add(new NameFrame(typeParameters, resolution, [], typeParameters.Length == 0 ? [] : parameters, null, null, null));

    public void EnterMapped(Identifier name) => frames.Add(new NameFrame([], Anonymous, [], [], null, null, name));

    public void Leave(int mark) => frames.RemoveRange(mark, frames.Count - mark);

    /// <param name="name">The first identifier of a type's name.</param>
    /// <param name="position">Where it stands.</param>
    /// <remarks>Types come before values, however far out they are declared.</remarks>
    public DocResolution? Resolve(ReadOnlySpan<char> name, int position)
    {
        if (Scope is null)
        {
            return Anonymous;
        }

        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var frame = frames[i];
            if (frame.Mapped is { } mapped)
            {
                if (Is(mapped, name))
                {
                    return ResolveMapped(i, name);
                }

                continue;
            }

            if (DeclaresType(frame, name))
            {
                return frame.Resolution;
            }

            foreach (var parameter in frame.Signature)
            {
                if (parameter.End <= position && Binds(parameter.Name, name))
                {
                    return Anonymous;
                }
            }

            if (frame.Body is { } body && body.DeclaresType(name))
            {
                return Anonymous;
            }
        }

        return FindInScopes(name, isType: true) ?? ResolveValue(name);
    }

    /// <summary>The parameter of a mapped type is that of the scope around it, if there is one of the name.</summary>
    private DocResolution ResolveMapped(int index, ReadOnlySpan<char> name)
    {
        while (--index >= 0)
        {
            if (frames[index].Mapped is null)
            {
                return DeclaresType(frames[index], name) ? frames[index].Resolution : Anonymous;
            }
        }

        return Scope!.FindOwn(name) is { } symbol ? Of(symbol) : Anonymous;
    }

    private bool DeclaresType(NameFrame frame, ReadOnlySpan<char> name)
    {
        foreach (var parameter in frame.TypeParameters)
        {
            if (Is(parameter.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a name in an expression stands for.</summary>
    public DocResolution? ResolveValue(ReadOnlySpan<char> name)
    {
        if (Scope is null)
        {
            return Anonymous;
        }

        for (var i = frames.Count - 1; i >= 0; i--)
        {
            if (frames[i].Value is { } value && Is(value, name))
            {
                return Anonymous;
            }

            if (frames[i].Body is { } body && body.DeclaresValue(name))
            {
                return Anonymous;
            }

            foreach (var parameter in frames[i].Parameters)
            {
                if (Binds(parameter.Name, name))
                {
                    return Anonymous;
                }
            }
        }

        return FindInScopes(name, isType: false);
    }

    /// <remarks>Enums and namespaces are values to the reference.</remarks>
    private DocResolution? FindInScopes(ReadOnlySpan<char> name, bool isType)
    {
        for (var scope = Scope; scope is not null; scope = scope.Parent)
        {
            if (scope.FindOwn(name) is { } symbol && (!isType || IsType(symbol)))
            {
                return Of(symbol);
            }
        }

        return null;
    }

    private static bool IsType(Symbol symbol) =>
        symbol.Has(DeclarationKind.Interface) || symbol.Has(DeclarationKind.TypeAlias) || symbol.Has(DeclarationKind.Class) || symbol.Has(DeclarationKind.Import)
        || symbol.Has(DeclarationKind.ImportEquals);

    private static DocResolution Of(Symbol symbol)
    {
        foreach (var declaration in symbol.Declarations)
        {
            if (declaration is { Kind: DeclarationKind.Import, Source: { } imported })
            {
                return new DocResolution { Kind = DocResolutionKind.Import, Specifier = imported.Specifier, ImportedName = imported.Name };
            }
        }

        return Local;
    }

    private bool Binds(Node pattern, ReadOnlySpan<char> name)
    {
        if (pattern is Identifier identifier)
        {
            return Is(identifier, name);
        }

        var open = new NodeStack();
        open.Push(pattern);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case Identifier one when Is(one, name): return true;
                case ObjectBindingPattern one: open.PushAll(one.Elements); break;
                case ArrayBindingPattern one: open.PushAll(one.Elements); break;
                case BindingElement one: open.Push(one.Name); break;
            }
        }

        return false;
    }

    private bool Is(Identifier identifier, ReadOnlySpan<char> name) =>
        identifier.Has(NodeFlags.HasEscape) ? name.SequenceEqual(source.GetName(identifier)) : name.SequenceEqual(source.GetSlice(identifier));
}
