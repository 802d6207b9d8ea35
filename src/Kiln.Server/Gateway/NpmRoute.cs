using System.Buffers;
using Kiln.Registry.Storage;

namespace Kiln.Server.Gateway;

internal enum NpmRouteKind
{
    Unknown,
    Root,
    Packument,
    Manifest,
    Tarball,
}

/// <summary>What an address below <c>/npm</c> means (registry.md §1.8, DESIGN §5).</summary>
/// <param name="Kind">What it names; <see cref="NpmRouteKind.Unknown"/> is answered with 404.</param>
/// <param name="Key">The object of the latest version's manifest or of a tarball.</param>
/// <param name="Name"><c>scope__package</c> of a packument, which is four objects.</param>
internal readonly record struct NpmRoute(NpmRouteKind Kind, ObjectKey Key = default, string Name = "")
{
    public const string Prefix = "/npm";

    private static readonly SearchValues<char> NameAlphabet = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <param name="path">The path as Kestrel decodes it: everything but <c>%2f</c>, which npm clients send inside a scoped name.</param>
    public static NpmRoute Parse(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return default;
        }

        var rest = path[Prefix.Length..];
        if (rest is "" or "/" or "/-/ping")
        {
            return new NpmRoute(NpmRouteKind.Root);
        }

        if (!rest.StartsWith("/@jsr", StringComparison.Ordinal))
        {
            return default;
        }

        rest = rest["/@jsr".Length..];
        if (rest.StartsWith("/", StringComparison.Ordinal))
        {
            rest = rest[1..];
        }
        else if (rest.StartsWith("%2f", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[3..];
        }
        else
        {
            return default;
        }

        var slash = rest.IndexOf('/');
        var name = slash < 0 ? rest : rest[..slash];
        if (name.ContainsAnyExcept(NameAlphabet) || !name.Contains("__", StringComparison.Ordinal))
        {
            return default;
        }

        return slash < 0 ? Packument(name) : rest[slash..] is "/latest" ? Latest(Packument(name)) : Tarball(name, rest[(slash + 1)..]);
    }

    /// <summary>One of the four forms of a packument. Made on demand: a request needs one of them, or two.</summary>
    public ObjectKey Packument(bool install, bool gzip) => ObjectKeys.PackumentForm(Name, install, gzip);

    /// <summary>No scope or package name holds an underscore, so the two come apart again (registry.md §5.4).</summary>
    private static NpmRoute Packument(ReadOnlySpan<char> name)
    {
        var border = name.IndexOf("__", StringComparison.Ordinal);
        return border == 0 || border + 2 == name.Length || name.Length > 100 ? default : new NpmRoute(NpmRouteKind.Packument, Name: name.ToString());
    }

    private static NpmRoute Latest(NpmRoute packument) =>
        packument.Kind == NpmRouteKind.Packument && ObjectKey.TryCreate(Bucket.Npm, $"@jsr/{packument.Name}{ObjectKeys.LatestSuffix}", out var key)
            ? new NpmRoute(NpmRouteKind.Manifest, key)
            : default;

    private static NpmRoute Tarball(ReadOnlySpan<char> name, ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("-/", StringComparison.Ordinal))
        {
            return default;
        }

        var file = rest[2..];
        return file.StartsWith(name, StringComparison.Ordinal)
            && file.Length > name.Length && file[name.Length] == '-'
            && file.EndsWith(".tgz", StringComparison.Ordinal)
            && !file.Contains('/')
            && ObjectKey.TryCreate(Bucket.Npm, $"@jsr/{name}/-/{file}", out var key)
                ? new NpmRoute(NpmRouteKind.Tarball, key)
                : default;
    }
}
