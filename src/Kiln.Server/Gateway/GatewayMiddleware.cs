using System.Text;
using Kiln.Registry.Downloads;
using Kiln.Registry.Storage;
using Kiln.Registry.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Kiln.Server.Gateway;

/// <summary>
/// "Reads are files" (DESIGN §1): maps an address to an object and the object to a response. It knows the object store and the policy table, nothing else;
/// no database stands between a client and its bytes. Requests that are not for files go on to the API and the site.
/// </summary>
internal sealed class GatewayMiddleware(RequestDelegate next, IObjectStore store, DownloadCounter downloads, ILogger<GatewayMiddleware> log)
{
    internal const string ModuleMethods = "HEAD, GET";
    internal const string ModuleHeaders = "Authorization, X-Cloud-Trace-Context";
    internal const string NpmHeaders = "Authorization, X-Cloud-Trace-Context, npm-command, npm-scope, npm-session, user-agent";

    private static readonly byte[] BadRequestText = Encoding.UTF8.GetBytes(GatewayTexts.BadRequestBody);
    private static readonly byte[] NotFoundText = Encoding.UTF8.GetBytes(GatewayTexts.NotFoundBody);
    private static readonly byte[] NpmNotFound = Encoding.UTF8.GetBytes(GatewayTexts.NpmNotFoundBody);
    private static readonly byte[] UnavailableText = Encoding.UTF8.GetBytes(GatewayTexts.UnavailableBody);
    private static readonly byte[] NpmUnavailable = Encoding.UTF8.GetBytes(GatewayTexts.NpmUnavailableBody);
    private static readonly byte[] NpmNotAllowed = Encoding.UTF8.GetBytes(GatewayTexts.NpmNotAllowedBody);
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly ObjectCache cache = new(store, log: log);

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        if (!RawTarget.IsAcceptable(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget))
        {
            GatewayHeaders.Apply(context.Response.Headers, GatewayHeaders.Modules);
            return AnswerAsync(context, StatusCodes.Status400BadRequest, GatewayTexts.PlainText, BadRequestText);
        }

        if (path.StartsWith("/@", StringComparison.Ordinal) && Negotiation.IsModuleFile(path))
        {
            if (HttpMethods.IsOptions(request.Method))
            {
                GatewayHeaders.Preflight(context.Response, ModuleMethods, ModuleHeaders);
                return Task.CompletedTask;
            }

            return Negotiation.WantsFile(request) ? ServeModuleAsync(context, path) : next(context);
        }

