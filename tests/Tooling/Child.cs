using System.Diagnostics;
using System.Text;

namespace Kiln.Tooling;

/// <summary>What a finished program left: its exit code and both streams as text.</summary>
internal sealed record ChildResult(string Command, int ExitCode, string Output, string Error)
{
    public string Everything => Output + Error;

    /// <summary>This result, or a test failure that shows what the program said.</summary>
    public ChildResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    public ChildResult MustFail()
    {
        Assert.True(ExitCode != 0, $"{Command} was expected to fail\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>Runs a program to its end, with a time limit, and never leaves it behind.</summary>
internal static class Child
{
    /// <param name="environment">Added to the inherited environment; a null value removes the variable.</param>
    public static async Task<ChildResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? input = null,
        int seconds = 120)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
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

        var command = Path.GetFileName(program) + " " + string.Join(' ', start.ArgumentList.Take(6).Select(a => a.Length > 120 ? a[..120] + "…" : a));
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await process.StandardInput.WriteAsync((input ?? "").AsMemory(), limit.Token);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The program ended without reading its input; its exit code tells the rest.
            }

            await process.WaitForExitAsync(limit.Token);
            return new ChildResult(command, process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command} did not end within {seconds} s.");
            throw;
        }
    }
}
