using System.Security.Cryptography;
using Kiln.Packages;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>Makes a version's bytes and facts again. A build is a function of its input, so bytes with the recorded hash are the bytes that were lost.</summary>
public sealed class VersionRebuilder(IObjectStore store, BuildPackage build, RegistryOptions options)
{
    /// <summary>Those that a package is published by, in its root.</summary>
    internal static readonly string[] ConfigurationFiles = ["/jsr.json", "/jsr.jsonc", "/deno.json", "/deno.jsonc"];

    /// <summary>From the stored upload of a task. Null with a reason when it is gone, damaged, or no longer accepted.</summary>
    internal async Task<(PublishArtifacts? Artifacts, string Reason)> FromUploadAsync(TaskStore.Row? task, CancellationToken cancellation)
    {
        if (task is null)
        {
            return (null, "no publish is known that it came from");
        }

        if (await ReadAsync(ObjectKeys.Staged(task.Id.ToString("D")), cancellation) is not { } upload)
        {
            return (null, "the upload is not in the store");
        }

        if (Convert.ToHexStringLower(SHA256.HashData(upload)) != task.TarballSha256)
        {
            return (null, "the stored upload is damaged too");
        }

        return await BuildAsync(upload, task.Scope, task.Name, task.Version, task.ConfigFile, cancellation);
    }

    internal async Task<(PublishArtifacts? Artifacts, string Reason)> BuildAsync(
        byte[] upload, string scope, string name, string version, string configFile, CancellationToken cancellation)
    {
        var result = await build(new MemoryStream(upload, writable: false), PublishPipeline.RequestFor(scope, name, version, configFile, options), cancellation);
        return result.IsSuccess ? (result.Artifacts, "") : (null, $"building it again failed: {result.Error.Message}");
    }

    /// <summary>From the published files themselves, which are those of the upload.</summary>
    internal async Task<(PublishArtifacts? Artifacts, string Reason)> FromFilesAsync(
        string scope, string name, string version, IReadOnlyList<PackageFile> files, CancellationToken cancellation)
    {
        if (PublishTarball.Create(files, out var error) is not { } tarball)
        {
            return (null, error!.Message);
        }

        var reason = "no configuration file is among its files";
        foreach (var path in ConfigurationFiles.Where(p => files.Any(f => f.Path.Value == p)))
        {
            var (artifacts, problem) = await BuildAsync(tarball, scope, name, version, path, cancellation);
            if (artifacts is not null)
            {
                return (artifacts, "");
            }

            reason = problem;
        }

        return (null, reason);
    }

    private async Task<byte[]?> ReadAsync(ObjectKey key, CancellationToken cancellation)
    {
        await using var stored = await store.OpenAsync(key, cancellation);
        return stored is null ? null : await stored.ReadAllAsync(cancellation);
    }
}
