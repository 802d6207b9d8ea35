using System.Net.Sockets;
using System.Text;

namespace Kiln.Server.Tests.Hostile;

/// <summary>security.md H4, H5 and H13: odd ways of reading.</summary>
public sealed class ReadingTests(Gateway.FileServer files) : IClassFixture<Gateway.FileServer>
{
    private static readonly string[] Readable =
    [
        "/@luca/flag/meta.json", "/@luca/flag/1.0.0_meta.json", "/@luca/flag/1.0.0/mod.ts", "/@luca/flag/1.0.0/large.wasm", "/@luca/flag/9.9.9/mod.ts", "/npm/@jsr/luca__flag",
        "/npm/@jsr/luca__flag/-/luca__flag-1.0.0.tgz", "/npm/@jsr/nobody__nothing", "/healthz/live", "/healthz/ready", "/api/packages", "/api/scopes/nobody", "/", "/login", "/robots.txt",
    ];

    public static TheoryData<string> Paths { get; } = [.. Readable];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        var get = Parts(await files.Server.GetRawAsync(path));
        var head = Parts(await files.Server.SendRawAsync($"HEAD {path} HTTP/1.1\r\nHost: {files.Server.Address.Authority}\r\nConnection: close\r\n\r\n"));
        Assert.Equal("", head.Body);
        Assert.NotEqual("", get.Body);
        Assert.Equal(get.Headers, head.Headers);
    }

    [Theory]
    [InlineData("bytes=0-1")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=1-0")]
    [InlineData("bytes=999999999-")]
    [InlineData("bytes=abc")]
    [InlineData("a thousand")]
    public async Task A_range_gets_the_whole_once(string range)
    {
        var value = range == "a thousand" ? "bytes=" + string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{i}-{i}")) : range;
        foreach (var condition in new[] { "", "If-Range: \"another tag\"\r\n" })
        {
            var reply = await files.Server.GetRawAsync("/@luca/flag/1.0.0/mod.ts", $"Range: {value}\r\n{condition}");
            Assert.StartsWith("HTTP/1.1 200 ", reply, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n" + Gateway.FileServer.Source, reply, StringComparison.Ordinal);
            Assert.DoesNotContain("Content-Range", reply, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Two thousand connections that say a little and wait: everybody else is served as before.</summary>
    [Fact]
    public async Task Slow_sockets_keep_nobody_else_waiting()
    {
        const int Slow = 2_000;
        var sockets = new List<TcpClient>();
        try
        {
            for (var i = 0; i < Slow; i++)
            {
                var socket = new TcpClient();
                sockets.Add(socket);
                await socket.ConnectAsync(files.Server.Address.Host, files.Server.Address.Port);
                var start = i % 2 == 0
                    ? "GET /@luca/flag/1.0.0/mod.ts HTTP/1.1\r\nHost: a\r\nX-A: "
                    : "POST /api/scopes HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{";
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(start));
            }

            using var client = files.Server.NewClient();
            client.Timeout = TimeSpan.FromSeconds(10);
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(Gateway.FileServer.Source, await client.GetStringAsync("/@luca/flag/1.0.0/mod.ts"));
            }
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    /// <summary>Head and body each have their time; then the connection is the server's again.</summary>
    [Fact]
    public async Task A_slow_socket_is_put_out()
    {
        var ends = new[] { "GET / HTTP/1.1\r\nHost: a\r\nX-A: ", $"POST /api/authorizations HTTP/1.1\r\nHost: {files.Server.Address.Authority}\r\nContent-Length: 1000\r\n\r\n{{" };
        await Task.WhenAll(ends.Select(async start =>
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(files.Server.Address.Host, files.Server.Address.Port);
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(start));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var reply = await reader.ReadToEndAsync(limit.Token); // ends only when the server closes
            Assert.Matches("^HTTP/1.1 4(00|08) |^$", reply);
        }));
    }

    private static (string[] Headers, string Body) Parts(string reply)
    {
        var border = reply.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] changing = ["Date:", "x-deno-ray:", "Set-Cookie:", "Content-Security-Policy:", "Transfer-Encoding:"]; // nonces and times; how a body would be framed
        return ([.. reply[..border].Split("\r\n").Where(l => !changing.Any(c => l.StartsWith(c, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal)], reply[(border + 4)..]);
    }
}
