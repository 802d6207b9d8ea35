namespace Kiln.TypeScript.RegularExpressions;

/// <summary>The literals of <c>Cases</c>: Kiln's verdict, V8's, and TypeScript's codes.</summary>
public sealed class RegularExpressionCaseTests
{
    [Fact]
    public void Gives_every_literal_its_verdict()
    {
        var wrong = RegularExpressionCase.All
            .Select(c => (Case: c, Found: Literals.Check(c.Literal)))
            .Where(r => (r.Found.Count == 0 ? 0 : r.Found[0].Code) != r.Case.Code)
            .Select(r => $"{r.Case.Literal} expected {r.Case.Code}, found {string.Join(", ", r.Found.Select(d => $"{d.Code} at {d.Span.Start} {d.Message}"))}");
        Assert.True(!wrong.Any(), string.Join("\n", wrong));
    }

    [Fact]
    public void There_are_cases() => Assert.True(RegularExpressionCase.All.Count > 600, $"{RegularExpressionCase.All.Count}");

    [Fact]
    public async Task V8_accepts_and_refuses_the_same_literals()
    {
        var cases = RegularExpressionCase.All;
        var (features, verdicts) = await RegularExpressionOracle.AskAsync([.. cases.Select(c => c.Literal)]);
        var differences = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            var (literal, code, feature) = cases[i];
            var expected = code == 0 && (feature is null || features.Contains(feature));
            if (verdicts[i].Engine != expected && !EngineDifferences.Accepted.ContainsKey(literal))
            {
                differences.Add($"{literal} expected {code}, V8 {(verdicts[i].Engine ? "accepts" : "refuses")}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Fact]
    public void Every_named_difference_is_one()
    {
        var cases = RegularExpressionCase.All.ToDictionary(c => c.Literal, c => c.Code, StringComparer.Ordinal);
        Assert.All(RegularExpressionCase.TypeScriptDifferences, d => Assert.True(cases[d.Key] != d.Value, d.Key));
        Assert.All(EngineDifferences.Accepted, d => Assert.True(cases[d.Key] != 0, d.Key));
    }

    [Fact]
    public async Task TypeScript_gives_the_same_first_code_except_where_a_reason_is_named()
    {
        var cases = RegularExpressionCase.All;
        var (_, verdicts) = await RegularExpressionOracle.AskAsync([.. cases.Select(c => c.Literal)], withTypeScript: true);
        var differences = new List<string>();
        for (var i = 0; i < cases.Count; i++)
        {
            var code = verdicts[i].TypeScript is [var first, ..] ? first : 0;
            var expected = RegularExpressionCase.TypeScriptDifferences.GetValueOrDefault(cases[i].Literal, cases[i].Code);
            if (code != expected)
            {
                differences.Add($"{cases[i].Literal} expected {expected}, TypeScript {code}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }
}
