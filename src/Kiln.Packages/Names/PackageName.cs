using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Names;

/// <summary>The name of a package within its scope: 2 to 58 of <c>a-z 0-9 -</c>.</summary>
public sealed record PackageName
{
    public const int MaxLength = 58;

    private PackageName(string value) => Value = value;

    /// <summary>The bare name, without `@`.</summary>
    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageName? value) => TryParse(text, out value, out _);

    /// <summary>Reads a name; on false <paramref name="reason"/> is a sentence for the user.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageName? value, [NotNullWhen(false)] out string? reason)
    {
        reason = HyphenatedName.Problem(text, "package name", MaxLength);
        value = reason is null ? new PackageName(text!) : null;
        return value is not null;
    }

    /// <summary>The same without the shortest length, which is a rule about new names: specifiers and configuration files may hold a shorter one.</summary>
    internal static bool TryParseWritten(string? text, [NotNullWhen(true)] out PackageName? value, [NotNullWhen(false)] out string? reason)
    {
        reason = HyphenatedName.Problem(text, "package name", MaxLength, minLength: 1);
        value = reason is null ? new PackageName(text!) : null;
        return value is not null;
    }

    /// <exception cref="FormatException">The text is no such name.</exception>
    public static PackageName Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    public override string ToString() => Value;
}
