using Microsoft.Extensions.Primitives;

namespace Kiln.Server.Gateway;

internal static class AcceptedEncoding
{
    /// <summary>Whether <c>Accept-Encoding</c> allows gzip: named or by <c>*</c>, and not with weight zero.</summary>
    public static bool Gzip(StringValues header)
    {
        foreach (var value in header)
        {
            var list = value.AsSpan();
            foreach (var range in list.Split(','))
            {
                var item = list[range];
                var semicolon = item.IndexOf(';');
                var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
                if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name is "*")
                {
                    return semicolon < 0 || !IsZero(item[(semicolon + 1)..].Trim());
                }
            }
        }

        return false;
    }

    private static bool IsZero(ReadOnlySpan<char> weight) =>
        weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase) && !weight[2..].ContainsAnyExcept('0', '.');
}
