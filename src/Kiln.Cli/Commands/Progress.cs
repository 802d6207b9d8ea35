using System.Diagnostics;

namespace Kiln.Cli.Commands;

/// <summary>A counter on the last line of a terminal, once a run takes long enough to wonder; nothing where no terminal is.</summary>
internal sealed class Progress(int total)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly bool enabled = !Console.IsErrorRedirected;
    private readonly long start = Stopwatch.GetTimestamp();
    private long shownAt;
    private bool visible;
    private int done;

    public void Advance()
    {
        done++;
        if (!enabled || Stopwatch.GetElapsedTime(start) < Patience || (visible && Stopwatch.GetElapsedTime(shownAt) < Interval))
        {
            return;
        }

        shownAt = Stopwatch.GetTimestamp();
        visible = true;
        Console.Error.Write($"\r{done} of {Counted.Of(total, "file")}");
    }

    /// <summary>Takes the line away, so that something else can be written.</summary>
    public void Clear()
    {
        if (visible)
        {
            Console.Error.Write("\r\e[2K");
            visible = false;
        }
    }
}
