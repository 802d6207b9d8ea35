using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Kiln.Packages.Names;

namespace Kiln.Packages.Versions;

public enum RequirementKind
{
    Jsr,
    Npm,
}

/// <summary>What a <c>jsr:</c> or <c>npm:</c> specifier asks for.</summary>
/// <param name="Name">As written: <c>@scope/name</c>, or an npm name. For <c>jsr:</c> it may be malformed; see <see cref="Package"/>.</param>
/// <param name="Constraint">The text after <c>@</c>, as written; <c>*</c> when there is none.</param>
/// <param name="SubPath">Without a leading slash; "" when there is none.</param>
/// <param name="Range">Null when the constraint is an npm tag.</param>
public sealed record PackageRequirement(RequirementKind Kind, string Name, string Constraint, string SubPath, VersionRange? Range)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*");

    /// <summary>The package of a <c>jsr:</c> requirement; null for npm and for a name that is not a well-formed <c>@scope/name</c>.</summary>
    public PackageReference? Package { get; } =
        Kind == RequirementKind.Jsr && PackageReference.TryParse(Name, out var package) ? package : null;

    /// <summary>No version was asked for, or <c>*</c> was.</summary>
    public bool HasConstraint => Constraint != "*";

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageRequirement? value) => TryParse(text, out value, out _);

    /// <summary>
    /// Reads <c>jsr:[/]@scope/name[@constraint][/sub/path]</c> and the same with <c>npm:</c>, where the constraint may also be a tag.
    /// On false <paramref name="reason"/> is a sentence for the user.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageRequirement? value, [NotNullWhen(false)] out string? reason)
    {
        value = null;
        if (text is null || Scheme(text) is not { } kind)
        {
            reason = "The specifier starts with neither 'jsr:' nor 'npm:'.";
            return false;
        }

        // An import map leaves a slash after the scheme.
        var rest = text.AsSpan(4);
        rest = rest.StartsWith("/") ? rest[1..] : rest;
        var nameEnd = rest.IndexOf('/');
        if (rest.StartsWith("@") && nameEnd >= 0)
        {
            var second = rest[(nameEnd + 1)..].IndexOf('/');
            nameEnd = second < 0 ? -1 : nameEnd + 1 + second;
        }

        var nameAndConstraint = nameEnd < 0 ? rest : rest[..nameEnd];
        var subPath = nameEnd < 0 ? "" : rest[(nameEnd + 1)..].ToString();
        subPath = subPath == "/" ? "" : subPath;
        var at = nameAndConstraint.LastIndexOf('@');
        var name = (at > 0 ? nameAndConstraint[..at] : nameAndConstraint).ToString();
        var constraint = at > 0 ? nameAndConstraint[(at + 1)..].ToString() : "*";

        VersionRange? range = null;
        reason = NameProblem(name) ?? ConstraintProblem(kind, constraint, out range) ?? SubPathProblem(text, name, constraint, subPath);
        if (reason is not null)
        {
            return false;
        }

        value = new PackageRequirement(kind, name, constraint, subPath, range);
        return true;
    }

    /// <exception cref="FormatException">The text is no such specifier.</exception>
    public static PackageRequirement Parse(string text) => TryParse(text, out var value, out var reason) ? value : throw new FormatException(reason);

    /// <summary>The specifier, in its shortest spelling.</summary>
    public override string ToString() =>
        (Kind == RequirementKind.Jsr ? "jsr:" : "npm:") + Name + (HasConstraint ? "@" + Constraint : "") + (SubPath.Length > 0 ? "/" + SubPath : "");

    private static RequirementKind? Scheme(string text) =>
        text.StartsWith("jsr:", StringComparison.Ordinal) ? RequirementKind.Jsr
        : text.StartsWith("npm:", StringComparison.Ordinal) ? RequirementKind.Npm
        : null;

    private static string? NameProblem(string name)
    {
        if (name.Length == 0)
        {
            return "The specifier names no package.";
        }

        // npm's longest name.
        if (name.Length > 214)
        {
            return "The package name is longer than 214 characters.";
        }

        if (name[0] != '@')
        {
            return IsNamePart(name) ? null : $"'{name}' is not a package name.";
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 1 && IsNamePart(name.AsSpan(1, slash - 1)) && IsNamePart(name.AsSpan(slash + 1))
            ? null
            : $"'{name}' is not a package name: a scoped one is written @scope/name.";
    }

    private static bool IsNamePart(ReadOnlySpan<char> part) => !part.IsEmpty && part is not "." and not ".." && !part.ContainsAnyExcept(NameCharacters);

    private static string? ConstraintProblem(RequirementKind kind, string constraint, out VersionRange? range)
    {
        if (VersionRange.TryParseSpecifier(constraint, out range))
        {
            return null;
        }

        if (constraint.Length == 0)
        {
            return "The version constraint is empty.";
        }

        var isTag = !constraint.AsSpan().ContainsAnyExcept(NameCharacters) && !char.IsAsciiDigit(constraint[0]) && constraint[0] != '~';
        if (kind == RequirementKind.Npm && isTag)
        {
            return null;
        }

        var hint = constraint.Length > 1 && constraint[0] == 'v' && char.IsAsciiDigit(constraint[1]) ? $" Remove the 'v': '{constraint[1..]}'."
            : isTag ? " Tags are not supported here; write a version."
            : "";
        return $"'{constraint}' is not a version constraint.{hint}";
    }

    private static string? SubPathProblem(string text, string name, string constraint, string subPath)
    {
        var at = subPath.LastIndexOf('@');
        if (at < 0)
        {
            return null;
        }

        return constraint == "*"
            ? $"The specifier '{text}' has its version after the path. Write '{text[..4]}{name}{subPath[at..]}/{subPath[..at]}'."
            : $"The path of the specifier '{text}' must not hold '@'.";
    }
}
