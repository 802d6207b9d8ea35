using System.Diagnostics.CodeAnalysis;

namespace Kiln.Packages.Names;

/// <summary>A package's full name, <c>@scope/name</c>, and its name on the npm side, <c>@jsr/scope__name</c>.</summary>
public sealed record PackageReference(ScopeName Scope, PackageName Package)
{
    public const string NpmScope = "@jsr/";

    /// <summary>
    /// <c>@jsr/scope__name</c>. Neither part can hold an underscore, so the mapping is one to one.
    /// </summary>
    public string NpmName => $"{NpmScope}{NpmBaseName}";

    /// <summary><c>scope__name</c>: the npm name without its scope.</summary>
    public string NpmBaseName => $"{Scope.Value}__{Package.Value}";

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageReference? value) => TryParse(text, out value, out _);

    /// <summary>Reads <c>@scope/name</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageReference? value, [NotNullWhen(false)] out string? reason)
    {
        value = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 1 || text![0] != '@')
        {
            reason = "A package name is written @scope/name.";
            return false;
        }

        return TryCreate(text[1..slash], text[(slash + 1)..], out value, out reason);
    }

    public static bool TryParseNpm([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageReference? value) => TryParseNpm(text, out value, out _);

    /// <summary>Reads <c>@jsr/scope__name</c>.</summary>
    public static bool TryParseNpm([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageReference? value, [NotNullWhen(false)] out string? reason)
    {
        value = null;
        var separator = text?.IndexOf("__", StringComparison.Ordinal) ?? -1;
        if (separator < 0 || !text!.StartsWith(NpmScope, StringComparison.Ordinal) || separator < NpmScope.Length)
        {
            reason = $"The npm name of a package is written {NpmScope}scope__name.";
            return false;
        }

        return TryCreate(text[NpmScope.Length..separator], text[(separator + 2)..], out value, out reason);
    }

    /// <exception cref="FormatException">The text is not <c>@scope/name</c>.</exception>
    public static PackageReference Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    /// <summary><c>@scope/name</c></summary>
    public override string ToString() => $"@{Scope.Value}/{Package.Value}";

    private static bool TryCreate(string scope, string package, [NotNullWhen(true)] out PackageReference? value, [NotNullWhen(false)] out string? reason)
    {
        value = ScopeName.TryParseWritten(scope, out var s, out reason) && PackageName.TryParseWritten(package, out var p, out reason)
            ? new PackageReference(s, p)
            : null;
        return value is not null;
    }
}
