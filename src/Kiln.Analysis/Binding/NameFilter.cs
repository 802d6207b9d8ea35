namespace Kiln.Analysis.Binding;

/// <summary>Tells for almost every identifier of a file, without hashing it, that it is none of the names that matter.</summary>
internal sealed class NameFilter
{
    private readonly ulong[] bits = new ulong[16];

    public void Add(ReadOnlySpan<char> name)
    {
        var slot = Slot(name);
        bits[slot >> 6] |= 1UL << slot;
    }

    public bool MayContain(ReadOnlySpan<char> name)
    {
        var slot = Slot(name);
        return (bits[slot >> 6] & (1UL << slot)) != 0;
    }

    private static int Slot(ReadOnlySpan<char> name) => name.IsEmpty ? 0 : (name[0] + (name[^1] * 37) + (name.Length * 131)) & 1023;
}
