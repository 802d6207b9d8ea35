using System.Diagnostics.CodeAnalysis;
using Kiln.Analysis.Graph;
using Kiln.Packages.Names;

namespace Kiln.Packages.Versions;

/// <summary>Tells the module graph about names and versions, for one version of one package.</summary>
public sealed class GraphRequirements(PackageReference package, PackageVersion version) : IPackageRequirements
{
    public bool TryParse(string specifier, [NotNullWhen(true)] out PackageDependency? dependency, [NotNullWhen(false)] out string? reason)
    {
        dependency = null;
        if (!PackageRequirement.TryParse(specifier, out var requirement, out reason))
        {
            return false;
        }

        var kind = requirement.Kind == RequirementKind.Jsr ? PackageDependencyKind.Jsr : PackageDependencyKind.Npm;
        dependency = new PackageDependency(kind, requirement.Name, requirement.Constraint, requirement.SubPath);
        return true;
    }

    public bool IsScopedName(string name) => PackageReference.TryParse(name, out _);

    public bool IsSelf(PackageDependency dependency)
    {
        ArgumentNullException.ThrowIfNull(dependency);
        return dependency.Kind == PackageDependencyKind.Jsr
            && dependency.Name == package.ToString()
            && VersionRange.TryParseSpecifier(dependency.Constraint, out var range)
            && range.Satisfies(version);
    }
}
