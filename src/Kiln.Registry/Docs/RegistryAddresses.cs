using System.Collections.Frozen;
using Kiln.Analysis.Docs.Model;
using Kiln.Documentation.Pages;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Registry.Docs;

/// <summary>
/// Where the pages of a version find each other, its files and other packages. Pages of the version start with <see cref="DocAddresses.Base"/>; its files always name the version,
/// because their lines belong to it.
/// </summary>
public sealed class RegistryAddresses : DocAddresses
{
    private const string Scheme = "file://";

    private readonly string files;
    private readonly FrozenSet<string> paths;
    private readonly FrozenSet<string> folders;

    /// <param name="paths">Of all files of the version, absolute in the package.</param>
    public RegistryAddresses(string scope, string package, string version, IEnumerable<string> paths)
    {
        files = $"/@{scope}/{package}/{version}";
        this.paths = paths.ToFrozenSet(StringComparer.Ordinal);
        folders = this.paths.SelectMany(FoldersOf).ToFrozenSet(StringComparer.Ordinal);
    }

    public override string Page(DocPageKey from, DocPageKey to) => Base + DocPaths.Of(to);

    public override string? Source(DocPageKey from, DocLocation location) =>
        location.FileName.StartsWith(Scheme, StringComparison.Ordinal) && paths.Contains(location.FileName[Scheme.Length..])
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{files}{Encode(location.FileName[Scheme.Length..])}#L{location.Line + 1}")
            : null;

    /// <summary>Only what the version has: a link to anything else would be dead.</summary>
    public override string? File(DocPageKey from, string path, bool isImage)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (paths.Contains(path))
        {
            return files + Encode(path);
        }

        var folder = path.TrimEnd('/');
        return isImage ? null : folder.Length == 0 ? files : folders.Contains(folder) ? files + Encode(folder) : null;
    }

    public override string? External(string specifier, string? exportedName)
    {
        ArgumentNullException.ThrowIfNull(specifier);
        if (specifier.StartsWith("node:", StringComparison.Ordinal))
        {
            var module = specifier["node:".Length..];
            return module.Length is > 0 and < 100 && module.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '/')
                ? $"https://nodejs.org/api/{module.Split('/')[0]}.html"
                : null;
        }

        if (!PackageRequirement.TryParse(specifier, out var requirement, out _))
        {
            return null;
        }

        if (requirement.Kind == RequirementKind.Npm)
        {
            return requirement.Name.Split('/').All(s => s.Length > 0) ? "https://www.npmjs.com/package/" + string.Join('/', requirement.Name.Split('/').Select(EncodeName)) : null;
        }

        if (!PackageReference.TryParse(requirement.Name, out var package))
        {
            return null;
        }

        var entry = requirement.SubPath.Trim('/');
        var version = PackageVersion.TryParse(requirement.Constraint, out _, out _) ? "@" + requirement.Constraint : "";
        return $"/{package}{version}" + DocPaths.Of(
            exportedName is null ? entry.Length == 0 ? new DocPageKey(DocPageKind.Overview) : new DocPageKey(DocPageKind.Entry, entry) : new DocPageKey(DocPageKind.Symbol, entry, exportedName));
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A scope keeps its at sign.</summary>
    private static string EncodeName(string segment) => Uri.EscapeDataString(segment).Replace("%40", "@", StringComparison.Ordinal);
}
