namespace Kiln.Registry.Catalog;

/// <summary>Part of a list. <paramref name="Total"/> counts all pages.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total);

/// <summary>Which part of a list: <paramref name="Number"/> from 1, <paramref name="Limit"/> from 1 to 100.</summary>
public readonly record struct PageRequest(int Number, int Limit)
{
    public static PageRequest First { get; } = new(1, 100);

    internal int Size => Math.Clamp(Limit, 1, 100);

    internal long Offset => (Math.Max(Number, 1) - 1L) * Size;
}
