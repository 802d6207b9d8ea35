using System.Diagnostics;

namespace Kiln.Bench;

/// <summary>One pass over a corpus, averaged over several.</summary>
/// <param name="Wall">Milliseconds.</param>
/// <param name="Cpu">Milliseconds of processor time, of all threads.</param>
/// <param name="Gc">Milliseconds of wall time that the collector held the program.</param>
/// <param name="Allocated">Bytes.</param>
/// <param name="Errors">Files that the contender refused.</param>
internal readonly record struct Measurement(double Wall, double Cpu, double Gc, double Allocated, int Errors)
{
    public static Measurement Take(Corpus corpus, Func<CorpusFile, bool> contender, int passes)
    {
        using var process = Process.GetCurrentProcess();
        var errors = 0;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var gc = GC.GetTotalPauseDuration();
        var cpu = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < passes; i++)
        {
            errors = 0;
            foreach (var file in corpus.Files)
            {
                errors += contender(file) ? 0 : 1;
            }
        }

        var wall = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        return new Measurement(
            wall.TotalMilliseconds / passes,
            (process.TotalProcessorTime - cpu).TotalMilliseconds / passes,
            (GC.GetTotalPauseDuration() - gc).TotalMilliseconds / passes,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)passes,
            errors);
    }
}
