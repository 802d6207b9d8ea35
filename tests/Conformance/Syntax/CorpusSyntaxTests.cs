using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// typescript 5.9 is the judge of syntax, in both directions: what it accepts Kiln accepts, what it refuses Kiln refuses. Differences on
/// purpose stand in <c>allowed-differences.txt</c> with a reason; an entry that is no longer needed fails the test too.
/// </summary>
public sealed class CorpusSyntaxTests
{
    [Fact]
    public async Task Agrees_with_typescript_on_every_file_of_the_corpora()
    {
        var root = ToolPaths.Corpora;
        var files = Corpus.TypeScriptFiles();
        Assert.InRange(files.Count, 5_000, int.MaxValue);

        var asked = SyntaxOracle.AskTypeScriptAsync(files.Select(f => Path.Combine(root, f)));
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(files, file => kiln[file] = SyntaxOracle.AskKiln(file, SyntaxOracle.Read(Path.Combine(root, file))));
        var elapsed = clock.Elapsed;
        var typescript = (await asked).ToDictionary(v => Path.GetRelativePath(root, v.Key), v => v.Value, StringComparer.Ordinal);
        var comparison = new SyntaxComparison(kiln, typescript);

        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files parsed in {elapsed.TotalSeconds:F1} s, {comparison.Differences.Count} differences");
        AllowedDifferences.Load(damaged: false).MustList(comparison.Differences);
        Summary.Record("syntax", string.Create(CultureInfo.InvariantCulture,
            $"{files.Count} files of {Corpus.Packages.Count} packages; typescript refuses {comparison.RefusedByTypeScript}, Kiln refuses {comparison.RefusedByKiln}, verdicts that differ: {comparison.Differences.Count}"));
    }
}
