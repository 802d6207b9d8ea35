using System.Text;
using System.Text.Json;
using Kiln.Analysis.Docs.Difference;
using Kiln.Analysis.Docs.Json;
using Kiln.Tooling;

namespace Kiln.Analysis.Tests.Docs.Difference;

/// <summary>
/// Pairs of versions with a consumer of the old one. TypeScript has judged whether the consumer is still right (judge.mjs), and deno has documented both
/// sides, so that neither the verdict nor its input is our own.
/// </summary>
public sealed class DifferenceCaseTests
{
    private static readonly string Here = Path.Combine(ToolPaths.Root, "tests", "Kiln.Analysis.Tests", "Docs", "Difference");

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Path.Combine(Here, "Cases"), "*.txt").Order(StringComparer.Ordinal))
            {
                foreach (var one in DifferenceCase.ReadAll(file))
                {
                    names.Add(Path.GetFileNameWithoutExtension(file), one.Name);
                }
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_verdict_is_the_expected_one_and_major_where_the_consumer_breaks(string area, string name)
    {
        var one = DifferenceCase.ReadAll(Path.Combine(Here, "Cases", area + ".txt")).Single(c => c.Name == name);
        var judged = Judgement(area, name);
        var difference = ApiDifference.Compare(Modules(judged.GetProperty("old")), Modules(judged.GetProperty("new")), TestContext.Current.CancellationToken);

        Assert.Equal(one.Severity, difference.Severity);
        var rules = difference.Modules.SelectMany(m => m.Changes.Concat(m.Symbols.SelectMany(s => s.Changes))).Select(c => c.Rule).ToHashSet();
        Assert.Subset(rules, one.Rules.ToHashSet());
        if (judged.GetProperty("breaks").GetBoolean())
        {
            Assert.Equal(ChangeSeverity.Major, difference.Severity);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_version_does_not_differ_from_itself(string area, string name)
    {
        var judged = Judgement(area, name);
        Assert.Equal(ChangeSeverity.None, ApiDifference.Compare(Modules(judged.GetProperty("old")), Modules(judged.GetProperty("old")), TestContext.Current.CancellationToken).Severity);
        Assert.Empty(ApiDifference.Compare(Modules(judged.GetProperty("new")), Modules(judged.GetProperty("new")), TestContext.Current.CancellationToken).Modules);
    }

    [Fact]
    public void The_judge_has_seen_every_case_and_many_break()
    {
        var judged = Directory.GetFiles(Path.Combine(Here, "Judged"), "*.jsonl").SelectMany(f => File.ReadLines(f).Select(l => JsonDocument.Parse(l).RootElement)).ToList();
        Assert.Equal(Names.Count, judged.Count);
        Assert.True(judged.Count >= 130);
        Assert.True(judged.Count(j => j.GetProperty("breaks").GetBoolean()) >= 80);
    }

    private static JsonElement Judgement(string area, string name) =>
        File.ReadLines(Path.Combine(Here, "Judged", area + ".jsonl")).Select(line => JsonDocument.Parse(line).RootElement).Single(j => j.GetProperty("name").GetString() == name);

    private static List<ApiModule> Modules(JsonElement json) =>
        [.. DocJson.Read(Encoding.UTF8.GetBytes(json.GetRawText())).Modules.Select(m => new ApiModule(m.Specifier, m))];
}
