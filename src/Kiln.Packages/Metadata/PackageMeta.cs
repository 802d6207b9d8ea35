using System.Buffers;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Metadata;

/// <summary>One version in a package's metadata.</summary>
public readonly record struct PackageMetaVersion(PackageVersion Version, bool IsYanked, DateTimeOffset CreatedAt);

/// <summary>A repository on GitHub that the package is linked to.</summary>
public sealed record LinkedRepository(string Owner, string Name);

/// <summary><c>@scope/name/meta.json</c> (registry.md §1.5): which versions exist. Replaced at every publish and yank.</summary>
public static class PackageMeta
{
    /// <summary>The document's bytes: compact JSON, versions newest first, so that equal facts give equal bytes.</summary>
    public static byte[] Write(PackageReference package, IEnumerable<PackageMetaVersion> versions, LinkedRepository? repository = null)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(versions);
        var sorted = versions.ToList();
        sorted.Sort((a, b) => VersionOrder.NewestFirst(a.Version, b.Version));

        var buffer = new ArrayBufferWriter<byte>(128 + (sorted.Count * 64));
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteString("scope", package.Scope.Value);
            json.WriteString("name", package.Package.Value);
            json.WriteString("latest", FindLatest(sorted.Where(v => !v.IsYanked).Select(v => v.Version))?.Value);
            if (repository is not null)
            {
                json.WriteStartObject("githubRepository");
                json.WriteString("owner", repository.Owner);
                json.WriteString("name", repository.Name);
                json.WriteEndObject();
            }

            json.WriteStartObject("versions");
            foreach (var version in sorted)
            {
                json.WriteStartObject(version.Version.Value);
                if (version.IsYanked)
                {
                    json.WriteBoolean("yanked", true);
                }

                json.WriteString("createdAt", JsonText.Timestamp(version.CreatedAt));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The highest version that is no pre-release, or null. Pass only versions that are not yanked.</summary>
    public static PackageVersion? FindLatest(IEnumerable<PackageVersion> unyanked)
    {
        ArgumentNullException.ThrowIfNull(unyanked);
        return unyanked.Where(v => !v.IsPrerelease).Order(Comparer<PackageVersion>.Create(VersionOrder.NewestFirst)).FirstOrDefault();
    }
}
