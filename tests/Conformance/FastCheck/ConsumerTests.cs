using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiln.Analysis.FastCheck;
using Kiln.Tooling;

namespace Kiln.Conformance.FastCheck;

/// <summary>
/// Programs that use packages without slow types: typescript accepts and rejects the same lines, with the same errors, whether the package's declarations are
/// Kiln's or its own. A line of <c>Consumers</c> that must be rejected ends with <c>// error TS…</c>.
/// </summary>
public sealed partial class ConsumerTests
{
    private const int LinesOfEachKind = 20;

    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Accept_and_reject_as_with_typescript_s_declarations()
    {
        var consumers = Directory.GetFiles(Path.Combine(ToolPaths.Root, "tests", "Conformance", "FastCheck", "Consumers"), "*.ts").Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText, StringComparer.Ordinal);
        Assert.InRange(consumers.Count, 3, int.MaxValue);
        var input = new StringBuilder();
        foreach (var (name, consumer) in consumers)
        {
            Assert.Equal("passes", FastCheckPackage.AnswerOfDeno(name)[0]);
            var package = await FastCheckPackage.PrepareAsync(name);
            var types = PackageTypes.Analyze(package.BuildGraph(), TestContext.Current.CancellationToken);
            Assert.True(types.Passes);
            input.AppendLine(JsonSerializer.Serialize(new
            {
                name,
                exports = package.Exports,
                consumer,
                sources = package.Files.Where(f => f.Key.EndsWith("ts", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value), StringComparer.Ordinal),
                modules = types.Modules.ToDictionary(m => m.Module.Module.Path, m => m.Declarations.Text, StringComparer.Ordinal),
            }));
        }

        var run = await Child.RunAsync(ToolPaths.Node, [Path.Combine(ToolPaths.Scripts, "consumers-oracle.mjs"), ToolPaths.ClientModules, ToolPaths.PackageModules], input: input.ToString(), seconds: 300);
        var verdicts = run.MustSucceed().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Verdict>(line, Camel)!).ToList();
        Assert.Equal(consumers.Count, verdicts.Count);
        var summary = new List<string>();
        var report = new StringBuilder();
        foreach (var verdict in verdicts)
        {
            var lines = consumers[verdict.Name].Split('\n');
            var rejected = lines.Select((line, i) => (Code: Marker().Match(line).Groups[1].Value, Number: i + 1)).Where(l => l.Code.Length > 0)
                .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Number} {l.Code}")).ToHashSet(StringComparer.Ordinal);
            var accepted = lines.Count(line => line.StartsWith("export ", StringComparison.Ordinal)) - lines.Count(line => line.StartsWith("export ", StringComparison.Ordinal) && Marker().IsMatch(line));
            Assert.InRange(rejected.Count, LinesOfEachKind, int.MaxValue);
            Assert.InRange(accepted, LinesOfEachKind, int.MaxValue);
            Explain(report, verdict.Name + " with typescript's declarations", lines, rejected, verdict.Typescript);
            Explain(report, verdict.Name + " with Kiln's declarations", lines, rejected, verdict.Kiln);
            foreach (var error in verdict.NewErrors)
            {
                report.AppendLine(CultureInfo.InvariantCulture, $"{verdict.Name}: error in Kiln's declarations: {error}");
            }

            summary.Add(string.Create(CultureInfo.InvariantCulture, $"{verdict.Name}: {accepted} lines accepted and {rejected.Count} rejected, the same with Kiln's declarations as with those of `tsc -d`"));
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } target)
        {
            await File.WriteAllTextAsync(target, report.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.True(report.Length == 0, report.ToString());
        Summary.Record("programs that use packages", [.. summary]);
    }

    private static void Explain(StringBuilder report, string whose, string[] lines, HashSet<string> expected, string[] found)
    {
        foreach (var missing in expected.Except(found))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{whose}: no error {missing}: {LineOf(missing)}");
        }

        foreach (var surplus in found.Except(expected))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{whose}: unexpected error {surplus}: {LineOf(surplus)}");
        }

        string LineOf(string error) => lines[int.Parse(error.Split(' ')[0], CultureInfo.InvariantCulture) - 1];
    }

    [GeneratedRegex(@"// error (TS\d+)$", RegexOptions.None, 1000)]
    private static partial Regex Marker();

    private sealed record Verdict(string Name, string[] Typescript, string[] Kiln, string[] NewErrors);
}
