using System.Buffers;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Scoring;

namespace Kiln.Packages.Tests.Scoring;

/// <summary>registry.md §6.</summary>
public sealed class PackageScoreTests
{
    private static readonly ScoreInputs Perfect = new() { ReadmePath = "/README.md", Examples = [new ScorePlace("the README", "/README.md", 3)], Symbols = 10, DocumentedSymbols = 10 };

    private static readonly PackageFacts All = new() { HasProvenance = true, Description = "What it does.", CompatibleRuntimes = ["deno", "node"] };

    [Fact]
    public void All_criteria_give_eighteen_points_and_a_hundred_percent()
    {
        var score = PackageScore.Compute(Perfect, All);
        Assert.Equal((18, 18, 100, 100), (score.Total, score.KnownMaximum, score.Percentage, score.BestPercentage));
        Assert.All(score.Criteria, c => Assert.Equal((ScoreState.Met, c.Maximum, null), (c.State, c.Points, c.Advice)));
        Assert.Equal(PackageScore.Maximum, score.Criteria.Sum(c => c.Maximum));
    }

    [Fact]
    public void One_point_may_be_missed() => Assert.Equal(100, PackageScore.Compute(Perfect, All with { HasProvenance = false }).Percentage);

    [Fact]
    public void Nothing_gives_nothing_but_points_for_symbols_that_are_not_there()
    {
        var score = PackageScore.Compute(new ScoreInputs { SlowTypes = 1, EntryPointsWithoutDocumentation = [new ScorePlace(".", "/mod.ts")] }, PackageFacts.None);

        // 5 for the symbols: 5 * 100 / 17.
        Assert.Equal((5, 29), (score.Total, score.Percentage));
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 10, 0)]
    [InlineData(2, 10, 1)]
    [InlineData(4, 10, 2)]
    [InlineData(7, 10, 4)]
    [InlineData(79, 100, 4)]
    [InlineData(8, 10, 5)]
    [InlineData(10, 10, 5)]
    [InlineData(0, 0, 5)]
    public void Four_fifths_of_the_symbols_give_all_of_their_points(int documented, int all, int points)
    {
        var score = PackageScore.Compute(new ScoreInputs { Symbols = all, DocumentedSymbols = documented }, null);
        Assert.Equal(points, score.Criteria.Single(c => c.Key == "percentageDocumentedSymbols").Points);
    }

    [Fact]
    public void The_advice_names_how_many_comments_are_enough()
    {
        for (var all = 1; all < 60; all++)
        {
            for (var documented = 0; documented <= all; documented++)
            {
                var criterion = Symbols(all, documented);
                if (criterion.Advice is { } advice)
                {
                    var more = int.Parse(advice.Split(" for ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
                    Assert.Equal(5, Symbols(all, documented + more).Points);
                    Assert.True(Symbols(all, documented + more - 1).Points < 5);
                }
            }
        }

        static ScoreCriterion Symbols(int all, int documented) =>
            PackageScore.Compute(new ScoreInputs { Symbols = all, DocumentedSymbols = documented }, null).Criteria.Single(c => c.Key == "percentageDocumentedSymbols");
    }

    [Fact]
    public void In_a_folder_what_the_registry_knows_counts_neither_way()
    {
        var score = PackageScore.Compute(Perfect, null);
        Assert.Equal((14, 14, 82, 100), (score.Total, score.KnownMaximum, score.Percentage, score.BestPercentage));
        Assert.Equal(4, score.Criteria.Count(c => c.State == ScoreState.Unknown));
        Assert.DoesNotContain("hasProvenance", Json(score.WriteJson), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_the_object_of_the_api() => Assert.Equal(
        """{"hasReadme":true,"hasReadmeExamples":false,"allEntrypointsDocs":false,"entrypointsWithoutDocs":["./b"],"percentageDocumentedSymbols":0.75,"allFastCheck":false,"hasProvenance":false,"hasDescription":true,"atLeastOneRuntimeCompatible":true,"multipleRuntimesCompatible":false,"total":8}""",
        Json(PackageScore.Compute(
            new ScoreInputs { HasMainDocumentation = true, EntryPointsWithoutDocumentation = [new ScorePlace("./b", "/b.ts")], Symbols = 4, DocumentedSymbols = 3, SlowTypes = 2 },
            new PackageFacts { Description = "x", CompatibleRuntimes = ["deno"] }).WriteJson));

    [Fact]
    public void Inputs_are_read_as_they_were_written()
    {
        var inputs = new ScoreInputs
        {
            ReadmePath = "/README.md",
            HasMainDocumentation = true,
            Examples = [new ScorePlace("the README", "/README.md", 3)],
            EntryPointsWithoutDocumentation = [new ScorePlace("./b", "/b.ts")],
            Symbols = 7,
            DocumentedSymbols = 5,
            UndocumentedSymbols = [new ScorePlace("<script>\"\u2028", "/a.ts", 1, 2)],
            SlowTypes = 3,
            FirstSlowTypes = [new ScorePlace("missing", null)],
        };
        Assert.True(ScoreInputs.TryRead(inputs.Write(), out var read));
        Assert.Equal(inputs.Write(), read.Write());
        Assert.Equal(inputs.UndocumentedSymbols, read.UndocumentedSymbols);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"symbols\":\"a\"}")]
    [InlineData("{\"symbols\":1e99}")]
    [InlineData("{\"examples\":{}}")]
    [InlineData("{\"examples\":[{}]}")]
    public void Damaged_inputs_are_refused(string json) => Assert.False(ScoreInputs.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void What_an_older_release_did_not_store_is_the_default()
    {
        Assert.True(ScoreInputs.TryRead("{}"u8.ToArray(), out var inputs));
        Assert.Equal(new ScoreInputs().Write(), inputs.Write());
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
