using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Kiln.Faults;

/// <summary>
/// Reads all addresses all the time, through death and restart. What was once answered with 200 and some bytes must have these bytes in every later 200; a document
/// about the package must not lose the version again (security.md I2, I3).
/// </summary>
internal sealed class Witness : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, string> first = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> contradictions = new();
    private readonly Task reading;
    private int answers;

    public Witness(int port, IReadOnlyList<string> addresses)
    {
        client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(10) };
        reading = Task.Run(() => ReadAsync(addresses));
    }

    /// <summary>Stops reading and says what was wrong.</summary>
    public async Task<IReadOnlyCollection<string>> TestifyAsync()
    {
        // A last look at everything, at the state after recovery.
        var seen = Volatile.Read(ref answers);
        for (var i = 0; i < 500 && Volatile.Read(ref answers) < seen + 40; i++)
        {
            await Task.Delay(10);
        }

        await stop.CancelAsync();
        await reading;
        Assert.True(answers > 0, "The witness never got an answer.");
        return contradictions;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        client.Dispose();
        stop.Dispose();
    }

    private async Task ReadAsync(IReadOnlyList<string> addresses)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var address in addresses)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    using var reply = await client.SendAsync(request, stop.Token);
                    var bytes = await reply.Content.ReadAsByteArrayAsync(stop.Token);
                    Interlocked.Increment(ref answers);
                    Judge(address, (int)reply.StatusCode, bytes);
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
                {
                    await Task.Delay(5); // Dead, or not yet alive.
                }
            }
        }
    }

    private void Judge(string address, int status, byte[] bytes)
    {
        var mutable = address.EndsWith("/meta.json", StringComparison.Ordinal) || (address.StartsWith("/npm/", StringComparison.Ordinal) && !address.EndsWith(".tgz", StringComparison.Ordinal));
        switch (status)
        {
            case 404 when first.ContainsKey(address):
                contradictions.Enqueue($"{address} was there and is gone");
                break;
            case 404:
                break;
            case 200:
                var proof = mutable ? System.Text.Encoding.UTF8.GetString(bytes).Contains("\"1.0.0\"", StringComparison.Ordinal).ToString() : Convert.ToHexString(SHA256.HashData(bytes));
                var was = first.GetOrAdd(address, proof);
                if (was != proof || (mutable && proof != bool.TrueString))
                {
                    contradictions.Enqueue($"{address} was {was} and is {proof}");
                }

                break;
            default:
                contradictions.Enqueue($"{address} answered {status}");
                break;
        }
    }
}
