using System.Buffers;
using System.Runtime.CompilerServices;

namespace Kiln.TypeScript.Text;

/// <summary>A list that grows in shared buffers and ends as an array of its exact size. One that is neither taken nor dropped is left to the collector.</summary>
public sealed class RentedList<T>(int capacity)
{
    private T[] items = ArrayPool<T>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public void Add(T item)
    {
        var count = Count;
        if (count == items.Length)
        {
            Grow();
        }

        items[count] = item;
        Count = count + 1;
    }

    public Span<T> AsSpan() => items.AsSpan(0, Count);

    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Ends the list, which must not be used any more.</summary>
    public T[] Take()
    {
        var result = AsSpan().ToArray();
        Drop();
        return result;
    }

    /// <summary>Ends the list, which must not be used any more.</summary>
    public void Drop()
    {
        Return(items);
        items = [];
        Count = 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(items.Length * 2);
        AsSpan().CopyTo(larger);
        Return(items);
        items = larger;
    }

    /// <summary>Cleared of references, so that no buffer keeps a tree alive.</summary>
    private static void Return(T[] items) => ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
}
