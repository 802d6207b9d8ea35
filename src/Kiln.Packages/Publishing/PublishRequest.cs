using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Publishing;

/// <summary>What a tarball is to be published as. Equal requests with equal tarballs give equal bytes.</summary>
/// <param name="ConfigPath">The configuration file in the tarball, as the client named it.</param>
/// <param name="RegistryUrl">The registry's root with a trailing slash; stands in <c>package.json</c>.</param>
/// <param name="Timestamp">Time of the files in the npm tarball: fixed with the task, so that a repeated step gives the same bytes.</param>
public sealed record PublishRequest(
    ScopeName Scope,
    PackageName Package,
    PackageVersion Version,
    PackagePath ConfigPath,
    string RegistryUrl,
    DateTimeOffset Timestamp)
{
    public PackageReference Name => new(Scope, Package);
}
