using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kiln.Faults.Harness;

/// <summary>
/// Stands between a server and PostgreSQL and breaks connections by RST: all of them, or the one that sends a given statement, before or after the database has got it. It reads of the
/// protocol only that a message's text is plain bytes on the wire.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> pairs = new();
    private readonly CancellationTokenSource stop = new();
    private readonly int target;
    private readonly Task accepting;
    private volatile Trap? trap;
    private volatile bool refusing;
    private volatile bool holding;
    private int statements;

    private TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Messages from the server that carried a statement, since <see cref="Arm"/> or the start.</summary>
    public int Statements => Volatile.Read(ref statements);

    /// <summary>The trap has broken a connection.</summary>
    public bool HasSprung => trap is { Sprung: true };

    public static TcpProxy To(int port) => new(port);

    /// <summary>Breaks the connection that sends the n-th message from now on that contains the text.</summary>
    /// <param name="afterwards">Only when the database has got it: it acts, and its answer is lost.</param>
    public void Arm(string text, int n, bool afterwards)
    {
        Interlocked.Exchange(ref statements, 0);
        trap = new Trap(Encoding.ASCII.GetBytes(text), n, afterwards);
    }

    /// <summary>Calls <paramref name="act"/>, once, before the next message that contains the text goes on.</summary>
    public void Watch(string text, Action act) => trap = new Trap(Encoding.ASCII.GetBytes(text), 1, afterwards: false) { Act = act };

    /// <summary>From now on answers do not arrive, until <see cref="Refuse"/> ends the connections.</summary>
    public void HoldAnswers() => holding = true;

    /// <summary>Breaks every connection there is.</summary>
    public void ResetAll()
    {
        foreach (var (client, server) in pairs)
        {
            Reset(client);
            Reset(server);
        }
    }

    /// <summary>From now on nobody gets through, or everybody again.</summary>
    public void Refuse(bool refuse)
    {
        refusing = refuse;
        holding &= refuse;
        if (refuse)
        {
            ResetAll();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        ResetAll();
        await accepting;
        stop.Dispose();
        listener.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0); // closing sends RST
            socket.Close();
        }
        catch (SocketException)
        {
            // It has just broken by itself.
        }
        catch (ObjectDisposedException)
        {
            // Likewise.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var client = await listener.AcceptSocketAsync(stop.Token);
                if (refusing)
                {
                    Reset(client);
                    continue;
                }

                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
            pairs[client] = server;
            await Task.WhenAny(PumpAsync(client, server, watched: true), PumpAsync(server, client, watched: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One side is gone; the other follows.
        }
        finally
        {
            pairs.TryRemove(client, out _);
            Reset(client);
            Reset(server);
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool watched)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                var sprung = watched && trap is { } armed && armed.Springs(buffer.AsSpan(0, read), ref statements);
                if (sprung && trap!.Act is { } act)
                {
                    act();
                    sprung = false;
                }

                if (sprung && !trap!.Afterwards)
                {
                    Reset(from);
                    Reset(to);
                    return;
                }

                if (holding && !watched)
                {
                    continue;
                }

                await to.SendAsync(buffer.AsMemory(0, read));
                if (sprung)
                {
                    await Task.Delay(150); // the database has acted on it by now; what it answers is thrown away
                    Reset(from);
                    Reset(to);
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Broken by one side, or by us.
        }
    }

    private sealed class Trap(byte[] text, int n, bool afterwards)
    {
        private readonly Lock gate = new();
        private int seen;

        public bool Afterwards => afterwards;

        public Action? Act { get; init; }

        public bool Sprung { get; private set; }

        public bool Springs(ReadOnlySpan<byte> message, ref int statements)
        {
            if (message.IndexOf(text) < 0)
            {
                return false;
            }

            lock (gate)
            {
                Interlocked.Increment(ref statements);
                if (Sprung || ++seen < n)
                {
                    return false;
                }

                return Sprung = true;
            }
        }
    }
}
