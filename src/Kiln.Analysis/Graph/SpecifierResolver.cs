using System.Text;

namespace Kiln.Analysis.Graph;

/// <summary>Gives specifiers their meaning inside one package, as URLs with the package's root as <c>file:///</c> (publishing.md §3.5).</summary>
/// <remarks>Written by hand because System.Uri folds and escapes differently from the URL standard that the run times follow.</remarks>
internal sealed class SpecifierResolver(IPackageRequirements requirements, IReadOnlyDictionary<string, string> exports, Func<string, string, SpecifierUse, MappedSpecifier>? map = null)
{
    /// <param name="referrer">Absolute path of the module that names it.</param>
    /// <param name="specifier">As written.</param>
    /// <param name="use">Who asks; matters to a map only.</param>
    public ResolvedTarget Resolve(string referrer, string specifier, SpecifierUse use)
    {
        if (map?.Invoke(referrer, specifier, use) is { } mapped)
        {
            if (mapped.Problem is { } problem)
            {
                return ResolvedTarget.Unresolved(problem);
            }

            specifier = mapped.Text ?? specifier;
        }

        var text = Clean(specifier);
        var scheme = GetScheme(text);
        if (scheme is null)
        {
            return IsRelative(text) ? ResolvePath(referrer, text) : ResolvedTarget.Unresolved(ExplainBare(specifier));
        }

        switch (scheme)
        {
            case "file":
                return ResolveFile(text["file:".Length..]);
            case "jsr":
            case "npm":
                return ResolvePackage(specifier, text);
            case "node":
            case "bun":
            case "virtual":
            case "cloudflare":
            case "data":
                return ResolvedTarget.External(specifier);
            default:
                return ResolvedTarget.Forbidden(specifier);
        }
    }

    private ResolvedTarget ResolvePackage(string specifier, string text)
    {
        if (!requirements.TryParse(text, out var dependency, out var reason))
        {
            return ResolvedTarget.UnreadablePackage(specifier, reason);
        }

        if (dependency.Kind != PackageDependencyKind.Jsr || !requirements.IsSelf(dependency))
        {
            return ResolvedTarget.Package(specifier, dependency);
        }

        var key = dependency.SubPath.Length == 0 ? "." : "./" + dependency.SubPath;
        return exports.TryGetValue(key, out var path)
            ? ResolvedTarget.File(path)
            : ResolvedTarget.Unresolved($"This package has no export \"{key}\", which \"{specifier}\" asks for. Its exports are {string.Join(", ", exports.Keys.Take(20).Select(k => $"\"{k}\""))}.");
    }

    /// <summary>A bare name cannot be resolved after publishing: there is no import map and no package.json.</summary>
    private static string ExplainBare(string specifier)
    {
        var problem = $"The specifier \"{specifier}\" is neither relative (it does not start with \"./\", \"../\" or \"/\") nor has a scheme. A published module must say where it comes from";
        if (specifier.Length == 0)
        {
            return problem + ".";
        }

        if (NodeBuiltIns.Contains(specifier) || NodeBuiltIns.Contains(specifier.Split('/')[0]))
        {
            return $"{problem}: \"node:{specifier}\".";
        }

        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        if (specifier[0] == '@' && slash > 0)
        {
            slash = specifier.IndexOf('/', slash + 1);
        }

        var name = slash < 0 ? specifier : specifier[..slash];
        var subPath = slash < 0 ? "" : specifier[slash..];
        var jsr = name[0] == '@' ? name : "@scope/" + name;
        return $"{problem}: \"npm:{name}@<version>{subPath}\", \"jsr:{jsr}@<version>{subPath}\", or for a file of this package \"./{specifier}\".";
    }

    private static bool IsRelative(string text) => text.StartsWith('/') || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal);

    private static ResolvedTarget ResolveFile(string rest)
    {
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            var slash = rest.IndexOf('/', 2);
            var host = slash < 0 ? rest[2..] : rest[2..slash];
            if (host.Length > 0 && host != "localhost")
            {
                return ResolvedTarget.Unresolved($"\"file:{rest}\" names another machine.");
            }

            rest = slash < 0 ? "/" : rest[slash..];
        }

        return ResolvePath("/", rest);
    }

    private static ResolvedTarget ResolvePath(string referrer, string text)
    {
        var end = text.AsSpan().IndexOfAny('?', '#');
        var suffix = end < 0 ? "" : text[end..];
        var path = end < 0 ? text : text[..end];

        // An authority: "//host/x" leaves the package.
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            return ResolvedTarget.Unresolved($"\"{text}\" names another machine.");
        }

        var segments = new List<string>();
        if (!path.StartsWith('/'))
        {
            segments.AddRange(referrer.Split('/')[1..^1]);
        }

        // File URLs treat a backslash as a slash.
        var parts = path.Replace('\\', '/').Split('/');
        for (var i = path.StartsWith('/') ? 1 : 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            var part = parts[i].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (part == "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (part != ".")
            {
                segments.Add(Decode(parts[i]));
                continue;
            }

            if (isLast)
            {
                segments.Add("");
            }
        }

        return ResolvedTarget.File("/" + string.Join('/', segments), suffix);
    }

    /// <summary>Files lie under their names, not under the escapes of them. An escaped slash names no file.</summary>
    private static string Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
        {
            return segment;
        }

        var decoded = Uri.UnescapeDataString(segment);
        return decoded.AsSpan().IndexOfAny('/', '\\', '\0') >= 0 ? segment : decoded;
    }

    /// <summary>As every URL parser does first: cuts blanks and control characters at both ends, tabs and line breaks anywhere.</summary>
    private static string Clean(string specifier)
    {
        var trimmed = specifier.AsSpan().Trim("\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f ");
        if (trimmed.IndexOfAny('\t', '\n', '\r') < 0)
        {
            return trimmed.Length == specifier.Length ? specifier : trimmed.ToString();
        }

        var builder = new StringBuilder(trimmed.Length);
        foreach (var c in trimmed)
        {
            if (c is not ('\t' or '\n' or '\r'))
            {
                builder.Append(c);
            }
        }

        return builder.ToString();
    }

    /// <summary>In lower case; null without one.</summary>
    private static string? GetScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !char.IsAsciiLetter(text[0]))
        {
            return null;
        }

        foreach (var c in text.AsSpan(0, colon))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return null;
            }
        }

        return text[..colon].ToLowerInvariant();
    }
}
