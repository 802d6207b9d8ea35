using System.Text;
using Kiln.Analysis.Emit;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests;

/// <summary>
/// Gates what a parse and an emission allocate for each byte of source: unlike times, that is the same on every machine, and it is most of what
/// makes either slow. A gate stands some per cent above what was measured when it was set; lower it after an improvement.
/// </summary>
public sealed class AllocationTests
{
    private static readonly string[] Packages = ["effect-4.1.0/", "rxjs-7.8.2/", "viem-2.57.20/", "zod-4.6.7/"];

    private static readonly Lazy<List<(string Text, Language Language, int Bytes)>> Files = new(() =>
    [
        .. Corpus.TypeScriptFiles()
            .Where(f => Packages.Any(p => f.StartsWith(p, StringComparison.Ordinal)) && !f.EndsWith(".d.ts", StringComparison.Ordinal))
            .Select(f => File.ReadAllBytes(Path.Combine(ToolPaths.Corpora, f)))
            .Select(b => (Encoding.UTF8.GetString(b), Language.TypeScript, b.Length)),
    ]);

    [Fact]
    public void A_parse_stays_below_its_gate() =>
        AssertAllocates(4.0, (text, language) => Parser.Parse(text, language));

    [Fact]
    public void A_parse_with_early_errors_stays_below_its_gate() =>
        AssertAllocates(4.6, (text, language) => EarlyErrors.Check(Parser.Parse(text, language)));

    [Fact]
    public void Source_to_JavaScript_stays_below_its_gate()
    {
        var options = new EmitOptions();
        AssertAllocates(6.8, (text, language) => JavaScriptEmitter.Emit(Parser.Parse(text, language), options));
    }

    private static void AssertAllocates(double limit, Action<string, Language> work)
    {
        Measure(work); // fills the shared buffers
        var (allocated, bytes) = Measure(work);
        Assert.True(bytes > 10_000_000, $"The corpus shrank to {bytes} bytes.");
        var ratio = allocated / (double)bytes;
        TestContext.Current.TestOutputHelper?.WriteLine($"{ratio:F3} bytes a byte of source");
        Assert.True(ratio <= limit, $"{ratio:F2} bytes allocated a byte of source; the gate is {limit}.");
        Assert.True(ratio >= limit * 0.8, $"{ratio:F2} bytes allocated a byte of source: lower the gate of {limit}.");
    }

    private static (long Allocated, long Bytes) Measure(Action<string, Language> work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        long bytes = 0;
        foreach (var (text, language, length) in Files.Value)
        {
            work(text, language);
            bytes += length;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, bytes);
    }
}
