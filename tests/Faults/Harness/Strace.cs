using System.Globalization;
using Kiln.Tooling;

namespace Kiln.Faults.Harness;

/// <summary>strace on a running server: it writes down system calls, and can make some of them fail (security.md §3.9).</summary>
internal sealed class Strace : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly LiveChild process;

    private Strace(TemporaryFolder folder, LiveChild process)
    {
        this.folder = folder;
        this.process = process;
    }

    /// <summary>What it has written down so far.</summary>
    public string Log => File.ReadAllText(folder["calls"]);

    public bool HasInjected => Log.Contains("(INJECTED)", StringComparison.Ordinal);

    /// <summary>Makes calls fail.</summary>
    /// <param name="calls">Names with commas between them.</param>
    /// <param name="error">An errno by name.</param>
    /// <param name="when">strace's own word: counted per thread, <c>1</c> the first, <c>3+</c> the third and all after it.</param>
    /// <param name="paths">Only calls on exactly these; none for all.</param>
    public static Task<Strace> InjectAsync(Installation installation, string calls, string error, string when, params IReadOnlyList<string> paths) =>
        AttachAsync(installation, ["-e", $"trace={calls}", "-e", $"inject={calls}:error={error}:when={when}", .. paths.SelectMany(p => new[] { "-P", p })]);

    public static async Task<Strace> AttachAsync(Installation installation, params IEnumerable<string> options)
    {
        var folder = new TemporaryFolder();
        var target = installation.Server.Process.Id.ToString(CultureInfo.InvariantCulture);
        var process = LiveChild.Start(ToolPaths.Strace, ["-f", "-p", target, "-o", folder["calls"], .. options], ToolPaths.Root, new Dictionary<string, string?>());
        await process.WaitForAsync(said => said.Contains("attached", StringComparison.Ordinal) ? said : null, "attaching strace");
        await Task.Delay(300); // It attaches to one thread after the other.
        return new Strace(folder, process);
    }

    /// <summary>Waits for the first failure, without which a test would prove nothing, and lets a few more follow.</summary>
    public async Task StormAsync(int milliseconds = 300)
    {
        for (var attempt = 0; !HasInjected; attempt++)
        {
            Assert.True(attempt < 1_500, "no call failed within 30 s");
            await Task.Delay(20);
        }

        await Task.Delay(milliseconds);
    }

    /// <summary>From now on nothing fails any more.</summary>
    public async Task DetachAsync()
    {
        Signals.Send(process.Id, Signals.Terminate);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }
}
