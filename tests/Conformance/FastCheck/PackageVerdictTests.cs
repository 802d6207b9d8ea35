using System.Globalization;
using Kiln.Analysis.FastCheck;

namespace Kiln.Conformance.FastCheck;

/// <summary>Kiln finds the slow types that deno finds in published packages: same codes at the same places. What differs stands in <c>package-differences.txt</c>.</summary>
public sealed class PackageVerdictTests
{
    [Fact]
    public async Task Finds_what_deno_finds()
    {
        var found = new List<KeyValuePair<string, string>>();
        var (agreeing, passing, problems) = (0, 0, 0);
        foreach (var name in FastCheckPackage.Names)
        {
            var answer = FastCheckPackage.AnswerOfDeno(name);
            var package = await FastCheckPackage.PrepareAsync(name);
            var graph = package.BuildGraph();
            var types = PackageTypes.Analyze(graph, TestContext.Current.CancellationToken);
            var lines = types.Problems.Select(p => Line(graph.Find(p.Path)?.SourceFile, p.Path, p.Problem)).ToHashSet(StringComparer.Ordinal);
            var expected = answer.Skip(1).ToHashSet(StringComparer.Ordinal);
            found.AddRange(expected.Except(lines).Select(line => KeyValuePair.Create($"{name} {line}", "deno finds it, Kiln does not")));
            found.AddRange(lines.Except(expected).Select(line => KeyValuePair.Create($"{name} {line}", "Kiln finds it, deno does not")));
            if (types.Passes != (answer[0] == "passes"))
            {
                found.Add(new(name, $"deno says it {answer[0]}, Kiln says it {(types.Passes ? "passes" : "slow")}"));
            }

            agreeing += lines.SetEquals(expected) ? 1 : 0;
            passing += answer[0] == "passes" ? 1 : 0;
            problems += expected.Count;
        }

        KnownDifferences.Load("FastCheck/package-differences.txt").MustList(found);
        Summary.Record("slow types of published packages", string.Create(CultureInfo.InvariantCulture,
            $"{FastCheckPackage.Names.Count} packages, {passing} of them without slow types, {problems} problems in the others: in {agreeing} packages Kiln finds exactly what deno finds, at the same lines and columns; the rest stands in package-differences.txt"));
    }

    private static string Line(TypeScript.SourceFile? file, string path, FastCheckDiagnostic problem)
    {
        if (file is null || problem.End == 0)
        {
            return $"{problem.Code} {path[1..]}";
        }

        var (line, column) = file.Lines.GetPosition(problem.Start);
        return string.Create(CultureInfo.InvariantCulture, $"{problem.Code} {path[1..]}:{line + 1}:{column + 1}");
    }
}
