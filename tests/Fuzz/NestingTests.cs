using Kiln.Fuzz.Hostile;
using Kiln.TypeScript;

namespace Kiln.Fuzz;

/// <summary>security.md P1 and P2: an answer for every shape and depth, and the same one on every thread. docs/hostile-input.md has the depth of a million and the times.</summary>
public sealed class NestingTests
{
    private const int SmallStack = 256 * 1024;

    /// <summary>What a program's first thread has.</summary>
    private const int LargeStack = 8 * 1024 * 1024;

    public static TheoryData<string> Shapes => [.. NestingShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Every_depth_has_one_answer_on_every_thread(string name)
    {
        var shape = NestingShapes.All.Single(s => s.Name == name);
        foreach (var language in Measurement.Languages)
        {
            foreach (var depth in (int[])[40, 200, 500, 1_000, 20_000])
            {
                var text = shape.Repeat(depth);
                var large = OnThread(text, language, LargeStack);
                Assert.Equal(large, OnThread(text, language, SmallStack));
                Assert.Equal(large, await Task.Run(() => Answer.To(text, language), TestContext.Current.CancellationToken));
            }
        }
    }

    private static string OnThread(string text, Language language, int stack)
    {
        var answer = "";
        var thread = new Thread(() => answer = Answer.To(text, language), stack);
        thread.Start();
        thread.Join();
        return answer;
    }
}
