using System.Globalization;
using Kiln.Analysis.Docs;
using Kiln.Analysis.Docs.Lint;
using Kiln.Analysis.Graph;
using Kiln.Analysis.Tests.Graph;

namespace Kiln.Analysis.Tests.Docs.Lint;

/// <summary>Cases that deno has judged (lint-cases.mjs): the same codes at the same places, but for what differences.txt gives a reason for.</summary>
public sealed class LintCaseTests
{
    private static readonly Dictionary<(string, string), LintCase> Cases = LintCase.All().ToDictionary(c => (c.Area, c.Name));

    public static TheoryData<string, string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_deno_says(string area, string name)
    {
        var one = Cases[(area, name)];
        var found = Lint(one).ToList();
        Assert.True(one.Expected.SequenceEqual(found), $"expected\n{string.Join('\n', one.Expected)}\nKiln\n{string.Join('\n', found)}");
    }

    [Fact]
    public void Every_difference_is_one_and_has_a_reason()
    {
        var reasons = LintCase.Reasons();
        var used = new HashSet<string>();
        foreach (var one in Cases.Values)
        {
            foreach (var (reason, line) in one.Differences)
            {
                Assert.Contains(reason, reasons);
                used.Add(reason);
                Assert.Equal(line[0] == '-', one.Deno.Contains(line[2..]));
            }
        }

        Assert.Empty(reasons.Except(used));
        Assert.True(Cases.Count >= 170);
    }

    private static IEnumerable<string> Lint(LintCase one)
    {
        var package = new TestPackage();
        foreach (var (name, text) in one.Files)
        {
            package.File("/" + name, text);
        }

        var root = "/" + one.Files[0].Name;
        var graph = ModuleGraph.Build(
            new ModuleGraphInput { Exports = [new(".", root)], Source = package, Requirements = package, AllErrors = true, OnlyLoads = true },
            TestContext.Current.CancellationToken);
        return DocLint.Check(new DocRequest { Graph = graph, Roots = [root] }, TestContext.Current.CancellationToken)
            .Select(p =>
            {
                var (line, column) = graph.Find(p.Place.Path)!.SourceFile!.Lines.GetPosition(p.Place.Start);
                return string.Create(CultureInfo.InvariantCulture, $"{p.Place.Path[1..]}:{line + 1}:{column + 1} {p.Code}{(p.Code == LintCodes.PrivateTypeReference ? " " + p.Message : "")}");
            })
            .Order(StringComparer.Ordinal);
    }
}
