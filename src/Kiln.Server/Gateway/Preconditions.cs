using Microsoft.Net.Http.Headers;

namespace Kiln.Server.Gateway;

/// <summary>Conditional requests (RFC 9110 §13.2.2 for GET and HEAD): <c>If-None-Match</c> decides alone when it is there.</summary>
internal static class Preconditions
{
    /// <summary>True when the client's copy is still good: answer 304.</summary>
    public static bool NotModified(IHeaderDictionary headers, string etag, DateTimeOffset lastModified)
    {
        var ifNoneMatch = headers.IfNoneMatch;
        if (ifNoneMatch.Count > 0)
        {
            foreach (var value in ifNoneMatch)
            {
                if (value is not null && Matches(value, etag))
                {
                    return true;
                }
            }

            return false;
        }

        return headers.IfModifiedSince is [{ } date]
            && HeaderUtilities.TryParseDate(date, out var since)
            && lastModified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds(); // the header has no fractions
    }

    private static bool Matches(ReadOnlySpan<char> list, ReadOnlySpan<char> etag)
    {
        foreach (var range in list.Split(','))
        {
            // Weak comparison: proxies that compress mark our tags as weak.
            var tag = list[range].Trim();
            if (tag is "*" || tag.SequenceEqual(etag) || (tag.StartsWith("W/", StringComparison.Ordinal) && tag[2..].SequenceEqual(etag)))
            {
                return true;
            }
        }

        return false;
    }
}
