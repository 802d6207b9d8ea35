namespace Kiln.Analysis.Symbols;

/// <summary>The names behind the first one in <c>a.b.c</c>; a window on an array that references share.</summary>
internal readonly struct ReferencePath
{
    public static readonly ReferencePath Empty = new([], 0);

    /// <summary>A longer path means its first name as a whole: aliases of aliases could make it as long as the file, and each of them would copy it.</summary>
    private const int MaxNames = 64;
    private const int MaxCharacters = 2_000;

    private readonly string[] names;
    private readonly int start;

    private ReferencePath(string[] names, int start) => (this.names, this.start) = (names, start);

    public int Length => names.Length - start;

    public string First => names[start];

    public ReferencePath Rest => new(names, start + 1);

    /// <summary>This path seen from what contains its start.</summary>
    public ReferencePath Under(ReadOnlySpan<string> outer) => outer.IsEmpty ? this : Create([.. outer, .. names.AsSpan(start)]);

    public static ReferencePath Create(string[] names)
    {
        var characters = 0L;
        foreach (var name in names)
        {
            characters += name.Length;
        }

        return names.Length > MaxNames || characters > MaxCharacters ? Empty : new ReferencePath(names, 0);
    }

    /// <summary>Equal for equal paths.</summary>
    public string Key => Length == 0 ? "" : string.Join('\0', names, start, Length);

    public override string ToString() => string.Join('.', names, start, Length);
}
