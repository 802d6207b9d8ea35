using System.Buffers;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Npm;

/// <summary>One version as the packument needs it.</summary>
/// <param name="Sha1">Of the tarball, hexadecimal; written in lower case, because some tools compare it with its case.</param>
/// <param name="Sha512">Of the tarball, base64 with padding.</param>
/// <param name="Manifest">What its <c>package.json</c> says.</param>
public sealed record PackumentVersion(
    PackageVersion Version,
    bool IsYanked,
    DateTimeOffset CreatedAt,
    string Sha1,
    string Sha512,
    NpmManifest Manifest);

/// <summary>A package as the packument needs it.</summary>
/// <param name="Description">"" when there is none; then versions speak for themselves.</param>
/// <param name="Repository">Null when none is linked; then versions speak for themselves.</param>
/// <param name="Versions">All versions, in any order; yanked ones are left out of the document.</param>
public sealed record PackumentPackage(
    PackageReference Name,
    string Description,
    LinkedRepository? Repository,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<PackumentVersion> Versions);

/// <summary>
/// npm's document about a package, <c>GET {npm}@jsr/scope__name</c> (registry.md §1.8), and its short form for installs. Equal facts give equal
/// bytes.
/// </summary>
public static class Packument
{
    /// <summary>The media type of the short form.</summary>
    public const string AbbreviatedMediaType = "application/vnd.npm.install-v1+json";

    /// <param name="npmUrl">The npm address with a trailing slash; tarball addresses start with it.</param>
    public static byte[] Write(PackumentPackage package, string npmUrl) => Write(package, npmUrl, abbreviated: false);

    /// <summary>Only what an install reads: no description, repository and times of the versions.</summary>
    /// <param name="npmUrl">The npm address with a trailing slash; tarball addresses start with it.</param>
    public static byte[] WriteAbbreviated(PackumentPackage package, string npmUrl) => Write(package, npmUrl, abbreviated: true);

    /// <summary>What the packument says about its <c>latest</c> version, as a document of its own; null when no version is listed.</summary>
    /// <param name="npmUrl">The npm address with a trailing slash; tarball addresses start with it.</param>
    public static byte[]? WriteLatest(PackumentPackage package, string npmUrl)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(npmUrl);
        var listed = ListedNewestFirst(package);
        if (FindLatest(listed) is not { } latest)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            WriteManifest(json, package, listed.First(v => v.Version.Equals(latest)), npmUrl, abbreviated: false);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static List<PackumentVersion> ListedNewestFirst(PackumentPackage package)
    {
        var listed = package.Versions.Where(v => !v.IsYanked).ToList();
        listed.Sort((a, b) => VersionOrder.NewestFirst(a.Version, b.Version));
        return listed;
    }

    /// <summary>A pre-release only where nothing else exists: npm needs a <c>latest</c>. The reference lets a newer pre-release win [bug].</summary>
    private static PackageVersion? FindLatest(List<PackumentVersion> listed) => PackageMeta.FindLatest(listed.Select(v => v.Version)) ?? listed.FirstOrDefault()?.Version;

    private static byte[] Write(PackumentPackage package, string npmUrl, bool abbreviated)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(npmUrl);
        var listed = ListedNewestFirst(package);
        var latest = FindLatest(listed);

        var buffer = new ArrayBufferWriter<byte>(512 + (listed.Count * 512));
        using (var json = new Utf8JsonWriter(buffer, JsonText.Compact))
        {
            json.WriteStartObject();
            json.WriteString("name", package.Name.NpmName);
            if (abbreviated)
            {
                json.WriteString("modified", JsonText.Timestamp(package.UpdatedAt));
            }
            else
            {
                WriteDescription(json, package, listed.Find(v => v.Version.Equals(latest))?.Manifest);
            }

            json.WriteStartObject("dist-tags");
            if (latest is not null)
            {
                json.WriteString("latest", latest.Value);
            }

            json.WriteEndObject();
            json.WriteStartObject("versions");
            foreach (var version in listed)
            {
                json.WritePropertyName(version.Version.Value);
                WriteManifest(json, package, version, npmUrl, abbreviated);
            }

            json.WriteEndObject();
            if (!abbreviated)
            {
                WriteTimes(json, package, listed);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What the registry's page says comes first: it can be corrected after a publish.</summary>
    private static void WriteDescription(Utf8JsonWriter json, PackumentPackage package, NpmManifest? manifest)
    {
        json.WriteString("description", package.Description.Length > 0 ? package.Description : manifest?.Description ?? "");
        NpmManifest.WriteRepository(
            json,
            package.Repository is { } repository
                ? new NpmRepository("git", $"git+https://github.com/{repository.Owner}/{repository.Name}.git", null)
                : manifest?.Repository);
    }

    private static void WriteManifest(Utf8JsonWriter json, PackumentPackage package, PackumentVersion version, string npmUrl, bool abbreviated)
    {
        json.WriteStartObject();
        json.WriteString("name", package.Name.NpmName);
        json.WriteString("version", version.Version.Value);
        if (!abbreviated)
        {
            WriteDescription(json, package, version.Manifest);
            (version.Manifest with { Description = null, Repository = null }).WriteAbout(json);
        }

        json.WriteStartObject("dist");
        json.WriteString("tarball", npmUrl + NpmNames.TarballPath(package.Name, version.Version));
        json.WriteString("shasum", version.Sha1.ToLowerInvariant());
        json.WriteString("integrity", "sha512-" + version.Sha512);
        json.WriteEndObject();
        version.Manifest.WriteInstall(json);
        json.WriteEndObject();
    }

    private static void WriteTimes(Utf8JsonWriter json, PackumentPackage package, List<PackumentVersion> listed)
    {
        json.WriteStartObject("time");
        json.WriteString("created", JsonText.Timestamp(package.CreatedAt));
        json.WriteString("modified", JsonText.Timestamp(package.UpdatedAt));
        foreach (var version in listed)
        {
            json.WriteString(version.Version.Value, JsonText.Timestamp(version.CreatedAt));
        }

        json.WriteEndObject();
    }
}
