using Kiln.Packages.Versions;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>What the store has of one package, by version.</summary>
internal sealed class StoredVersions
{
    private readonly Dictionary<string, StoredVersion> versions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, StoredVersion> Versions => versions;

    /// <summary>Objects of the modules and npm buckets that are neither of a version nor a document of the package.</summary>
    public List<ObjectKey> Strange { get; } = [];

    public static async Task<StoredVersions> ListAsync(IObjectStore store, string scope, string name, CancellationToken cancellation)
    {
        var stored = new StoredVersions();
        var folder = $"@{scope}/{name}/";
        await foreach (var key in store.ListAsync(Bucket.Modules, folder, cancellation))
        {
            var rest = key.Path[folder.Length..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0 && PackageVersion.TryParse(rest[..slash], out var version))
            {
                stored.Of(version.Value).Files.Add(rest[slash..]);
            }
            else if (slash < 0 && rest.EndsWith(MetaSuffix, StringComparison.Ordinal) && PackageVersion.TryParse(rest[..^MetaSuffix.Length], out version))
            {
                stored.Of(version.Value).HasMeta = true;
            }
            else if (rest != "meta.json")
            {
                stored.Strange.Add(key);
            }
        }

        var (tarballs, start) = ($"@jsr/{scope}__{name}/-/", $"{scope}__{name}-");
        await foreach (var key in store.ListAsync(Bucket.Npm, tarballs, cancellation))
        {
            var file = key.Path[tarballs.Length..];
            if (file.StartsWith(start, StringComparison.Ordinal) && file.EndsWith(".tgz", StringComparison.Ordinal) && PackageVersion.TryParse(file[start.Length..^4], out var version))
            {
                stored.Of(version.Value).HasTarball = true;
            }
            else
            {
                stored.Strange.Add(key);
            }
        }

        await foreach (var key in store.ListAsync(Bucket.Docs, folder, cancellation))
        {
            var rest = key.Path[folder.Length..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash > 0)
            {
                stored.Of(rest[..slash]).Docs.Add(key);
            }
        }

        return stored;
    }

    internal const string MetaSuffix = "_meta.json";

    private StoredVersion Of(string version) => versions.TryGetValue(version, out var known) ? known : versions[version] = new StoredVersion();
}
