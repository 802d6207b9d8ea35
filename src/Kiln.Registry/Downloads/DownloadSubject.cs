using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Downloads;

/// <summary>What is counted: the version and the kind that the name of an object stands for.</summary>
public sealed record DownloadSubject(string Scope, string Package, string Version, DownloadKind Kind)
{
    private const string MetaSuffix = "_meta.json";
    private const string TarballSuffix = ".tgz";

    /// <summary>Null for every object whose downloads are not counted.</summary>
    public static DownloadSubject? Of(ObjectKey key) => key.Bucket switch
    {
        Bucket.Modules when key.Path.EndsWith(MetaSuffix, StringComparison.Ordinal) => Meta(key.Path),
        Bucket.Npm when key.Path.EndsWith(TarballSuffix, StringComparison.Ordinal) => Tarball(key.Path),
        _ => null,
    };

    /// <summary>Names that a registry may have; whether it has them is another question.</summary>
    public static DownloadSubject? Create(string? scope, string? package, string? version, DownloadKind kind) =>
        ScopeName.TryParse(scope, out _, out _) && PackageName.TryParse(package, out _, out _) && PackageVersion.TryParse(version, out _)
            ? new DownloadSubject(scope!, package!, version!, kind)
            : null;

    /// <summary><c>@scope/name/1.0.0_meta.json</c>.</summary>
    private static DownloadSubject? Meta(string path) => path.Split('/') is [['@', .. var scope], var package, var file]
        ? Create(scope, package, file[..^MetaSuffix.Length], DownloadKind.JsrMeta)
        : null;

    /// <summary><c>@jsr/scope__name/-/scope__name-1.0.0.tgz</c>.</summary>
    private static DownloadSubject? Tarball(string path)
    {
        if (path.Split('/') is not ["@jsr", var name, "-", var file] || name.IndexOf("__", StringComparison.Ordinal) is not (> 0 and var border) || !file.StartsWith(name + "-", StringComparison.Ordinal))
        {
            return null;
        }

        return Create(name[..border], name[(border + 2)..], file[(name.Length + 1)..^TarballSuffix.Length], DownloadKind.NpmTarball);
    }
}
