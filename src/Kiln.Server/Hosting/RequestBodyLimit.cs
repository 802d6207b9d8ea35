using Microsoft.AspNetCore.Http.Features;

namespace Kiln.Server.Hosting;

/// <summary>
/// Limits request bodies in place of Kestrel. Its own limit is made for defence: a body that exceeds it is left on the wire, the connection is closed over unread bytes, and
/// the reset that follows can overtake the answer, so that the client never learns why. Below <see cref="Transport"/> Kestrel reads and forgets what a handler left
/// unread, for at most five seconds; so the limit that handlers live under is kept here, and the transport's stands above all of them.
/// </summary>
internal sealed class RequestBodyLimit(RequestDelegate next)
{
    /// <summary>For every route that does not raise it.</summary>
    public const long Default = 1024 * 1024;

    /// <summary>Bytes beyond a route's limit that are still read, so that the answer arrives.</summary>
    private const long Courtesy = 32 * 1024 * 1024;

    public static long Transport(long largestRoute) => largestRoute + Courtesy;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return next(context);
        }

        var body = new BoundedRequestBody(context.Request.Body, context.Request.ContentLength, Default);
        context.Request.Body = body;
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(body);
        return next(context);
    }
}
