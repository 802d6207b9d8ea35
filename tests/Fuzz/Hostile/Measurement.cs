using System.Diagnostics;
using System.Globalization;
using Kiln.TypeScript;

namespace Kiln.Fuzz.Hostile;

/// <summary>Prints docs/hostile-input.md's table: every case in a process of its own, whose peak memory the operating system tells.</summary>
internal static class Measurement
{
    public static Language[] Languages { get; } = [Language.TypeScript, Language.Tsx, Language.JavaScript];

    /// <summary><c>measure-one KIND NAME LANGUAGE SIZE</c>: seconds of processor time (of all threads: the collector's and the compiler's too), peak resident megabytes, answer.</summary>
    public static void One(string kind, string name, Language language, int size)
    {
        var text = Make(kind, name, size);
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var answer = Answer.To(text, language);
        self.Refresh();
        var seconds = (self.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F2}\t{PeakMegabytes()}\t{answer}"));
    }

    public static void List()
    {
        foreach (var (kind, name) in Cases)
        {
            Console.WriteLine($"{kind}\t{name}");
        }
    }

    public static IEnumerable<(string Kind, string Name)> Cases =>
    [
        .. NestingShapes.All.Select(shape => ("nesting", shape.Name)),
        .. TokenShapes.Single.Select(shape => ("token", shape.Name)),
        .. TokenShapes.Runs.Select(shape => ("run", shape.Name)),
        .. KnownBugs.All.Select(bug => ("bug", bug.Name)),
    ];

    private static string Make(string kind, string name, int size) => kind switch
    {
        "nesting" => NestingShapes.All.Single(shape => shape.Name == name).Repeat(size),
        "token" => TokenShapes.Single.Single(shape => shape.Name == name).Fill(size),
        "run" => TokenShapes.Runs.Single(shape => shape.Name == name).Fill(size),
        _ => KnownBugs.All.Single(bug => bug.Name == name).Make(size),
    };

    private static int PeakMegabytes()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                return int.Parse(line.AsSpan("VmHWM:".Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) / 1024;
            }
        }

        return 0;
    }
}
