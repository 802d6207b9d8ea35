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

    public void Enter(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters, Identifier? self = null) =>
        frames.Add(new NameFrame(typeParameters, resolution, parameters, self));

    public void Leave(int mark) => frames.RemoveRange(mark, frames.Count - mark);

    /// <remarks>Types come before values, however far out they are declared.</remarks>
    public DocResolution? Resolve(ReadOnlySpan<char> name)
    {
        if (Scope is null)
        {
            return Anonymous;
        }

        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var frame = frames[i];
            foreach (var parameter in frame.TypeParameters)
            {
                if (Is(parameter.Name, name))
                {
                    return frame.Resolution;
                }
            }

            if (frame.Self is { } self && Is(self, name))
            {
                return Anonymous;
            }
        }

        return FindInScopes(name, Meanings.Type | Meanings.Namespace) ?? FindValue(name);
    }

    private DocResolution? FindValue(ReadOnlySpan<char> name)
    {
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            foreach (var parameter in frames[i].Parameters)
            {
                if (Binds(parameter.Name, name))
                {
                    return Anonymous;
                }
            }
        }

        return FindInScopes(name, Meanings.Value);
    }

    private DocResolution? FindInScopes(ReadOnlySpan<char> name, Meanings meanings)
    {
        for (var scope = Scope; scope is not null; scope = scope.Parent)
        {
            if (scope.FindOwn(name) is { } symbol && (symbol.Meanings & meanings) != 0)
            {
                return Of(symbol);
            }
        }

        return null;
    }

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
