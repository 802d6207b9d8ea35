using Kiln.Fuzz.Targets;
using Kiln.Tooling;

namespace Kiln.Fuzz;

/// <summary>The fuzzer itself, for a short while: a new bug is likely to show at once, and a target that no longer runs would go unnoticed otherwise.</summary>
public sealed class SmokeTests
{
    private const int Seconds = 20;

    [Fact]
    public async Task A_short_run_of_every_target_finds_nothing()
    {
        _ = ToolPaths.AflFuzz;
        var runs = FuzzTarget.Names.Select(async name =>
        {
            using var folder = new TemporaryFolder();
            var result = await Child.RunAsync(
                Path.Combine(ToolPaths.Root, "tests", "Fuzz", "run"),
                [name, $"{Seconds}", folder.FullPath],
                environment: new Dictionary<string, string?> { ["KILN_FUZZ_BUILT"] = "1" },
                seconds: 600);
            return result.MustSucceed();
        });
        foreach (var result in await Task.WhenAll(runs))
        {
            TestContext.Current.SendDiagnosticMessage(result.Output);
            Assert.Contains("0 crashes, 0 hangs", result.Output, StringComparison.Ordinal);
        }
    }
}
