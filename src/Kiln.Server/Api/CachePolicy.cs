using System.Globalization;

namespace Kiln.Server.Api;

/// <summary>
/// The cache wrappers of registry.md §2.1. The reference lets shared caches keep a reply for up to 30 days because it purges them; we have nothing to purge with,
/// so no shared or private lifetime exceeds <see cref="Longest"/>.
/// </summary>
/// <param name="Seconds">Lifetime in the table of routes; 0 for <c>no-store</c>; null for no header at all.</param>
internal readonly record struct CachePolicy(int? Seconds)
{
    public static readonly CachePolicy None = new(null);
    public static readonly CachePolicy NoStore = new(0);
    public static readonly CachePolicy Minute = new(60);
    public static readonly CachePolicy FiveMinutes = new(300);
    public static readonly CachePolicy Hour = new(3600);
    public static readonly CachePolicy Day = new(86_400);
    public static readonly CachePolicy Month = new(2_592_000);

    private const int Longest = 60;

    /// <summary>The value of <c>Cache-Control</c>, or null for none.</summary>
    public string? HeaderFor(int status, bool authenticated)
    {
        switch (Seconds)
        {
            case null:
                return null;
            case 0:
                return "no-store";
            default:
                break;
        }

        var shared = Math.Min(Seconds.Value, Longest);
        return (status, authenticated) switch
        {
            (404, true) => "private, no-store",
            (404, false) => "public, max-age=30, s-maxage=60, stale-while-revalidate=60",
            ( >= 400, _) => null,
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"private, max-age={shared}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"public, max-age=30, s-maxage={shared}, stale-while-revalidate={Math.Min(3 * shared, 86_400)}"),
        };
    }
}
