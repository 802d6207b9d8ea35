using System.Collections.Frozen;

namespace Kiln.Registry.Storage;

/// <param name="ContentType">The stored media type; sent with <c>nosniff</c>.</param>
/// <param name="CacheControl">The header's value.</param>
/// <param name="ContentEncoding"><c>gzip</c> for the precompressed twin of an object, else null.</param>
/// <param name="IsPublic">False: the gateway must not serve it.</param>
public sealed record ObjectPolicy(string ContentType, string CacheControl, string? ContentEncoding, bool IsPublic);

/// <summary>
/// The one table that maps a key to content type and cache policy (registry.md §1.4, §1.7; security.md B2). Types depend on the name alone: no sniffing,
/// and nothing that a browser would run as a page: HTML, XML and PDF are plain text. SVG keeps its type because every module response is sandboxed.
/// </summary>
public static class ObjectPolicies
{
    /// <summary>Deliberately without stale-while-revalidate: Deno caches by max-age, and a publish must be visible within a minute.</summary>
    public const string Manifest = "public, max-age=60, s-maxage=60";
    public const string Immutable = "public, max-age=31536000, immutable";
    public const string Private = "private, no-store";

    private const string PlainText = "text/plain; charset=utf-8";
    private const string Unknown = "application/octet-stream";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["js"] = "text/javascript", ["mjs"] = "text/javascript", ["cjs"] = "text/javascript",
        ["jsx"] = "text/jsx", ["tsx"] = "text/tsx",
        ["ts"] = "text/typescript", ["mts"] = "text/typescript", ["cts"] = "text/typescript",
        ["css"] = "text/css",
        ["json"] = "application/json", ["map"] = "application/json", ["jsonc"] = "application/jsonc", ["json5"] = "application/json5",
        ["wasm"] = "application/wasm",
        ["md"] = PlainText, ["markdown"] = PlainText, ["txt"] = PlainText, ["csv"] = PlainText,
        ["yaml"] = PlainText, ["yml"] = PlainText, ["toml"] = PlainText,
        ["html"] = PlainText, ["htm"] = PlainText, ["xhtml"] = PlainText, ["xht"] = PlainText, ["shtml"] = PlainText, ["xml"] = PlainText,
        ["xsl"] = PlainText, ["xslt"] = PlainText, ["rdf"] = PlainText, ["mht"] = PlainText, ["mhtml"] = PlainText, ["swf"] = PlainText, ["pdf"] = PlainText,
        ["svg"] = "image/svg+xml",
        ["png"] = "image/png", ["jpg"] = "image/jpeg", ["jpeg"] = "image/jpeg", ["gif"] = "image/gif", ["webp"] = "image/webp", ["avif"] = "image/avif",
        ["ico"] = "image/x-icon",
        ["woff"] = "font/woff", ["woff2"] = "font/woff2", ["ttf"] = "font/ttf", ["otf"] = "font/otf",
        ["mp3"] = "audio/mpeg", ["ogg"] = "audio/ogg", ["wav"] = "audio/wav", ["mp4"] = "video/mp4", ["webm"] = "video/webm",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ObjectPolicy> ImmutableByType =
        Types.Values.Append(Unknown).Distinct(StringComparer.Ordinal).ToFrozenDictionary(t => t, t => new ObjectPolicy(t, Immutable, null, true), StringComparer.Ordinal);

    private static readonly ObjectPolicy PackageMeta = new("application/json", Manifest, null, true);
    private static readonly ObjectPolicy PackageMetaGzip = new("application/json", Manifest, "gzip", true);
    private static readonly ObjectPolicy InstallDocument = new(AbbreviatedPackument, Manifest, null, true);
    private static readonly ObjectPolicy InstallDocumentGzip = new(AbbreviatedPackument, Manifest, "gzip", true);
    private static readonly ObjectPolicy Upload = new("application/gzip", Private, null, false);
    private static readonly ObjectPolicy Documentation = new(Unknown, Private, null, false); // and backups

    /// <summary>The media type by which npm, pnpm, yarn and bun ask for the short packument.</summary>
    public const string AbbreviatedPackument = "application/vnd.npm.install-v1+json";

    /// <summary>Extensions in lower case and their types; what is not here is <see cref="DefaultType"/>. For servers that hand out files themselves.</summary>
    public static IReadOnlyDictionary<string, string> ContentTypes => Types;

    public static string DefaultType => Unknown;

    public static ObjectPolicy For(ObjectKey key) => key.Bucket switch
    {
        Bucket.Modules => Module(key.Path),
        Bucket.Npm => Npm(key.Path),
        Bucket.Docs => Documentation,
        Bucket.Staging => Upload,
        Bucket.Backups => Documentation,
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>The type of a file inside a package, by its last extension (case-insensitive).</summary>
    public static string ContentTypeOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');
        if (dot < 0 || name.Length - dot - 1 is 0 or > 8)
        {
            return Unknown;
        }

        Span<char> lower = stackalloc char[8];
        var length = name[(dot + 1)..].ToLowerInvariant(lower);
        return Types.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower[..length], out var type) ? type : Unknown;
    }

    // "@s/p/meta.json" has three segments; "@s/p/<v>/meta.json" is a file of a package and immutable.
    private static ObjectPolicy Module(string path) =>
        path.EndsWith("/meta.json", StringComparison.Ordinal) && path.AsSpan().Count('/') == 2 ? PackageMeta : ImmutableByType[ContentTypeOf(path)];

    private static ObjectPolicy Npm(string path)
    {
        if (path.EndsWith(".tgz", StringComparison.Ordinal))
        {
            return ImmutableByType[Unknown];
        }

        if (path.EndsWith(ObjectKeys.InstallSuffix, StringComparison.Ordinal))
        {
            return InstallDocument;
        }

        if (path.EndsWith(ObjectKeys.InstallSuffix + ObjectKeys.GzipSuffix, StringComparison.Ordinal))
        {
            return InstallDocumentGzip;
        }

        return path.EndsWith(ObjectKeys.GzipSuffix, StringComparison.Ordinal) ? PackageMetaGzip : PackageMeta;
    }
}
