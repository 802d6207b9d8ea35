using System.Text.Json;
using System.Text.Json.Nodes;
using Kiln.Registry;
using Kiln.Registry.Storage;
using Kiln.Server.Hosting;

namespace Kiln.Server.Api;

/// <summary>What a handler answers: a value as JSON, nothing (204), or a refusal.</summary>
internal sealed class ApiReply
{
    private readonly object? value;
    private readonly Type? type;
    private string contentType = "application/json";

    private ApiReply(object? value, Type? type, ApiError? error)
    {
        this.value = value;
        this.type = type;
        Error = error;
    }

    public static ApiReply NoContent { get; } = new(null, null, null);

    public ApiError? Error { get; }

    /// <summary>What a success carries; null for nothing.</summary>
    public Type? Type => type;

    public int Status => Error?.Status ?? (type is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK);

    /// <param name="value">Written as its own type, not as a base that hides members.</param>
    public static ApiReply Ok<T>(T value) => new(value, typeof(T) == typeof(object) ? value?.GetType() ?? typeof(object) : typeof(T), null);

    public static ApiReply Refuse(ApiError error) => new(null, null, error);

    public static ApiReply Refuse(string code, string message) => Refuse(new ApiError(code, message));

    public static ApiReply Of<T>(Result<T> result) => result.TryGet(out var value, out var error) ? Ok(value) : Refuse(error);

    /// <summary>For values whose stored shape is not the wire's.</summary>
    public static ApiReply Of<T, TWire>(Result<T> result, Func<T, TWire> shape) => result.TryGet(out var value, out var error) ? Ok(shape(value)) : Refuse(error);

    public static ApiReply Of(Result<Done> result) => result.Error is { } error ? Refuse(error) : NoContent;

    /// <summary>The bytes of an object as they are stored; it is closed when they have been sent.</summary>
    public static ApiReply Object(StoredObject stored, string contentType) => new(stored, typeof(StoredObject), null) { contentType = contentType };

    /// <summary>Bytes that are ready to be sent.</summary>
    public static ApiReply Bytes(byte[] content, string contentType) => new(content, typeof(byte[]), null) { contentType = contentType };

    public async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        if (value is StoredObject stored)
        {
            await WriteAsync(context, stored);
            return;
        }

        if (type is null && Error is null)
        {
            return;
        }

        var body = value as byte[] ?? (Error is null ? JsonSerializer.SerializeToUtf8Bytes(value, type!, ApiJson.Compact) : ErrorBody(Error, Ray.Of(context)));
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private async Task WriteAsync(HttpContext context, StoredObject stored)
    {
        await using (stored)
        {
            context.Response.ContentType = contentType;
            context.Response.ContentLength = stored.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await using var content = stored.OpenStream();
                await content.CopyToAsync(context.Response.Body, 64 * 1024, context.RequestAborted);
            }
        }
    }

    /// <summary><c>{"code","message","ray"}</c>, the last being the name of the request, and what the error carries besides: only ever <c>task</c>, at the top level, where clients look for it.</summary>
    private static byte[] ErrorBody(ApiError error, string ray)
    {
        var body = new JsonObject { ["code"] = error.Code, ["message"] = error.Message, ["ray"] = ray };
        if (error.Extra is { } task)
        {
            body["task"] = JsonSerializer.SerializeToNode(task, task.GetType(), ApiJson.Compact);
        }

        return JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Pretty);
    }
}
