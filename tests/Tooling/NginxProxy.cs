using System.Net;
using System.Net.Sockets;

namespace Kiln.Tooling;

/// <summary>nginx between clients and a server, as an operator would put it there; with a cache that keeps whatever the server's headers allow.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly LiveChild process;

    private NginxProxy(TemporaryFolder folder, LiveChild process, Uri address)
    {
        this.folder = folder;
        this.process = process;
        Address = address;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>The targets that it passed on, as they were asked for, in order.</summary>
    public IReadOnlyList<string> PassedOn => [.. File.ReadLines(folder["access.log"]).Where(l => !l.EndsWith(" -", StringComparison.Ordinal)).Select(l => l.Split(' ')[0])];

    public static async Task<NginxProxy> StartAsync(Uri server, bool cache = true)
    {
        var folder = new TemporaryFolder();
        var port = Ports.Free();
        var user = Environment.UserName == "root" ? "user root;" : "";
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(n => $"{n}_temp_path {folder[n]}; "));
        var configuration = folder.Write("nginx.conf", $$"""
            {{user}} worker_processes 1; daemon off; pid {{folder["pid"]}}; error_log {{folder["error.log"]}} warn;
            events { worker_connections 4096; }
            http {
              {{temporary}}
              log_format targets '$request_uri $upstream_status';
              access_log {{folder["access.log"]}} targets;
              proxy_cache_path {{folder["cache"]}} keys_zone=files:1m;
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass {{server.ToString().TrimEnd('/')}};
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  {{(cache ? "proxy_cache files;" : "")}}
                  add_header X-Cache $upstream_cache_status always;
                }
              }
            }
            """);
        var process = LiveChild.Start(ToolPaths.Nginx, ["-c", configuration, "-p", folder.FullPath, "-e", folder["error.log"]], folder.FullPath, new Dictionary<string, string?>());
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return new NginxProxy(folder, process, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (SocketException)
            {
                Assert.True(!process.HasExited && attempt < 500, $"nginx did not start: {process.Said}");
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }
}
