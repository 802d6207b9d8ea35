using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>How packages and their files are called on the npm side.</summary>
public static class NpmNames
{
    /// <summary>The name under which a requirement is installed: <c>@jsr/scope__name</c> or the npm name; null for a malformed <c>jsr:</c> name.</summary>
    public static string? PackageOf(PackageRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(requirement);
        return requirement.Kind == RequirementKind.Npm ? requirement.Name : requirement.Package?.NpmName;
    }

    /// <summary>
    /// The bare specifier that Node understands, without a version: <c>jsr:@s/n@1/sub</c> becomes <c>@jsr/s__n/sub</c> and
    /// <c>npm:/chalk@5</c> becomes <c>chalk</c>. Null when the text is no such specifier.
    /// </summary>
    public static string? BareSpecifier(string specifier) =>
        PackageRequirement.TryParse(specifier, out var requirement) && PackageOf(requirement) is { } name
            ? requirement.SubPath.Length == 0 ? name : name + "/" + requirement.SubPath
            : null;

    /// <summary>Where the tarball lies below the npm address: <c>@jsr/s__p/-/s__p-1.0.0.tgz</c>, npm's standard path (ADR 0008).</summary>
    public static string TarballPath(PackageReference package, PackageVersion version)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(version);
        return $"{package.NpmName}/-/{package.NpmBaseName}-{version.Value}.tgz";
    }
}
