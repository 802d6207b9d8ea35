using Kiln.Fuzz.Hostile;
using Kiln.TypeScript;

namespace Kiln.Fuzz;

/// <summary>
/// Every shape inside every other, forty times: what the parser guesses about one must not be guessed anew for each guess about the other. Forty doublings
/// would take longer than anybody waits; without them a pair takes a millisecond.
/// </summary>
public sealed class CombinationTests
{
    private const int Levels = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Shapes => [.. NestingShapes.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Shapes_in_shapes_do_not_multiply(string name)
    {
        var outer = NestingShapes.All.Single(shape => shape.Name == name);
        foreach (var inner in NestingShapes.All)
        {
            var pair = new Shape("", outer.Before, outer.Open + inner.Before + inner.Open, inner.Middle, inner.Close + inner.After + outer.Close, outer.After);
            foreach (var text in (string[])[pair.Repeat(Levels), (pair with { Close = "" }).Repeat(Levels)])
            {
                foreach (var language in Measurement.Languages)
                {
                    var thread = new Thread(() => Answer.To(text, language)) { IsBackground = true };
                    thread.Start();
                    Assert.True(thread.Join(Patience), $"{inner.Name} in {name}: {text[..Math.Min(80, text.Length)]}…");
                }
            }
        }
    }
}
