using System.Globalization;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Tests.FastCheck;

/// <summary>Packages in <c>Cases</c>, with the answers of deno and typescript that <c>generate.mjs</c> wrote.</summary>
public sealed class FastCheckCaseTests
{
    private static readonly Dictionary<(string Area, string Name), FastCheckCase> All = FastCheckCase.All().ToDictionary(c => (c.Area, c.Name));

    public static TheoryData<string, string> Cases() => Where(_ => true);

    public static TheoryData<string, string> CasesWithDeclarations() => Where(c => c.Declarations.Count > 0 && !c.HasOtherForm);

    private static TheoryData<string, string> Where(Func<FastCheckCase, bool> condition) => [.. All.Values.Where(condition).Select(c => (c.Area, c.Name))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_what_deno_finds(string area, string name)
    {
        var one = All[(area, name)];
        var found = DiagnosticsOf(one);
        if (one.IsAccepted)
        {
            Assert.NotEmpty(one.Diagnostics);
            Assert.Empty(found);
            return;
        }

        Assert.True(one.Diagnostics.SequenceEqual(found), $"expected\n{string.Join('\n', one.Diagnostics)}\nKiln\n{string.Join('\n', found)}");
    }

    /// <summary>Token by token. Where Kiln says the same in other words, <c>DeclarationMeaningTests</c> judges alone.</summary>
    [Theory]
    [MemberData(nameof(CasesWithDeclarations))]
    public void Writes_the_declarations(string area, string name)
    {
        var one = All[(area, name)];
        var written = PackageTypes.Analyze(one.BuildGraph(), TestContext.Current.CancellationToken).Modules.ToDictionary(m => m.Module.Module.Path[1..], m => m.Declarations.Text, StringComparer.Ordinal);
        Assert.Equal(one.Declarations.Keys.Order(StringComparer.Ordinal), written.Keys.Where(path => !path.Contains(".d.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (var (path, expected) in one.Declarations)
        {
            var (wanted, got) = (DeclarationTokens.Of(expected), DeclarationTokens.Of(UnusedDeclarations.Remove(written[path], expected)));
            Assert.True(wanted == got, $"{path}\nexpected {wanted}\nKiln     {got}");
        }
    }

    private static List<string> DiagnosticsOf(FastCheckCase one)
    {
        var graph = one.BuildGraph();
        return [.. PackageTypes.Analyze(graph, TestContext.Current.CancellationToken).Problems
            .Select(p => (p.Path, Place: Place(graph.Find(p.Path), p.Problem), p.Problem.Code))
            .OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Place).ThenBy(p => p.Code, StringComparer.Ordinal)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Code} {p.Path[1..]}{(p.Place.Line == 0 ? "" : $":{p.Place.Line}:{p.Place.Column}")}"))];
    }

    /// <summary>One-based; zero for the module as a whole.</summary>
    private static (int Line, int Column) Place(ModuleEntry? module, FastCheckDiagnostic problem)
    {
        if (problem.End == 0 || module?.SourceFile is not { } file)
        {
            return (0, 0);
        }

        var (line, column) = file.Lines.GetPosition(problem.Start);
        return (line + 1, column + 1);
    }
}
