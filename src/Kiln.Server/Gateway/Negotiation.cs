using Microsoft.Extensions.Primitives;

namespace Kiln.Server.Gateway;

/// <summary>
/// Raw bytes or a page? The same address is a file for tools and a page for browsers (registry.md §1.2). The rules are a security border: files are written
/// by strangers and share the origin of the site, so no navigation, frame, script or style request may ever receive one.
/// </summary>
internal static class Negotiation
{
    internal const string BotSender = "googlebot(at)googlebot.com";

    internal static readonly string[] BotAgents = ["Slack", "Iframely", "Twitter", "WhatsApp", "Mozilla/5.0 (compatible; Discordbot"];

    /// <summary>May this request receive raw bytes?</summary>
    public static bool WantsFile(HttpRequest request)
    {
        var headers = request.Headers;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            && !IsBot(headers)
            && !StartsWith(headers.Accept, "text/html")
            && IsHarmlessDestination(headers["Sec-Fetch-Dest"], headers["Sec-Fetch-Site"]);
    }

    /// <summary>
    /// <c>/@scope/package/</c> followed by <c>meta.json</c>, <c>1…_meta.json</c> or <c>1…/anything</c>. On the decoded path: names are not checked here, a name that
    /// cannot exist has no object.
    /// </summary>
    public static bool IsModuleFile(ReadOnlySpan<char> path)
    {
        if (!path.StartsWith("/@", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path[2..];
        if (!SkipSegment(ref rest) || !SkipSegment(ref rest))
        {
            return false;
        }

        if (rest is "meta.json")
        {
            return true;
        }

        if (rest.IsEmpty || !char.IsAsciiDigit(rest[0]))
        {
            return false;
        }

        return rest.Contains('/') || rest.EndsWith("_meta.json", StringComparison.Ordinal);
    }

    private static bool SkipSegment(ref ReadOnlySpan<char> path)
    {
        var slash = path.IndexOf('/');
        if (slash <= 0)
        {
            return false;
        }

        path = path[(slash + 1)..];
        return true;
    }

    private static bool IsHarmlessDestination(StringValues destination, StringValues site) => destination.Count switch
    {
        0 => true,
        1 => destination[0] switch
        {
            null or "" or "empty" => true,
            "image" or "video" => site is ["same-origin"],
            _ => false,
        },
        _ => false, // a browser sends one
    };

    private static bool IsBot(IHeaderDictionary headers)
    {
        if (StartsWith(headers.From, BotSender))
        {
            return true;
        }

        foreach (var agent in BotAgents)
        {
            if (StartsWith(headers.UserAgent, agent))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWith(StringValues values, string prefix) =>
        values.Count > 0 && values[0] is { } first && first.AsSpan().TrimStart().StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
