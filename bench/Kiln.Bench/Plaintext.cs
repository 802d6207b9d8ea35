using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kiln.Bench;

/// <summary>Kestrel with nothing behind it but a text of 2 kB: the least that a request can cost a server on it.</summary>
internal static class Plaintext
{
    private static readonly byte[] Body = [.. Enumerable.Repeat((byte)'x', 2048)];

    public static async Task ServeAsync(string address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = Body.Length;
            return context.Response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
        });
        await app.RunAsync();
    }
}
