using System.Net;
using System.Net.Sockets;

namespace Kiln.Tooling;

internal static class Ports
{
    /// <summary>One of this machine that nobody listens on just now.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
