using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Names;

/// <summary>
/// The absolute path of a file in a package, <c>/dir/mod.ts</c>: safe as an object key, in a URL, in a ustar header and on every file
/// system. ASCII only, so ASCII case folding is all the folding there is.
/// </summary>
public sealed record PackagePath : IComparable<PackagePath>
{
    /// <summary>Of the whole path with its leading slash. Leaves room for <c>package</c> and <c>.d.ts</c> in a ustar header.</summary>
    public const int MaxLength = 155;

    public const int MaxFileNameLength = 95;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$()+-.@[]_{}~/");

    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "con", "prn", "aux", "nul",
        "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

    private PackagePath(string value) => Value = value;

    /// <summary>With the leading slash.</summary>
    public string Value { get; }

    /// <summary>The last component.</summary>
    public string FileName => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Equal for two paths that a case-insensitive file system cannot keep apart.</summary>
    public string CaseFoldedKey => Value.ToLowerInvariant();

    /// <summary>Whether the file lies in a <c>.git</c> folder at the top of the package.</summary>
    public bool IsGitInternal => Value.StartsWith("/.git/", StringComparison.OrdinalIgnoreCase);

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackagePath? value) => TryParse(text, out value, out _);

    /// <summary>Reads an absolute path; on false <paramref name="reason"/> is a sentence for the user.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackagePath? value, [NotNullWhen(false)] out string? reason)
    {
        reason = Problem(text);
        value = reason is null ? new PackagePath(text!) : null;
        return value is not null;
    }

    /// <exception cref="FormatException">The text is no package path.</exception>
    public static PackagePath Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    /// <summary>Byte order, as in a sorted archive.</summary>
    public int CompareTo(PackagePath? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    public static bool operator <(PackagePath left, PackagePath right) => left.CompareTo(right) < 0;

    public static bool operator <=(PackagePath left, PackagePath right) => left.CompareTo(right) <= 0;

    public static bool operator >(PackagePath left, PackagePath right) => left.CompareTo(right) > 0;

    public static bool operator >=(PackagePath left, PackagePath right) => left.CompareTo(right) >= 0;

    private static string? Problem(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "The path is empty.";
        }

        if (text[0] != '/')
        {
            return "The path must start with '/'.";
        }

        // Before the length, so that a length in characters is a length in bytes.
        var bad = text.AsSpan().IndexOfAnyExcept(Allowed);
        if (bad >= 0)
        {
            return CharacterProblem(text, bad);
        }

        if (text.Length > MaxLength)
        {
            return $"The path is longer than {MaxLength} bytes.";
        }

        var rest = text.AsSpan(1);
        var first = true;
        while (true)
        {
            var slash = rest.IndexOf('/');
            var component = slash < 0 ? rest : rest[..slash];
            if (ComponentProblem(component, first, last: slash < 0) is { } problem)
            {
                return problem;
            }

            if (slash < 0)
            {
                return null;
            }

            rest = rest[(slash + 1)..];
            first = false;
        }
    }

    private static string? ComponentProblem(ReadOnlySpan<char> component, bool first, bool last)
    {
        if (component.IsEmpty)
        {
            return last ? "The path must not end with '/'." : "The path must not hold an empty component ('//').";
        }

        if (component is "." or "..")
        {
            return $"The path must not hold a '{component}' component.";
        }

        if (component[^1] == '.')
        {
            return $"The path component '{component}' must not end with a dot.";
        }

        if (last && component.Length > MaxFileNameLength)
        {
            return $"The last component of the path is longer than {MaxFileNameLength} bytes.";
        }

        // Windows looks at what stands before the first dot; the reference system looks before the last one. Neither may be a device.
        var reserved = Reserved.GetAlternateLookup<ReadOnlySpan<char>>();
        var firstDot = component.IndexOf('.');
        var lastDot = component.LastIndexOf('.');
        if (reserved.Contains(firstDot < 0 ? component : component[..firstDot]) || reserved.Contains(lastDot < 0 ? component : component[..lastDot]))
        {
            return $"The path component '{component}' is a reserved name on Windows.";
        }

        return first && component.Equals("_dist", StringComparison.OrdinalIgnoreCase)
            ? "The folder '/_dist' is reserved for compiled files."
            : null;
    }

    private static string CharacterProblem(string text, int index) => text[index] switch
    {
        '\\' or ':' => $"The path holds the character '{text[index]}', which separates folders or drives on Windows.",
        '<' or '>' or '"' or '|' or '?' or '*' => $"The path holds the character '{text[index]}', which Windows does not allow.",
        '%' or '#' => $"The path holds the character '{text[index]}', which has a meaning of its own in URLs.",
        var c when char.IsWhiteSpace(c) => "The path holds whitespace.",
        var c when c is > ' ' and < '\u007f' => $"The path holds the character '{c}', which is not allowed.",
        var c => $"The path holds the character U+{(int)c:X4}, which is not allowed.",
    };
}
