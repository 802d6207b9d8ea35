using System.Text;

namespace Kiln.Documentation.Links;

/// <summary>Where modules outside the package are documented (docs.md §10.6).</summary>
public static class ExternalAddresses
{
    /// <param name="specifier"><c>node:</c>, <c>npm:</c> or <c>jsr:</c>.</param>
    /// <param name="exportedName">Dotted; null for the module.</param>
    /// <param name="registry">In front of <c>/@scope/name</c>; null where packages of a registry have no pages.</param>
    /// <returns>Null where there is nothing to link to.</returns>
    public static string? Of(string specifier, string? exportedName, string? registry)
    {
        ArgumentNullException.ThrowIfNull(specifier);
        if (specifier.Length > 300 || specifier.AsSpan().ContainsAnyInRange('\0', ' '))
        {
            return null;
        }

        var colon = specifier.IndexOf(':', StringComparison.Ordinal);
        var rest = colon < 0 ? "" : specifier[(colon + 1)..].TrimStart('/');
        return (colon < 0 ? "" : specifier[..colon]) switch
        {
            "node" => Node(rest),
            "npm" => Npm(rest),
            "jsr" when registry is not null => Jsr(rest, exportedName, registry),
            _ => null,
        };
    }

    /// <summary><c>node:fs/promises</c> is a part of the page about <c>fs</c>.</summary>
    private static string? Node(string name)
    {
        var first = name.Split('/')[0];
        return first.Length > 0 && first.All(c => char.IsAsciiLetterLower(c) || c is '_' || char.IsAsciiDigit(c)) ? $"https://nodejs.org/api/{first}.html" : null;
    }

    private static string? Npm(string specifier)
    {
        var (name, version, _) = Split(specifier);
        if (name is null)
        {
            return null;
        }

        // A range has no page; a version and a tag have.
        var isOne = version.Length > 0 && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') && (!char.IsAsciiDigit(version[0]) || version.Count(c => c == '.') >= 2);
        return $"https://www.npmjs.com/package/{Escape(name)}" + (isOne ? $"/v/{Uri.EscapeDataString(version)}" : "");
    }

    private static string? Jsr(string specifier, string? exportedName, string registry)
    {
        var (name, version, path) = Split(specifier);
        if (name is null || name[0] != '@')
        {
            return null;
        }

        var address = new StringBuilder(registry).Append('/').Append(Escape(name));
        if (version.Length > 0 && char.IsAsciiDigit(version[0]) && version.Count(c => c == '.') >= 2 && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+'))
        {
            address.Append('@').Append(Uri.EscapeDataString(version));
        }

        if (path.Length == 0 && exportedName is null)
        {
            return address.ToString();
        }

        address.Append("/doc");
        if (path.Length > 0)
        {
            address.Append('/').Append(Escape(path));
        }

        return exportedName is null or "default" ? address.ToString() : address.Append("/~/").Append(Uri.EscapeDataString(exportedName)).ToString();
    }

    /// <summary><c>@scope/name@version/path</c>.</summary>
    private static (string? Name, string Version, string Path) Split(string specifier)
    {
        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        if (specifier.StartsWith('@'))
        {
            if (slash < 2 || slash + 1 == specifier.Length)
            {
                return (null, "", "");
            }

            slash = specifier.IndexOf('/', slash + 1);
        }

        var package = slash < 0 ? specifier : specifier[..slash];
        var path = slash < 0 ? "" : specifier[(slash + 1)..];
        var at = package.LastIndexOf('@');
        var (name, version) = at > 0 ? (package[..at], package[(at + 1)..]) : (package, "");
        return name.Length == 0 ? (null, "", "") : (name, version, path);
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(p => p.StartsWith('@') ? "@" + Uri.EscapeDataString(p[1..]) : Uri.EscapeDataString(p)));
}
