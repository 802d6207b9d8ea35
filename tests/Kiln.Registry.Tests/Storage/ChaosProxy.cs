using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Registry.Storage;

/// <summary>What happens to one call on its way.</summary>
public enum Fault
{
    None,

    /// <summary>500 InternalError; the server saw nothing.</summary>
    InternalError,

    /// <summary>503 SlowDown; the server saw nothing.</summary>
    SlowDown,

    /// <summary>409 ConditionalRequestConflict; the server saw nothing.</summary>
    Conflict,

    /// <summary>403 InvalidAccessKeyId; the server saw nothing.</summary>
    Refused,

    /// <summary>The connection breaks before the server saw anything.</summary>
    Reset,

    /// <summary>The server did it, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>The answer breaks off in the middle of its body.</summary>
    HalfAnswer,

    /// <summary>The answer has another first byte.</summary>
    Damage,

    /// <summary>No answer, ever.</summary>
    Stall,
}

/// <summary>An HTTP proxy in front of an S3 server that does to each call what the test says. Signatures stay good: the Host header is passed on.</summary>
public sealed class ChaosProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 });
    private int calls;

    private ChaosProxy(WebApplication app, Uri target)
    {
        this.app = app;
        http.BaseAddress = target;
    }

    public Uri Address { get; private set; } = null!;

    public int Calls => Volatile.Read(ref calls);

    /// <summary>Asked for every call with its number (from 1), method and path.</summary>
    public Func<int, string, string, Fault> Plan { get; set; } = (_, _, _) => Fault.None;

    /// <summary>Awaited by every call with its number, before anything happens to it.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    public static async Task<ChaosProxy> StartAsync(Uri target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var proxy = new ChaosProxy(builder.Build(), target);
        proxy.app.Run(proxy.HandleAsync);
        await proxy.app.StartAsync();
        proxy.Address = new Uri(proxy.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return proxy;
    }

    public void Restart() => Volatile.Write(ref calls, 0);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(limit.Token);
        await app.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var call = Interlocked.Increment(ref calls);
        await Before(call);
        var fault = Plan(call, request.Method, request.Path.Value!);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        switch (fault)
        {
            case Fault.InternalError:
                await AnswerAsync(context, 500, "InternalError");
                return;
            case Fault.SlowDown:
                await AnswerAsync(context, 503, "SlowDown");
                return;
            case Fault.Conflict:
                await AnswerAsync(context, 409, "ConditionalRequestConflict");
                return;
            case Fault.Refused:
                await AnswerAsync(context, 403, "InvalidAccessKeyId");
                return;
            case Fault.Reset:
                context.Abort();
                return;
            case Fault.Stall:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
        }

        using var forward = new HttpRequestMessage(new HttpMethod(request.Method), context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        if (body.Length > 0 || HttpMethods.IsPut(request.Method))
        {
            forward.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!forward.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value) && name != "Content-Length")
            {
                forward.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)value);
            }
        }

        using var answer = await http.SendAsync(forward);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (fault == Fault.Damage && bytes.Length > 0)
        {
            bytes[0] ^= 1;
        }

        if (fault == Fault.LostAnswer)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection" or "Keep-Alive"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        if (HttpMethods.IsHead(request.Method) || answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified)
        {
            if (fault == Fault.HalfAnswer)
            {
                context.Abort();
            }

            return;
        }

        if (fault == Fault.HalfAnswer)
        {
            context.Response.ContentLength = Math.Max(bytes.Length, 1);
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    private static Task AnswerAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>injected</Message></Error>");
    }
}
