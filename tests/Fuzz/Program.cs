using System.Globalization;
using Kiln.Fuzz.Hostile;
using Kiln.Fuzz.Targets;
using Kiln.TypeScript;
using SharpFuzz;

namespace Kiln.Fuzz;

/// <summary>
/// <c>Kiln.Fuzz fuzz TARGET</c> is what afl-fuzz runs; <c>Kiln.Fuzz replay TARGET FILE…</c> repeats single inputs; <c>Kiln.Fuzz measure</c> prints the
/// table of docs/hostile-input.md; anything else goes to the test runner.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(10);

    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["fuzz", var name]:
                var target = FuzzTarget.Find(name);

                // A child process runs the inputs, so that a stack overflow, which nothing can catch, is a crash like any other.
                Fuzzer.OutOfProcess.Run(stream =>
                {
                    using var bytes = new MemoryStream();
                    stream.CopyTo(bytes);
                    var before = Environment.CpuUsage.TotalTime;
                    target(FuzzText.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));

                    // Wall-clock time says nothing on a busy machine.
                    FuzzTarget.Check(Environment.CpuUsage.TotalTime - before < MostProcessorTime, "hang: one input took ten seconds of processor time");
                });
                return 0;
            case ["replay", var name, .. var files]:
                foreach (var file in files)
                {
                    FuzzTarget.Find(name)(FuzzText.Decode(File.ReadAllBytes(file)));
                    Console.WriteLine($"{file}: fine");
                }

                return 0;
            case ["measure-one", var kind, var name, var language, var size]:
                Measurement.One(kind, name, Enum.Parse<Language>(language), int.Parse(size, CultureInfo.InvariantCulture));
                return 0;
            case ["measure"]:
                return Measurement.Print();
            case ["list"]:
                Measurement.List();
                return 0;
            default:
                return Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
        }
    }
}
