namespace Kiln.TypeScript.Tests.Grammar;

public sealed class GrammarCaseTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var one in GrammarCase.All)
        {
            data.Add(one.Group, one.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reports_what_typescript_reports(string group, string name)
    {
        var one = GrammarCase.All.Single(c => c.Group == group && c.Name == name);
        var file = Parser.Parse(one.Source, one.Language);
        Assert.Empty(file.Diagnostics);

        // More than the cap allows would hide a wrong one.
        var found = GrammarChecker.CheckAll(file);
        Assert.Equal(Lines(one.Expected), Lines(found.Select(d => (Line: file.Lines.GetLine(d.Span.Start) + 1, d.Code)).Distinct().Order()));
        Assert.All(found, d => Assert.DoesNotContain("Syntax error", d.Message, StringComparison.Ordinal));
        Assert.All(found, d => Assert.DoesNotMatch(@"\{[01]\}|''", d.Message));
    }

    [Fact]
    public void There_are_cases_for_nearly_every_code() => Assert.InRange(GrammarCase.All.SelectMany(c => c.Expected).Select(e => e.Code).Distinct().Count(), 150, int.MaxValue);

    private static string Lines(IEnumerable<(int Line, int Code)> problems) => string.Join('\n', problems.Select(p => $"{p.Line}: {p.Code}"));
}
