using System.Globalization;
using Kiln.TypeScript.Tree;

namespace Kiln.TypeScript;

/// <summary>
/// The names of the members of one class, type or object literal. Reused from list to list: short lists, which nearly all are, cost no allocation.
/// </summary>
internal sealed class MemberNames(SourceFile file)
{
    /// <summary>Longer lists are looked up by hash, so that time stays linear.</summary>
    private const int MaxLinear = 16;

    private readonly List<Entry> entries = [];
    private Dictionary<string, int>? instances;
    private Dictionary<string, int>? statics;

    [Flags]
    public enum Meaning : byte
    {
        None = 0,
        Getter = 1,
        Setter = 2,
        Accessor = Getter | Setter,
        Property = 4,
        Method = 8,
    }

    /// <param name="Decoded">The name where it is not a slice of the text.</param>
    private record struct Entry(Node Name, string? Decoded, bool IsStatic, Meaning Meaning, int Index);

    /// <summary>Forgets the names of the last list.</summary>
    /// <param name="count">How many the next list has at most.</param>
    public void Start(int count)
    {
        entries.Clear();
        instances = count > MaxLinear ? new Dictionary<string, int>(count, StringComparer.Ordinal) : null;
        statics = null;
    }

    /// <summary>What the name meant before, <see cref="Meaning.None"/> for a new one or one that is not known before the program runs.</summary>
    /// <param name="first">The first member of this name.</param>
    public Meaning Add(Node name, bool isStatic, Meaning meaning, out Node first) => Add(name, isStatic, meaning, 0, out first, out _);

    /// <param name="index">Kept for the first member of a name.</param>
    /// <param name="firstIndex">The index that came with the first member.</param>
    public Meaning Add(Node name, bool isStatic, Meaning meaning, int index, out Node first, out int firstIndex)
    {
        first = name;
        firstIndex = index;
        var at = FindOrAdd(name, isStatic, meaning, index);
        if (at < 0)
        {
            return Meaning.None;
        }

        var entry = entries[at];
        first = entry.Name;
        firstIndex = entry.Index;
        if ((entry.Meaning & meaning) == 0 && ((entry.Meaning | meaning) & ~Meaning.Accessor) == 0)
        {
            // A getter and a setter make one member; whatever else meets is an error, and the first stays.
            entries[at] = entry with { Meaning = entry.Meaning | meaning };
        }

        return entry.Meaning;
    }

    /// <summary>The index that came with the first member of this name; negative for a new one or one that is not known.</summary>
    public int FindFirst(Node name, bool isStatic, int index)
    {
        var at = FindOrAdd(name, isStatic, Meaning.None, index);
        return at < 0 ? -1 : entries[at].Index;
    }

    /// <summary>The name was added before.</summary>
    public bool Knows(Node name, bool isStatic)
    {
        var key = KeyOf(name, out _, out _);
        if (instances is not null)
        {
            return (isStatic ? statics : instances) is { } table && table.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(key);
        }

        foreach (var entry in entries)
        {
            if (entry.IsStatic == isStatic && key.SequenceEqual(entry.Decoded ?? KeyOf(entry.Name, out _, out _)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The two names are known and the same.</summary>
    public bool AreSame(Node first, Node second)
    {
        var left = KeyOf(first, out _, out var isKnown);
        var right = KeyOf(second, out _, out var isAlsoKnown);
        return isKnown && isAlsoKnown && left.SequenceEqual(right);
    }

    /// <summary>The name as a property has it: escapes decoded, numbers in one form.</summary>
    /// <param name="decoded">The same, where it is not a slice of the text.</param>
    /// <param name="isKnown">False for a computed name that is no literal.</param>
    public ReadOnlySpan<char> KeyOf(Node name, out string? decoded, out bool isKnown)
    {
        decoded = null;
        isKnown = true;
        switch (name)
        {
            case Identifier identifier when !identifier.Has(NodeFlags.HasEscape):
            case PrivateIdentifier:
                return file.GetSlice(name);
            case Identifier identifier:
                return decoded = file.GetName(identifier);
            case StringLiteral literal when !literal.Has(NodeFlags.HasEscape) && literal.Length >= 2:
                return file.GetSlice(name)[1..^1];
            case StringLiteral literal:
                return decoded = file.GetStringValue(literal);
            case Literal { Kind: SyntaxKind.NoSubstitutionTemplateLiteral } literal when !literal.Has(NodeFlags.HasEscape) && literal.Length >= 2:
                return file.GetSlice(name)[1..^1];
            case Literal { Kind: SyntaxKind.NumericLiteral }:
                return NumberKey(file.GetSlice(name), out decoded);
            case Literal { Kind: SyntaxKind.BigIntLiteral }:
                return file.GetSlice(name)[..^1];
            case JsxNamespacedName:
                return file.GetSlice(name);
            case ComputedPropertyName { Expression: StringLiteral or Literal { Kind: SyntaxKind.NumericLiteral or SyntaxKind.NoSubstitutionTemplateLiteral } } computed:
                return KeyOf(computed.Expression, out decoded, out isKnown);
            default:
                isKnown = false;
                return default;
        }
    }

    /// <returns>Where the name was found; negative when it was added or is not known.</returns>
    private int FindOrAdd(Node name, bool isStatic, Meaning meaning, int index)
    {
        var key = KeyOf(name, out var decoded, out var isKnown);
        if (!isKnown)
        {
            return -1;
        }

        if (instances is not null)
        {
            var table = isStatic ? statics ??= new Dictionary<string, int>(StringComparer.Ordinal) : instances;
            var lookup = table.GetAlternateLookup<ReadOnlySpan<char>>();
            if (lookup.TryGetValue(key, out var known))
            {
                return known;
            }

            lookup[key] = entries.Count;
        }
        else
        {
            for (var i = 0; i < entries.Count; i++)
            {
                var entry = entries[i];
                if (entry.IsStatic == isStatic && key.SequenceEqual(entry.Decoded ?? KeyOf(entry.Name, out _, out _)))
                {
                    return i;
                }
            }
        }

        entries.Add(new Entry(name, decoded, isStatic, meaning, index));
        return -1;
    }

    private static ReadOnlySpan<char> NumberKey(ReadOnlySpan<char> slice, out string? decoded)
    {
        decoded = null;
        if (slice.Length <= 15 && !slice.ContainsAnyExceptInRange('0', '9') && (slice.Length == 1 || slice[0] != '0'))
        {
            return slice;
        }

        var digits = slice.ToString().Replace("_", "", StringComparison.Ordinal);
        var radix = digits.Length > 2 && digits[0] == '0' ? (digits[1] | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        var value = 0.0;
        if (radix != 10)
        {
            foreach (var c in digits.AsSpan(2))
            {
                value = (value * radix) + Lexing.CharacterFacts.HexValue(c);
            }
        }
        else if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return slice;
        }

        return decoded = value.ToString("R", CultureInfo.InvariantCulture);
    }
}
