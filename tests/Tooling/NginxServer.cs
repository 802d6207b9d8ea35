using System.Diagnostics;
using System.Net.Sockets;

namespace Kiln.Tooling;

/// <summary>Debian's nginx with a configuration of ours, in the foreground, ended with the test program.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly HeldProcess process;

    private NginxServer(HeldProcess process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="configuration">Listens at the address.</param>
    public static async Task<NginxServer> StartAsync(string configuration, Uri address)
    {
        var file = Path.Combine(Path.GetTempPath(), $"kiln-nginx-{Guid.NewGuid():N}.conf");
        await File.WriteAllTextAsync(file, configuration);
        try
        {
            // Workers run as whoever runs the tests: its folders are nobody else's to read.
            const string Script =
                """
                if [ "$(id -u)" = 0 ]; then user='user root;'; fi
                "$nginx" -q -t -p "$folder" -e "$folder/error.log" -c "$conf" -g "pid $folder/nginx.pid; $user" 2>&1 || { cat error.log >&2; exit 1; }
                "$nginx" -p "$folder" -e "$folder/error.log" -c "$conf" -g "daemon off; pid $folder/nginx.pid; $user" >log 2>&1 &
                """;
            var process = await HeldProcess.StartAsync("nginx", Script, ("nginx", ToolPaths.Nginx), ("conf", file));
            var server = new NginxServer(process, address);
            await server.AnswersAsync();
            return server;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static Uri FreeAddress() => new($"http://127.0.0.1:{Ports.Free()}/");

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task AnswersAsync()
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(Address.Host, Address.Port);
                return;
            }
            catch (SocketException) when (waited.Elapsed.TotalSeconds < 20 && !process.HasExited)
            {
                await Task.Delay(30);
            }
        }
    }
}
