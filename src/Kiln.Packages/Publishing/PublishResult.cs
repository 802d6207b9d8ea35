using System.Diagnostics.CodeAnalysis;
using Kiln.Packages.Configuration;
using Kiln.Packages.Npm;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Publishing;

/// <summary>All that is stored of a version, or the first reason why it cannot be published.</summary>
public sealed class PublishResult
{
    private PublishResult(PublishArtifacts? artifacts, PublishError? error)
    {
        Artifacts = artifacts;
        Error = error;
    }

    public PublishArtifacts? Artifacts { get; }

    public PublishError? Error { get; }

    [MemberNotNullWhen(true, nameof(Artifacts))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    public static PublishResult Success(PublishArtifacts artifacts) => new(artifacts, null);

    public static PublishResult Failure(PublishError error) => new(null, error);
}

/// <summary>What a publish produces.</summary>
public sealed record PublishArtifacts
{
    /// <summary>The files of the tarball, exact bytes, in ordinal order of their paths.</summary>
    public required IReadOnlyList<PackageFile> Files { get; init; }

    /// <summary>The exact bytes of <c>&lt;version&gt;_meta.json</c>; lock files hash them.</summary>
    public required byte[] VersionMeta { get; init; }

    /// <summary>The gzip-compressed npm tarball.</summary>
    public required byte[] NpmTarball { get; init; }

    /// <summary>Of <see cref="NpmTarball"/>, lower-case hexadecimal.</summary>
    public required string NpmSha1 { get; init; }

    /// <summary>Of <see cref="NpmTarball"/>, base64 with padding.</summary>
    public required string NpmSha512 { get; init; }

    /// <summary>In the order of the configuration file.</summary>
    public required IReadOnlyList<PackageExport> Exports { get; init; }

    /// <summary>What the reachable modules import, each once, in the order of kind, name, constraint and path.</summary>
    public required IReadOnlyList<PackageRequirement> Dependencies { get; init; }

    /// <summary>What the npm package says about itself.</summary>
    public required NpmManifest NpmManifest { get; init; }

    /// <summary>What the public API's types lack.</summary>
    public required SlowTypes SlowTypes { get; init; }

    /// <summary>An SPDX expression.</summary>
    public required string License { get; init; }

    /// <summary>The file that introduces the package, or null.</summary>
    public required string? ReadmePath { get; init; }

    /// <summary>At least one dependency is an npm package.</summary>
    public required bool UsesNpm { get; init; }
}
