using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Kiln.Tooling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Hostile;

/// <summary>security.md H3: requests whose borders two programs could see differently, as bytes, straight and behind nginx.</summary>
public sealed class SmugglingTests
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    /// <summary>By name: a request, and behind it another one that hides.</summary>
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["two lengths"] = Post("Content-Length: 0\r\nContent-Length: 5\r\n"),
        ["two lengths in one header"] = Post("Content-Length: 0, 5\r\n"),
        ["length with a sign"] = Post("Content-Length: +0\r\n"),
        ["negative length"] = Post("Content-Length: -1\r\n"),
        ["length and chunks"] = Post($"Content-Length: {5 + Smuggled.Length}\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
        ["unknown coding"] = Post("Transfer-Encoding: xchunked\r\n"),
        ["chunks that are not last"] = Post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
        ["blank before the colon"] = Post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        ["folded header"] = Post("X-A: b\r\n Transfer-Encoding: chunked\r\n"),
        ["no host"] = "GET /first HTTP/1.1\r\n\r\n" + Smuggled,
        ["two hosts"] = "GET /first HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + Smuggled,
        ["bare line feeds"] = "POST /first HTTP/1.1\nHost: a\nContent-Length: 0\n\n" + Smuggled,
        ["size of a chunk that is no number"] = Post("Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n"),
        ["size of a chunk beyond 64 bits"] = Post("Transfer-Encoding: chunked\r\n", "10000000000000000\r\n\r\n"),
        ["NUL in a header"] = Post("X-A: a\0b\r\nContent-Length: 0\r\n"),
        ["bare carriage return in a header"] = Post("X-A: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n"),
    };

    public static TheoryData<string> Names { get; } = [.. Requests.Keys];

    /// <summary>Kestrel reads "+0" as 0 and forgets how it was written. Proxies refuse it, so that nothing but a client alone with the server can send it.</summary>
    private const string OnlyForProxies = "length with a sign";

    public static TheoryData<string> StraightNames { get; } = [.. Requests.Keys.Where(n => n != OnlyForProxies)];

    /// <summary>Refused, and the connection ends with it: nothing behind it is taken for a request. With a length and chunks RFC 9112 §6.1 allows to go by the chunks and to close.</summary>
    [Theory]
    [MemberData(nameof(StraightNames))]
    public async Task Straight_it_is_refused_and_nothing_behind_it_is_read(string name)
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await StartAsync(seen);
        var reply = await SendAsync(server.Address, Requests[name]);
        Assert.DoesNotContain("/smuggled", seen);
        Assert.Equal(1, reply.Split("HTTP/1.1 ").Length - 1);
        if (name != "length and chunks")
        {
            Assert.Matches("^HTTP/1.1 (4[0-9][0-9]|501) ", reply);
        }
    }

    /// <summary>nginx mends some of them and refuses others. What counts: the server sees exactly the requests that nginx knows of.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Behind_nginx_both_see_the_same_requests(string name)
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await StartAsync(seen);
        await using var nginx = await NginxProxy.StartAsync(server.Address);
        await SendAsync(nginx.Address, Requests[name]);
        using var after = await nginx.Client.GetAsync("/after"); // its line in the log comes behind all others
        for (var attempt = 0; attempt < 100 && !nginx.PassedOn.Contains("/after"); attempt++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(nginx.PassedOn, seen);
        Assert.Contains("/after", seen);
    }

    private static string Post(string headers, string body = "") => $"POST /first HTTP/1.1\r\nHost: a\r\n{headers}\r\n{body}{Smuggled}";

    private static Task<RunningServer> StartAsync(ConcurrentQueue<string> seen) =>
        RunningServer.StartAsync(builder => builder.Services.AddSingleton<IStartupFilter>(new Watch(seen)));

    private static async Task<string> SendAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var reply = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, limit.Token)) > 0)
            {
                reply.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Closed over bytes that nobody read: also an end.
        }

        return reply.ToString();
    }

    /// <summary>Writes down every request before anything else sees it.</summary>
    private sealed class Watch(ConcurrentQueue<string> seen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, after) =>
            {
                seen.Enqueue(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
                return after(context);
            });
            next(app);
        };
    }
}
