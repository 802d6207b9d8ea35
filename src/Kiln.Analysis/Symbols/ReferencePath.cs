namespace Kiln.Analysis.Symbols;

/// <summary>The names behind the first one in <c>a.b.c</c>; a window on an array that references share.</summary>
internal readonly struct ReferencePath(string[] names, int start)
{
    public static readonly ReferencePath Empty = new([], 0);

    public int Length => names.Length - start;

    public string First => names[start];

    public ReferencePath Rest => new(names, start + 1);

    /// <summary>This path seen from what contains its start.</summary>
    public ReferencePath Under(ReadOnlySpan<string> outer) => outer.IsEmpty ? this : new([.. outer, .. names.AsSpan(start)], 0);

    /// <summary>Equal for equal paths.</summary>
    public string Key => Length == 0 ? "" : string.Join('\0', names, start, Length);

    public override string ToString() => string.Join('.', names, start, Length);
}
