using System.Text.Json;
using Kiln.Packages;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Checks that every <c>jsr:</c> dependency can be resolved here (registry.md §5.6): as a client will do it, the highest matching version that is not yanked, and
/// a yanked one only when there is nothing else. (The reference looks at the lowest match, which no client picks.)
/// </summary>
public sealed class DependencyResolver(Database database)
{
    /// <summary>The first dependency that leads nowhere, or null.</summary>
    public Task<PublishError?> FindProblemAsync(IEnumerable<PackageRequirement> requirements, CancellationToken cancellation)
    {
        var local = requirements.Where(r => r.Kind == RequirementKind.Jsr).ToList();
        return local.Count == 0 ? Task.FromResult<PublishError?>(null) : database.ReadAsync(session => FindProblemAsync(session, local), cancellation);
    }

    private static async Task<PublishError?> FindProblemAsync(Session session, List<PackageRequirement> requirements)
    {
        foreach (var requirement in requirements)
        {
            if (requirement.Package is not { } package || requirement.Range is not { } range)
            {
                return Unresolvable(requirement, "it names no package and version range");
            }

            var versions = await VersionStore.ListAllAsync(session, package.Scope.Value, package.Package.Value);
            if (versions.Count == 0)
            {
                return Unresolvable(requirement, "this registry has no version of that package. Publish the dependency first");
            }

            var match = versions.OrderBy(v => v.IsYanked).FirstOrDefault(v => range.Satisfies(PackageVersion.Parse(v.Version)));
            if (match is null)
            {
                return Unresolvable(requirement, $"no version matches. The newest is {versions[0].Version}");
            }

            var export = requirement.SubPath.Length == 0 ? "." : "./" + requirement.SubPath;
            using var exports = JsonDocument.Parse(match.Exports);
            if (!exports.RootElement.TryGetProperty(export, out _))
            {
                var offered = string.Join(", ", exports.RootElement.EnumerateObject().Select(e => $"'{e.Name}'"));
                return new PublishError(
                    PublishErrorCodes.InvalidJsrDependencySubPath,
                    $"The dependency '{requirement}' cannot be imported: {package}@{match.Version} has no export '{export}'. It has {offered}.");
            }
        }

        return null;
    }

    private static PublishError Unresolvable(PackageRequirement requirement, string why) =>
        new(PublishErrorCodes.UnresolvableJsrDependency, $"The dependency '{requirement}' cannot be resolved: {why}.");
}
