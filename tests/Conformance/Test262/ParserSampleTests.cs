using System.Collections.Concurrent;
using System.Globalization;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Test262;

/// <summary>
/// The small cases of the npm package test262-parser-tests: <c>pass</c> must parse, <c>fail</c> must not, <c>early</c> must be an early error.
/// It is of 2017: what ECMAScript has changed since stands in a table.
/// </summary>
public sealed class ParserSampleTests
{
    [Fact]
    public void Agrees_with_the_sample()
    {
        var root = Path.Combine(ToolPaths.Corpora, "test262-parser-tests-0.0.5");
        var found = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var count = 0;
        foreach (var (folder, mustParse) in ((string, bool)[])[("pass", true), ("pass-explicit", true), ("fail", false), ("early", false)])
        {
            Parallel.ForEach(Directory.EnumerateFiles(Path.Combine(root, folder), "*.js"), path =>
            {
                Interlocked.Increment(ref count);
                var goal = path.EndsWith(".module.js", StringComparison.Ordinal) ? SourceGoal.Module : SourceGoal.Script;
                var file = Parser.Parse(SyntaxOracle.Read(path), Language.JavaScript, new ParseOptions(goal));
                var diagnostics = SyntaxChecker.Check(file);
                if (mustParse != (diagnostics.Length == 0))
                {
                    var verdict = mustParse ? string.Create(CultureInfo.InvariantCulture, $"refused: {diagnostics[0].Span.Start} {diagnostics[0].Code} {diagnostics[0].Message}") : "accepted";
                    found[$"{folder}/{Path.GetFileName(path)}"] = $"{verdict}: {file.Text}";
                }
            });
        }

        Assert.InRange(count, 3_000, int.MaxValue);
        KnownDifferences.Load("Test262/sample-differences.txt").MustList(found);
    }
}
