using System.Globalization;

namespace Kiln.Server.Web.Packages;

internal static class Sizes
{
    /// <summary>For people: <c>812 B</c>, <c>4.2 KB</c>, <c>1.3 MB</c>, in thousands.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };
}
