using System.Collections.Immutable;
using Kiln.Analysis.Docs.Model;
using Kiln.TypeScript;

namespace Kiln.Analysis.Docs.Difference;

/// <summary>What references stand for: the declarations of a version by their places.</summary>
internal sealed class ReferenceTargets
{
    private readonly Dictionary<DocLocation, DocDeclaration> declarations = [];

    public ReferenceTargets(IReadOnlyList<ApiModule> modules, StackGuard guard)
    {
        foreach (var (_, module) in modules)
        {
            Add(module.Symbols, guard);
        }
    }

    /// <summary>The declarations with those in place of references that can be found.</summary>
    public IReadOnlyList<DocDeclaration> Resolve(ImmutableArray<DocDeclaration> list) =>
        list.All(d => d.Definition is not DocReference)
            ? list
            : [.. list.Select(d => d.Definition is DocReference { Target: var target } && declarations.TryGetValue(target, out var found) ? found : d)];

    private void Add(ImmutableArray<DocSymbol> symbols, StackGuard guard)
    {
        if (!guard.HasRoom())
        {
            return;
        }

        foreach (var symbol in symbols)
        {
            foreach (var declaration in symbol.Declarations)
            {
                if (declaration.Definition is DocReference)
                {
                    continue;
                }

                declarations.TryAdd(declaration.Location, declaration);
                if (declaration.Definition is DocNamespace inner)
                {
                    Add(inner.Elements, guard);
                }
            }
        }
    }
}
