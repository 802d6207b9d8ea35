using System.Buffers;

namespace Kiln.Server.Gateway;

/// <summary>
/// Refuses request targets that a proxy and this server could read differently (security.md H2). Kestrel collapses dot segments and decodes the path
/// before anything else sees it, so the check is on the bytes that were sent.
/// </summary>
internal static class RawTarget
{
    private static readonly SearchValues<string> Anywhere = SearchValues.Create(["//", "\\", "%5c", "%2e", "%00"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The path part of a request target as it was sent: no query, no scheme and host of the absolute form.</summary>
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var query = target.IndexOfAny('?', '#');
        if (query >= 0)
        {
            target = target[..query];
        }

        if (target.Length > 0 && target[0] != '/')
        {
            var scheme = target.IndexOf("://", StringComparison.Ordinal);
            if (scheme > 0)
            {
                var rest = target[(scheme + 3)..];
                var slash = rest.IndexOf('/');
                return slash < 0 ? "/" : rest[slash..];
            }
        }

        return target;
    }

    /// <summary>False when the target must be answered with 400 whatever it names.</summary>
    public static bool IsAcceptable(ReadOnlySpan<char> target)
    {
        var path = PathOf(target);
        if (path.ContainsAny(Anywhere) || HasDotSegment(path))
        {
            return false;
        }

        // An encoded percent sign on a file address would be decoded twice by somebody.
        return !IsFileAddress(path) || path.IndexOf("%25", StringComparison.Ordinal) < 0;
    }

    private static bool IsFileAddress(ReadOnlySpan<char> path) =>
        path.StartsWith("/@", StringComparison.Ordinal)
        || path.StartsWith("/%40", StringComparison.Ordinal)
        || path.StartsWith("/npm", StringComparison.OrdinalIgnoreCase);

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        foreach (var range in path.Split('/'))
        {
            if (path[range] is "." or "..")
            {
                return true;
            }
        }

        return false;
    }
}
