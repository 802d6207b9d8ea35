using System.Diagnostics;
using System.Text;

namespace Kiln.Tooling;

/// <summary>A program that keeps running while the test talks to it. Disposing ends it and everything that it started.</summary>
internal sealed class LiveChild : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder said = new();
    private readonly Lock gate = new();
    private readonly Task reading;
    private bool isDisposed;

    private LiveChild(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Everything said so far on both streams, in the order in which it arrived.</summary>
    public string Said
    {
        get
        {
            lock (gate)
            {
                return said.ToString();
            }
        }
    }

    public static LiveChild Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return new LiveChild(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Waits until <paramref name="find"/> gives something other than null for what was said so far.</summary>
    public async Task<T> WaitForAsync<T>(Func<string, T?> find, string what, int seconds = 60)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (find(Said) is { } found)
            {
                return found;
            }

            Assert.False(process.HasExited && reading.IsCompleted, $"The program ended before {what}:\n{Said}");
            Assert.True(clock.Elapsed.TotalSeconds < seconds, $"No {what} within {seconds} s:\n{Said}");
            await Task.Delay(30);
        }
    }

    public async Task<ChildResult> WaitForExitAsync(int seconds = 60)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            await reading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{process.StartInfo.FileName} did not end within {seconds} s:\n{Said}");
        }

        return new ChildResult(Path.GetFileName(process.StartInfo.FileName), process.ExitCode, Said, "");
    }

    /// <summary>May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
        {
            return;
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            lock (gate)
            {
                said.Append(buffer, 0, read);
            }
        }
    }
}
