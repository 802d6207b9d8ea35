namespace Kiln.Registry.Storage;

/// <summary>
/// The layout of the store (DESIGN §5). Arguments are names that have been validated (scope without <c>@</c>); the result is checked once more.
/// In the npm bucket a packument has four forms: full and abbreviated ("install"), each also compressed; beside them lies the latest version's manifest.
/// </summary>
public static class ObjectKeys
{
    internal const string GzipSuffix = ".json.gz";
    private const string UploadSuffix = ".tar.gz";
    public const string InstallSuffix = ".install";
    public const string LatestSuffix = ".latest";

    public static ObjectKey PackageMeta(string scope, string package) => ObjectKey.Create(Bucket.Modules, $"@{scope}/{package}/meta.json");

    public static ObjectKey VersionMeta(string scope, string package, string version) => ObjectKey.Create(Bucket.Modules, $"@{scope}/{package}/{version}_meta.json");

    /// <param name="path">Absolute package path: starts with a slash.</param>
    public static ObjectKey Module(string scope, string package, string version, string path) => ObjectKey.Create(Bucket.Modules, $"@{scope}/{package}/{version}{path}");

    public static ObjectKey Packument(string scope, string package) => ObjectKey.Create(Bucket.Npm, $"@jsr/{scope}__{package}");

    public static ObjectKey InstallPackument(string scope, string package) => ObjectKey.Create(Bucket.Npm, $"@jsr/{scope}__{package}{InstallSuffix}");

    /// <summary>The manifest of the latest version alone: pnpm 12 asks for <c>/@jsr/scope__package/latest</c> when it adds a package.</summary>
    public static ObjectKey LatestManifest(string scope, string package) => ObjectKey.Create(Bucket.Npm, $"@jsr/{scope}__{package}{LatestSuffix}");

    /// <summary>The compressed twin of a packument; it holds the same document.</summary>
    public static ObjectKey Gzip(ObjectKey packument) => ObjectKey.Create(packument.Bucket, packument.Path + GzipSuffix);

    /// <summary>Everything that is written anew when the package changes.</summary>
    public static IReadOnlyList<ObjectKey> PackageDocuments(string scope, string package) =>
    [
        PackageMeta(scope, package), Packument(scope, package), Gzip(Packument(scope, package)), InstallPackument(scope, package), Gzip(InstallPackument(scope, package)),
        LatestManifest(scope, package),
    ];

    /// <summary>One of a packument's forms by its npm name <c>scope__package</c>, without making the others.</summary>
    public static ObjectKey PackumentForm(string npmName, bool install, bool gzip) =>
        ObjectKey.Create(Bucket.Npm, string.Concat("@jsr/", npmName, install ? InstallSuffix : "", gzip ? GzipSuffix : ""));

    /// <summary>npm's standard path: proxies and lockfiles rely on it.</summary>
    public static ObjectKey NpmTarball(string scope, string package, string version) =>
        ObjectKey.Create(Bucket.Npm, $"@jsr/{scope}__{package}/-/{scope}__{package}-{version}.tgz");

    /// <summary>The documentation of a version as JSON, compressed. <paramref name="name"/> says what is in it: the same bytes have the same name.</summary>
    public static ObjectKey DocNodes(string scope, string package, string version, string name) => ObjectKey.Create(Bucket.Docs, $"@{scope}/{package}/{version}/{name}.json.gz");

    /// <summary>All rendered pages of a version in one object.</summary>
    public static ObjectKey DocPages(string scope, string package, string version, string name) => ObjectKey.Create(Bucket.Docs, $"@{scope}/{package}/{version}/{name}.pages");

    /// <summary>Says what a backup holds; written last, so a backup without it is an interrupted one.</summary>
    public static ObjectKey BackupManifest(string backup) => ObjectKey.Create(Bucket.Backups, $"{backup}.json");

    /// <summary>A piece of a table's rows.</summary>
    public static ObjectKey BackupTable(string backup, string table, int part) => ObjectKey.Create(Bucket.Backups, $"{backup}/database/{table}.{part}.jsonl.gz");

    /// <summary>A piece of the list of all objects that belong to a backup.</summary>
    public static ObjectKey BackupList(string backup, int part) => ObjectKey.Create(Bucket.Backups, $"{backup}/objects.{part}.jsonl.gz");

    /// <summary>Counted downloads on their way from a process that has no database to one that has.</summary>
    public static ObjectKey DownloadBatch(string batch) => ObjectKey.Create(Bucket.Staging, $"{DownloadBatches}{batch}.json");

    internal const string DownloadBatches = "downloads/";

    public static ObjectKey Staged(string task) => ObjectKey.Create(Bucket.Staging, $"{task}{UploadSuffix}");

    /// <summary>The task whose upload this is; null for a name that no upload has.</summary>
    internal static Guid? TaskOf(ObjectKey staged) =>
        staged.Path.EndsWith(UploadSuffix, StringComparison.Ordinal) && Guid.TryParseExact(staged.Path[..^UploadSuffix.Length], "D", out var id) ? id : null;
}
