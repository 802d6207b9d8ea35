using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Names;

/// <summary>The name of a scope: 2 to 20 of <c>a-z 0-9 -</c>; it may start with a digit. Written <c>@scope</c> in specifiers.</summary>
public sealed record ScopeName
{
    public const int MaxLength = 20;

    private ScopeName(string value) => Value = value;

    /// <summary>The bare name, without `@`.</summary>
    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ScopeName? value) => TryParse(text, out value, out _);

    /// <summary>Reads a name; on false <paramref name="reason"/> is a sentence for the user.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ScopeName? value, [NotNullWhen(false)] out string? reason)
    {
        reason = HyphenatedName.Problem(text, "scope name", MaxLength);
        value = reason is null ? new ScopeName(text!) : null;
        return value is not null;
    }

    /// <summary>The same without the shortest length, which is a rule about new names: specifiers and configuration files may hold a shorter one.</summary>
    internal static bool TryParseWritten(string? text, [NotNullWhen(true)] out ScopeName? value, [NotNullWhen(false)] out string? reason)
    {
        reason = HyphenatedName.Problem(text, "scope name", MaxLength, minLength: 1);
        value = reason is null ? new ScopeName(text!) : null;
        return value is not null;
    }

    /// <exception cref="FormatException">The text is no such name.</exception>
    public static ScopeName Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    public override string ToString() => Value;
}
