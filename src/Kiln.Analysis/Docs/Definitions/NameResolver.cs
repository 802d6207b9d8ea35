using Kiln.Analysis.Docs.Model;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Docs.Definitions;

/// <summary>What the first identifier of a type's name stands for: docs.md §3.</summary>
/// <remarks>
/// The reference does not ask a type checker but the scopes of its parser, and those have quirks that show: types come before values, however far out they are
/// declared, and what counts as a type is not what TypeScript says.
/// </remarks>
internal sealed class NameResolver
{
    /// <summary>A type parameter of something that has no name.</summary>
    public static readonly DocResolution Anonymous = new() { Kind = DocResolutionKind.TypeParameter };

    private static readonly DocResolution Local = new() { Kind = DocResolutionKind.Local };

    private readonly SourceFile source;
    private readonly SymbolScope? scope;
    private readonly List<NameFrame> frames = [];

    /// <param name="source">The file of the names.</param>
    /// <param name="scope">Where names that no frame has are looked up. Null for the type of a tag, of which the reference takes every name for a type parameter.</param>
    public NameResolver(SourceFile source, SymbolScope? scope)
    {
        this.source = source;
        this.scope = scope;

        // What a mapped type leaves outside of everything.
        frames.Add(new NameFrame(source));
    }

    public SymbolScope? Scope => scope;

    public int Mark => frames.Count;

    public static DocResolution Declared(string name, string kind) => new() { Kind = DocResolutionKind.TypeParameter, DeclaringName = name, DeclaringKind = kind };

    public void Enter(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters, Identifier? value = null, Node? body = null) => frames.Add(new NameFrame(source)
    {
        TypeParameters = typeParameters,
        Resolution = resolution,
        Parameters = parameters,
        Value = value,
        Body = body is Block block ? new BodyNames(source, block) : null,
    });

    /// <summary>A signature of a type.</summary>
    public void EnterSignature(TypeParameter[] typeParameters, DocResolution resolution, Parameter[] parameters) =>
        frames.Add(new NameFrame(source) { TypeParameters = typeParameters, Resolution = resolution, Parameters = parameters, IsSignature = true });

    public void AddMapped(Identifier name) => frames[^1].AddMapped(source.GetName(name));

    public void Leave(int mark) => frames.RemoveRange(mark, frames.Count - mark);

    /// <param name="name">The first identifier of a type's name.</param>
    /// <param name="position">Where it stands.</param>
    public DocResolution? Resolve(ReadOnlySpan<char> name, int position)
    {
        if (scope is null)
        {
            return Anonymous;
        }

        for (var i = frames.Count - 1; i >= 0; i--)
        {
            var frame = frames[i];
            if (frame.HasTypeParameter(name))
            {
                return frame.Resolution;
            }

            if (frame.HasMapped(name))
            {
                return i == 0 && scope.FindOwn(name) is { } same ? Of(same) : Anonymous;
            }

            if (frame.HasOtherType(name, position))
            {
                return Anonymous;
            }
        }

        return FindInScopes(name, position, static symbol => IsType(symbol)) ?? FindInFrames(name, position) ?? FindInScopes(name, position, static _ => true);
    }

    /// <summary>What a name in an expression stands for.</summary>
    public DocResolution? ResolveValue(ReadOnlySpan<char> name, int position) =>
        scope is null ? Anonymous : FindInFrames(name, position) ?? FindInScopes(name, position, static symbol => (symbol.Meanings & Meanings.Value) != 0 || symbol.Has(DeclarationKind.Namespace));

    private DocResolution? FindInFrames(ReadOnlySpan<char> name, int position)
    {
        for (var i = frames.Count - 1; i > 0; i--)
        {
            // A type parameter of the same name stands in the same scope, and is taken for the same.
            if (frames[i].HasValue(name, position))
            {
                return frames[i].HasTypeParameter(name) ? frames[i].Resolution : Anonymous;
            }
        }

        return null;
    }

    private DocResolution? FindInScopes(ReadOnlySpan<char> name, int position, Func<Symbol, bool> counts)
    {
        for (var at = scope; at is not null; at = at.Parent)
        {
            if (at.FindOwn(name) is { } symbol && counts(symbol) && !IsLater(symbol, position))
            {
                return Of(symbol);
            }
        }

        return null;
    }

    /// <summary>Enums and namespaces are values to the reference.</summary>
    private static bool IsType(Symbol symbol) =>
        symbol.Has(DeclarationKind.Interface) || symbol.Has(DeclarationKind.TypeAlias) || symbol.Has(DeclarationKind.Class) || symbol.Has(DeclarationKind.Import)
        || symbol.Has(DeclarationKind.ImportEquals);

    /// <summary>Everything is in sight before it is declared, but for <c>import x = A.B</c>.</summary>
    private static bool IsLater(Symbol symbol, int position) =>
        symbol.Declarations[0] is { Kind: DeclarationKind.ImportEquals } declaration && declaration.Node.Start > position;

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
}
