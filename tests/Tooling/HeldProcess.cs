using System.Diagnostics;

namespace Kiln.Tooling;

/// <summary>
/// Programs that a shell script starts and that end with the test program, however that ends: the shell waits for the end of its own input, kills what it started and removes its folder.
/// The script says <c>started</c> when it has started everything in the background; it may use <c>$folder</c>.
/// </summary>
internal sealed class HeldProcess : IAsyncDisposable
{
    private const string Frame =
        """
        end() { trap - EXIT; for p in $(jobs -p); do kill -TERM "$p" 2>/dev/null; done; for p in $(jobs -p); do wait "$p" 2>/dev/null; done; rm -rf "$folder"; exit; }
        trap end EXIT TERM INT
        mkdir -p "$folder" && cd "$folder" || exit 1
        set -e
        SCRIPT
        set +e
        echo started
        read -r _
        end
        """;

    private readonly Process holder;

    private HeldProcess(Process holder, string folder)
    {
        this.holder = holder;
        Folder = folder;
    }

    public string Folder { get; }

    public bool HasExited => holder.HasExited;

    public static async Task<HeldProcess> StartAsync(string name, string script, params (string Name, string Value)[] variables)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"kiln-{name}-{Guid.NewGuid().ToString("N")[..12]}");
        var start = new ProcessStartInfo("/bin/bash", ["-c", Frame.Replace("SCRIPT", script, StringComparison.Ordinal)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["folder"] = folder;
        foreach (var (key, value) in variables)
        {
            start.Environment[key] = value;
        }

        var holder = Process.Start(start)!;
        var errors = holder.StandardError.ReadToEndAsync();
        while (await holder.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "started")
            {
                return new HeldProcess(holder, folder);
            }
        }

        throw new InvalidOperationException($"{name} did not start: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!holder.HasExited)
        {
            holder.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await holder.WaitForExitAsync(limit.Token);
        }

        holder.Dispose();
    }
}
