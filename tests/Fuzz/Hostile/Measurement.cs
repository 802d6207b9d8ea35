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

    /// <summary>Prints the tables. Ends with 1 when a bound of security.md P1, P6 or P7 does not hold.</summary>
    public static int Print()
    {
        var holds = true;
        Console.WriteLine("### Nesting\n\n| shape | at 1,000 | at 100,000 | at 1,000,000 | s | MB |\n|---|---|---|---|---|---|");
        foreach (var shape in NestingShapes.All)
        {
            var worst = default(Result);
            var answers = new List<string>();
            foreach (var depth in (int[])[1_000, 100_000, 1_000_000])
            {
                foreach (var language in Languages)
                {
                    var result = Child("nesting", shape.Name, language, depth);
                    worst = new Result(Math.Max(worst.Seconds, result.Seconds), Math.Max(worst.Megabytes, result.Megabytes), "");
                    if (language == Language.TypeScript)
                    {
                        answers.Add(Short(result.Answer));
                    }

                    holds &= Bound(result, $"{shape.Name} {language} {depth}", seconds: double.MaxValue);
                }
            }

            Row($"| {shape.Name} `{shape.Open}` | {string.Join(" | ", answers)} | {worst.Seconds:F2} | {worst.Megabytes} |");
        }

        Console.WriteLine("\n### Single tokens of 20,000,000 characters\n\n| token | answer | s at 10 M | s at 20 M | ratio | MB |\n|---|---|---|---|---|---|");
        foreach (var shape in TokenShapes.Single)
        {
            holds &= Double("token", shape.Name, 20_000_000, seconds: 3, limit: TokenLimit);
        }

        Console.WriteLine("\n### Runs of 4,000,000 characters\n\n| run | answer | s at 2 M | s at 4 M | ratio | MB |\n|---|---|---|---|---|---|");
        foreach (var shape in TokenShapes.Runs)
        {
            holds &= Double("run", shape.Name, 4_000_000, seconds: 5, limit: null);
        }

        Console.WriteLine("\n### Known bugs of compilers, 2,000,000 characters\n\n| input | answer | s at 1 M | s at 2 M | ratio | MB |\n|---|---|---|---|---|---|");
        foreach (var (name, _) in KnownBugs.All)
        {
            holds &= Double("bug", name, 2_000_000, seconds: 5, limit: null);
        }

        return holds ? 0 : 1;
    }

    /// <summary>Heap of 360 MiB: with the run time itself less than the 400 MB of P6. At 340 MiB it depends on when the collector runs whether a string of escapes fits.</summary>
    public const string TokenLimit = "0x16800000";

    private const double MostGrowth = 2.5;

    /// <summary>Less than this is start-up and noise; no ratio can be told.</summary>
    private const double Tellable = 0.3;

    private static bool Double(string kind, string name, int size, double seconds, string? limit)
    {
        var language = name.StartsWith("JSX", StringComparison.Ordinal) ? Language.Tsx : Language.TypeScript;
        var half = Child(kind, name, language, size / 2, limit);
        var full = Child(kind, name, language, size, limit);
        var ratio = full.Seconds / half.Seconds;
        Row($"| {name} | {Short(full.Answer)} | {half.Seconds:F2} | {full.Seconds:F2} | {(full.Seconds < Tellable ? "–" : ratio.ToString("F1", CultureInfo.InvariantCulture))} | {full.Megabytes} |");
        var holds = Bound(full, name, seconds) & (limit is null || full.Megabytes < 400) & (full.Seconds < Tellable || ratio <= MostGrowth);
        if (!holds)
        {
            Console.Error.WriteLine($"A bound does not hold: {name}");
        }

        return holds;
    }

    private static bool Bound(Result result, string what, double seconds)
    {
        if (result.Answer.Length == 0 || result.Seconds > seconds)
        {
            Console.Error.WriteLine($"{what}: {result}");
            return false;
        }

        return true;
    }

    private static string Short(string answer) => answer.StartsWith("TS", StringComparison.Ordinal) ? answer[..answer.IndexOf(' ', StringComparison.Ordinal)] : answer.Length == 0 ? "**none**" : "accepted";

    private static void Row(FormattableString row) => Console.WriteLine(row.ToString(CultureInfo.InvariantCulture).Replace("||", "\\|\\|", StringComparison.Ordinal));

    private static Result Child(string kind, string name, Language language, int size, string? heapLimit = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["measure-one", kind, name, $"{language}", size.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true };
        if (heapLimit is not null)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = heapLimit;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && output.Split('\t') is [var seconds, var megabytes, var answer]
            ? new Result(double.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(megabytes, CultureInfo.InvariantCulture), answer.TrimEnd())
            : default;
    }

    private readonly record struct Result(double Seconds, int Megabytes, string Answer)
    {
        public string Answer { get; } = Answer ?? "";
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
