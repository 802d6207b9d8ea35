using System.Diagnostics;
using System.Globalization;
using Kiln.Registry;

namespace Kiln.Server.Commands;

/// <summary>One line on standard error that is written over, a few times a second; nothing when standard error is no terminal.</summary>
internal sealed class TerminalProgress : IProgress<WorkProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly bool isShown = !Console.IsErrorRedirected;
    private long last;

    public void Report(WorkProgress value)
    {
        if (!isShown || (last != 0 && Stopwatch.GetElapsedTime(last) < Pause))
        {
            return;
        }

        last = Stopwatch.GetTimestamp();
        var count = value.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Done}/{value.Total} ") : value.Done > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Done} ") : "";
        Write(count + value.Step);
    }

    public void Dispose()
    {
        if (isShown && last != 0)
        {
            Write("");
        }
    }

    // Back to the start of the line, erase it.
    private static void Write(string text) => Console.Error.Write($"\r\u001b[K{(text.Length > 78 ? text[..78] : text)}");
}
