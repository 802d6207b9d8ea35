using System.Diagnostics;
using Kiln.Fuzz.Hostile;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Fuzz;

/// <summary>
/// security.md P6 and P7. <c>Kiln.Fuzz measure</c> holds the program to the seconds and the growth that they name (docs/hostile-input.md); here a busy machine
/// must not fail a build, so that only what is quadratic or worse is told from what is linear, and memory, which does not depend on the machine.
/// </summary>
public sealed class LongInputTests
{
    /// <summary>Each takes less than two seconds on an idle machine; with the square of its length it would take many minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static TheoryData<string> Runs => [.. TokenShapes.Runs.Select(shape => shape.Name)];

    public static TheoryData<string> Bugs => [.. KnownBugs.All.Select(bug => bug.Name)];

    public static TheoryData<string> Tokens => [.. TokenShapes.Single.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_takes_linear_time(string name) => AnswersInTime(TokenShapes.Runs.Single(shape => shape.Name == name).Fill(1_000_000));

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_known_bug_of_compilers_is_none_here(string name) => AnswersInTime(KnownBugs.All.Single(bug => bug.Name == name).Make(1_000_000));

    [Theory]
    [MemberData(nameof(Tokens))]
    public async Task A_token_of_twenty_million_characters_takes_less_than_400_MB(string name)
    {
        var language = name.StartsWith("JSX", StringComparison.Ordinal) ? "Tsx" : "TypeScript";
        var result = await Child.RunAsync(
            Environment.ProcessPath!,
            ["measure-one", "token", name, language, "20000000"],
            environment: new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = Measurement.TokenLimit },
            seconds: (int)Patience.TotalSeconds);
        var parts = result.MustSucceed().Output.Split('\t');
        Assert.True(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) < 400, result.Output);
    }

    private static void AnswersInTime(string text)
    {
        var time = Stopwatch.StartNew();
        Assert.NotEqual("", Answer.To(text, Language.TypeScript));
        Assert.True(time.Elapsed < Patience, $"took {time.Elapsed}");
    }
}
