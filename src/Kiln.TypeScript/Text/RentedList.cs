using System.Buffers;

namespace Kiln.TypeScript.Text;

/// <summary>A list that grows in shared buffers and ends as an array of its exact size. One that is not taken is left to the collector.</summary>
internal sealed class RentedList<T>(int capacity)
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

    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Ends the list, which must not be used any more.</summary>
    public T[] Take()
    {
        var result = items.AsSpan(0, Count).ToArray();
        ArrayPool<T>.Shared.Return(items);
        items = [];
        Count = 0;
        return result;
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(items.Length * 2);
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
