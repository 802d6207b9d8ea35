using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Kiln.Faults.Harness;

/// <summary>
/// Reads everything about the sample package again and again, over the lives of all servers, as impatient clients do (security.md §3.8, I1–I3): an address that
/// gave bytes gives the same bytes for ever; only finished bytes are ever seen; a list never loses a version, and lists none that cannot be installed.
/// </summary>
internal sealed class ImmutabilityWitness : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly IReadOnlyDictionary<string, string> truth;
    private readonly IReadOnlyDictionary<string, SamplePackage> packages;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> violations = new();
    private readonly HashSet<string> present = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> listed = new(StringComparer.Ordinal)
    {
        [SamplePackage.MetaUrl] = new(StringComparer.Ordinal),
        [SamplePackage.PackumentUrl] = new(StringComparer.Ordinal),
    };

    private readonly Task watching;

    private ImmutabilityWitness(Uri address, IReadOnlyDictionary<string, string> truth, IReadOnlyList<SamplePackage> packages)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        this.truth = truth;
        this.packages = packages.ToDictionary(p => p.Version);
        foreach (var url in packages[0].ImmutableUrls)
        {
            present.Add(url);
        }

        watching = Task.Run(WatchAsync);
    }

    // Complete looks at everything so far.
    private int rounds;

    /// <summary>The first version of the reference run is there from the start; the others appear.</summary>
    public static ImmutabilityWitness Watch(Installation installation, ReferenceRun reference) =>
        new(installation.Address, reference.AfterNext, [reference.First, reference.Target, reference.Next]);

    /// <summary>Waits until it has looked at everything once more, beginning after this call.</summary>
    public async Task LooksAsync()
    {
        var next = Volatile.Read(ref rounds) + 2; // One may be under way.
        for (var attempt = 0; Volatile.Read(ref rounds) < next; attempt++)
        {
            Assert.True(attempt < 1_000 && !watching.IsCompleted, $"the witness sees nothing: {string.Join('\n', violations)}");
            await Task.Delay(10);
        }
    }

    /// <summary>Testifies.</summary>
    /// <param name="versions">Those that must have appeared by now.</param>
    public async Task TestifyAsync(params IEnumerable<SamplePackage> versions)
    {
        await stop.CancelAsync();
        await watching;
        await RoundAsync(); // A last look, when all is quiet.
        Assert.Empty(violations);
        foreach (var version in versions)
        {
            Assert.Empty(version.ImmutableUrls.Except(present));
            Assert.All(listed, list => Assert.Contains(version.Version, list.Value));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
        http.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await RoundAsync();
                Interlocked.Increment(ref rounds);
            }
            catch (Exception e) when (Installation.IsBrokenConnection(e))
            {
                // The server is dead, or was just killed: this proves nothing about its bytes.
            }
            catch (Exception e)
            {
                violations.Enqueue(e.ToString());
                return;
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task RoundAsync()
    {
        foreach (var url in listed.Keys)
        {
            await LookAtListAsync(url);
        }

        foreach (var url in packages.Values.SelectMany(p => p.ImmutableUrls))
        {
            if (await GetAsync(url, mustExist: present.Contains(url)) is not { } bytes)
            {
                continue;
            }

            present.Add(url);
            if (Encoding.Latin1.GetString(bytes) != truth[url])
            {
                violations.Enqueue($"{url} gave other bytes than the undisturbed run: {Encoding.Latin1.GetString(bytes)}");
            }
        }
    }

    private async Task LookAtListAsync(string url)
    {
        var known = listed[url];
        if (await GetAsync(url, mustExist: true) is not { } bytes)
        {
            return;
        }

        var versions = PublicView.VersionsIn(bytes);
        foreach (var lost in known.Except(versions))
        {
            violations.Enqueue($"{url} lost version {lost}");
        }

        foreach (var version in versions.Where(known.Add))
        {
            // Listed means installable: from now on none of its addresses may give 404.
            present.UnionWith(packages[version].ImmutableUrls);
        }
    }

    /// <summary>Null: 404, which is a violation when the address has to exist.</summary>
    private async Task<byte[]?> GetAsync(string url, bool mustExist)
    {
        using var response = await http.GetAsync(url);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return bytes;
        }

        if (mustExist || response.StatusCode != HttpStatusCode.NotFound)
        {
            violations.Enqueue($"{url} gave {(int)response.StatusCode}");
        }

        return null;
    }
}
