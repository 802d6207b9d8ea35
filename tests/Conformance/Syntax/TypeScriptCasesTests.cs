using System.Collections.Concurrent;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// TypeScript's own test cases: accept or refuse as typescript's parser does. Differences on purpose stand in
/// <c>allowed-case-differences.txt</c>; docs/conformance/typescript-cases.txt is the result sheet.
/// </summary>
public sealed class TypeScriptCasesTests
{
    [Fact]
    public async Task Agrees_with_typescript_on_its_own_cases()
    {
        var cases = TypeScriptCase.LoadAll();
        Assert.InRange(cases.Count, 4_000, int.MaxValue);
        var asked = SyntaxOracle.AskTypeScriptAsync(cases.Select(c => (c.Name, c.Text)));
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        Parallel.ForEach(cases, c => kiln[c.Name] = SyntaxOracle.AskKiln(c.Name, c.Text));
        var comparison = new SyntaxComparison(kiln, await asked);

        var allowed = AllowedDifferences.LoadCases();
        TypeScriptCasesReport.Write(cases, comparison, allowed);
        comparison.MustBeThose(allowed.Keys);
    }
}
