using Kiln.Analysis.Graph;
using Kiln.Analysis.Symbols;
using Kiln.Analysis.Tests.Graph;

namespace Kiln.Analysis.Tests.Symbols;

public sealed class PublicApiCaseTests
{
    public static TheoryData<string, string> Names
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var path in Directory.EnumerateFiles(SymbolCase.Folder, "*.txt").Order(StringComparer.Ordinal))
            {
                var file = Path.GetFileName(path);
                foreach (var item in SymbolCase.ReadAll(file))
                {
                    data.Add(file, item.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_api_is_the_reference_s(string file, string name)
    {
        var item = SymbolCase.ReadAll(file).Single(c => c.Name == name);
        var graph = Build(item);
        var api = PublicApi.Trace(graph, TestContext.Current.CancellationToken);

        var (expected, problems) = Expect(item);
        Assert.Equal(string.Join("\n", problems), string.Join("\n", api.Problems.Select(problem => Write(graph, problem)).Order(StringComparer.Ordinal)));
        if (expected is not null)
        {
            Assert.Equal(string.Join("\n", expected), string.Join("\n", List(api)));
        }
    }

    private static ModuleGraph Build(SymbolCase item)
    {
        var package = new TestPackage();
        foreach (var (path, text) in item.Modules)
        {
            package.File("/" + path, text);
            if (path == item.Modules[0].Key)
            {
                package.Export(".", "/" + path);
            }
            else if (path.StartsWith("export-", StringComparison.Ordinal))
            {
                package.Export("./" + path, "/" + path);
            }
        }

        return package.Pass();
    }

    /// <summary>Every module with its path in front, so that differences can name one entry.</summary>
    private static IEnumerable<string> List(PublicApi api) =>
        api.Modules
            .SelectMany(module => PublicListing.Of(module.Module.SourceFile!, module).Select(entry => $"{module.Module.Path[1..]} {entry}").Prepend(module.Module.Path[1..]))
            .Order(StringComparer.Ordinal);

    private static string Write(ModuleGraph graph, ModuleProblem problem)
    {
        if (problem.Problem.End == 0)
        {
            return $"{problem.Problem.Code} {problem.Path[1..]}:0:0";
        }

        var (line, column) = graph.Find(problem.Path)!.SourceFile!.Lines.GetPosition(problem.Problem.Start);
        return $"{problem.Problem.Code} {problem.Path[1..]}:{line + 1}:{column + 1}";
    }

    /// <summary>What the reference says, with the differences applied; a null list when it says nothing because there are problems.</summary>
    private static (IReadOnlyCollection<string>? Public, IReadOnlyCollection<string> Problems) Expect(SymbolCase item)
    {
        var isKnown = item.Public is not null || item.Differences.Any(line => line.StartsWith('+'));
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        var problems = item.Problems.Order(StringComparer.Ordinal).ToList();
        var module = "";
        foreach (var line in item.Public ?? [])
        {
            module = line.StartsWith("  ", StringComparison.Ordinal) ? module : line;
            expected.Add(line == module ? module : $"{module} {line.Trim()}");
        }

        foreach (var line in item.Differences)
        {
            if (line.StartsWith("+ ", StringComparison.Ordinal))
            {
                expected.Add(line[2..].Split(' ')[0]);
                Assert.True(expected.Add(line[2..]), line);
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                Assert.True(problems.Remove(line[2..]) || expected.Remove(line[2..]), line);
            }
            else
            {
                Assert.StartsWith("because ", line, StringComparison.Ordinal);
            }
        }

        return (isKnown ? expected : null, problems);
    }
}