        return path == NpmRoute.Prefix || path.StartsWith(NpmRoute.Prefix + "/", StringComparison.Ordinal) ? ServeNpmAsync(context, path) : next(context);
    }

    private async Task ServeModuleAsync(HttpContext context, string path)
    {
        GatewayHeaders.Apply(context.Response.Headers, GatewayHeaders.Modules);
        try
        {
            if (!ObjectKey.TryCreate(Bucket.Modules, path[1..], out var key) || !await TryServeAsync(context, key))
            {
                await AnswerAsync(context, StatusCodes.Status404NotFound, GatewayTexts.PlainText, NotFoundText);
            }
        }
        catch (StoreUnavailableException e) when (!context.Response.HasStarted)
        {
            RegistryMetrics.CountFailure(e);
            await AnswerUnavailableAsync(context, GatewayTexts.PlainText, UnavailableText);
        }
    }

    private async Task ServeNpmAsync(HttpContext context, string path)
    {
        try
        {
            await AnswerNpmAsync(context, path);
        }
        catch (StoreUnavailableException e) when (!context.Response.HasStarted)
        {
            RegistryMetrics.CountFailure(e);
            await AnswerUnavailableAsync(context, "application/json", NpmUnavailable);
        }
    }

    private async Task AnswerNpmAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (HttpMethods.IsOptions(request.Method))
        {
            GatewayHeaders.Preflight(context.Response, ModuleMethods, NpmHeaders);
            return;
        }

        GatewayHeaders.Apply(context.Response.Headers, GatewayHeaders.Npm);
        var route = NpmRoute.Parse(path);
        if (route.Kind != NpmRouteKind.Unknown && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.Headers.Allow = ModuleMethods;
            await AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, "application/json", NpmNotAllowed);
            return;
        }

        var served = false;
        switch (route.Kind)
        {
            case NpmRouteKind.Root:
                await AnswerAsync(context, StatusCodes.Status200OK, "application/json", EmptyObject, GatewayTexts.RootCache);
                return;
            case NpmRouteKind.Manifest:
            case NpmRouteKind.Tarball:
                served = await TryServeAsync(context, route.Key);
                break;
            case NpmRouteKind.Packument:
                served = await ServePackumentAsync(context, route);
                break;
            case NpmRouteKind.Unknown:
                break;
        }

        if (!served)
        {
            await AnswerAsync(context, StatusCodes.Status404NotFound, "application/json", NpmNotFound);
        }
    }

    /// <summary>Full or abbreviated by <c>Accept</c>, compressed or not by <c>Accept-Encoding</c>; all four are objects of the store.</summary>
    private async ValueTask<bool> ServePackumentAsync(HttpContext context, NpmRoute route)
    {
        var headers = context.Request.Headers;
        var gzip = AcceptedEncoding.Gzip(headers.AcceptEncoding);
        return (WantsInstallForm(headers.Accept) && await TryServeAsync(context, route, install: true, gzip)) || await TryServeAsync(context, route, install: false, gzip);
    }

    private async ValueTask<bool> TryServeAsync(HttpContext context, NpmRoute route, bool install, bool gzip) =>
        (gzip && await TryServeAsync(context, route.Packument(install, gzip: true))) || await TryServeAsync(context, route.Packument(install, gzip: false));

    private static bool WantsInstallForm(StringValues accept)
    {
        foreach (var value in accept)
        {
            if (value?.Contains(ObjectPolicies.AbbreviatedPackument, StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<bool> TryServeAsync(HttpContext context, ObjectKey key)
    {
        var policy = ObjectPolicies.For(key);
        if (!policy.IsPublic)
        {
            return false;
        }

        var found = await cache.GetAsync(key, policy.CacheControl == ObjectPolicies.Immutable, context.RequestAborted);
        if (found is not { } cached)
        {
            RegistryMetrics.CountGateway(KindOf(key, policy), "missing", 0);
            return false;
        }

        await using var stored = cached.Stored;
        var entry = cached.Entry;
        Count(context.Request.Method, key, entry);
        var response = context.Response;
        response.Headers.ETag = entry.ETag;
        response.Headers.CacheControl = policy.CacheControl;
        response.Headers.LastModified = entry.LastModifiedText;
        if (Preconditions.NotModified(context.Request.Headers, entry.ETag, entry.LastModified))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            RegistryMetrics.CountGateway(KindOf(key, policy), "unmodified", 0);
            return true;
        }

        response.ContentType = policy.ContentType;
        response.ContentLength = entry.Length;
        if (policy.ContentEncoding is { } encoding)
        {
            response.Headers.ContentEncoding = encoding;
        }

        var isHead = HttpMethods.IsHead(context.Request.Method);
        RegistryMetrics.CountGateway(KindOf(key, policy), cached.FromMemory ? "memory" : "store", isHead ? 0 : entry.Length);
        if (isHead)
        {
            return true;
        }

        if (entry.Content is { } content)
        {
            await response.BodyWriter.WriteAsync(content, context.RequestAborted);
            return true;
        }

        await using var stream = stored!.OpenStream();
        await stream.CopyToAsync(response.Body, 64 * 1024, context.RequestAborted);
        return true;
    }

    /// <summary>A GET that is answered with 200 or 304 (registry.md §7). Who counts is in memory beside the object; what becomes of the count is somebody else's business.</summary>
    private void Count(string method, ObjectKey key, CachedEntry entry)
    {
        if (HttpMethods.IsGet(method) && !(entry.Tally ??= downloads.TallyOf(key)).TryAdd())
        {
            entry.Tally = downloads.Recount(key);
        }
    }

    private static string KindOf(ObjectKey key, ObjectPolicy policy) => (key.Bucket == Bucket.Modules, policy.CacheControl == ObjectPolicies.Immutable) switch
    {
        (true, true) => "module",
        (true, false) => "meta",
        (false, true) => "tarball",
        (false, false) => "packument",
    };

    /// <summary>Quick, and nothing that a cache may keep (security.md F13).</summary>
    private static Task AnswerUnavailableAsync(HttpContext context, string contentType, byte[] body)
    {
        var headers = context.Response.Headers;
        headers.Remove("ETag");
        headers.Remove("Last-Modified");
        headers.Remove("Content-Encoding");
        headers.RetryAfter = "2";
        return AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, contentType, body);
    }

    private static Task AnswerAsync(HttpContext context, int status, string contentType, byte[] body, string cacheControl = GatewayHeaders.NoStore)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = cacheControl;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
