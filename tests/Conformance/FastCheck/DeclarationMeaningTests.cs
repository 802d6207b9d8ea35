using System.Globalization;
using System.Text.Json;
using Kiln.Analysis.FastCheck;
using Kiln.Analysis.Tests.FastCheck;
using Kiln.Tooling;

namespace Kiln.Conformance.FastCheck;

/// <summary>
/// Kiln's declarations of every accepted case of fast check: typescript finds no error in them under <c>strict</c> without <c>skipLibCheck</c>, and they
/// mean what typescript's own declarations mean. Poorer types stand in <c>poorer-types.txt</c> with the reason.
/// </summary>
public sealed class DeclarationMeaningTests
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Means_what_typescript_s_declarations_mean()
    {
        var cases = FastCheckCase.All().Where(c => c.Declarations.Count > 0).ToList();
        Assert.InRange(cases.Count, 300, int.MaxValue);
        var verdicts = await JudgeAsync(cases);
        var known = KnownDifferences.Load("FastCheck/poorer-types.txt");
        known.MustList(verdicts.SelectMany(Complaints));
        Summary.Record("declarations of the cases of fast check", string.Create(CultureInfo.InvariantCulture,
            $"{verdicts.Count} accepted cases: typescript (strict, without skipLibCheck) finds no error in Kiln's declarations; {verdicts.Count - verdicts.Count(v => v.Differences.Length > 0)} mean what typescript's own declarations mean, the others stand in poorer-types.txt"));
    }

    private static IEnumerable<KeyValuePair<string, string>> Complaints(Verdict verdict)
    {
        if (!verdict.IsUnchecked && verdict.Errors is { Length: > 0 } errors)
        {
            yield return new(verdict.Name + " (errors)", string.Join("\n  ", errors));
        }

        if (verdict.Differences.Length > 0)
        {
            yield return new(verdict.Name, string.Join("\n  ", verdict.Differences));
        }
    }

    private static async Task<List<Verdict>> JudgeAsync(List<FastCheckCase> cases)
    {
        var lines = cases.Select(one => JsonSerializer.Serialize(new
        {
            name = $"{one.Area}: {one.Name}",
            isUnchecked = one.IsUnchecked,
            modules = PackageTypes.Analyze(one.BuildGraph(), TestContext.Current.CancellationToken).Modules
                .Where(m => !m.Module.Module.Path.Contains(".d.", StringComparison.Ordinal))
                .ToDictionary(m => m.Module.Module.Path[1..], m => m.Declarations.Text, StringComparer.Ordinal),
            expected = one.Declarations,
            others = one.Modules.Where(m => m.Key.Contains(".d.", StringComparison.Ordinal) || m.Key.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal),
        }));
        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "declarations-oracle.mjs"), ToolPaths.ClientModules], input: string.Join('\n', lines), seconds: 300);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();
        Assert.Equal(cases.Count, verdicts.Count);
        return verdicts;
    }

    private sealed record Verdict(string Name, string[] Errors, string[] Differences, bool IsUnchecked);
}
