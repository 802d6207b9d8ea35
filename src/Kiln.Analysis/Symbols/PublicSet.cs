using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Symbols;

/// <summary>The public declarations of one module, by kind and place: no two have both in common, and a number is hashed faster than an object.</summary>
internal sealed class PublicSet
{
    private readonly HashSet<long> keys = [];

    public bool Add(Node declaration) => keys.Add(KeyOf(declaration));

    public bool Contains(Node declaration) => keys.Contains(KeyOf(declaration));

    private static long KeyOf(Node node) => ((long)node.Start << 8) | (byte)node.Kind;
}
