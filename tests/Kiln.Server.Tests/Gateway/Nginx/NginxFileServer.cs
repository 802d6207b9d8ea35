using Kiln.Registry.Storage.S3;
using Kiln.Server.Gateway.Nginx;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Gateway.Nginx;

/// <summary>The server of the gateway's tests with nginx in front: files come from nginx, pages from the server.</summary>
public class NginxFileServer : FileServer
{
    private NginxServer? nginx;
    private RunningServer? behind;

    public override async ValueTask InitializeAsync()
    {
        _ = ToolPaths.Nginx;
        await base.InitializeAsync();
        behind = Server;
        var front = NginxServer.FreeAddress();
        _ = StorageAddress.TryParse(behind.Options.Storage ?? "", out var storage, out _);
        nginx = await NginxServer.StartAsync(NginxConfiguration.Write(new NginxOptions(behind.Options.DataDirectory, storage, front, behind.Address, 64 * 1024 * 1024)), front);
        Server = behind.Behind(front);
    }

    public override async ValueTask DisposeAsync()
    {
        Server.Client.Dispose();
        if (nginx is not null)
        {
            await nginx.DisposeAsync();
        }

        Server = behind!;
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
