namespace Kiln.Analysis.Binding;

/// <summary>Tells for almost every identifier of a file, without hashing it, that it is none of the names that matter.</summary>
internal sealed class NameFilter
{
    private readonly bool[] slots = new bool[1024];

    public void Add(ReadOnlySpan<char> name) => slots[Slot(name)] = true;

    public bool MayContain(ReadOnlySpan<char> name) => slots[Slot(name)];

    private static int Slot(ReadOnlySpan<char> name) => name.IsEmpty ? 0 : (name[0] + (name[^1] * 37) + (name.Length * 131)) & 1023;
}
