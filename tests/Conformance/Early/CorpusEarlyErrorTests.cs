using System.Collections.Concurrent;
using System.Globalization;
using Kiln.Conformance.Syntax;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Early;

/// <summary>Published code runs, so nothing in it is an early error: neither in the TypeScript of the corpora nor in the JavaScript that people install.</summary>
public sealed class CorpusEarlyErrorTests
{
    [Fact]
    public void Finds_nothing_in_published_TypeScript()
    {
        var root = ToolPaths.Corpora;
        var files = Corpus.TypeScriptFiles();
        Assert.InRange(files.Count, 5_000, int.MaxValue);
        AssertNoAlarms(files.Select(f => Path.Combine(root, f)), new Dictionary<string, string>());
    }

    [Fact]
    public void Finds_nothing_in_published_JavaScript()
    {
        var files = Directory.EnumerateFiles(ToolPaths.PackageModules, "*", new EnumerationOptions { RecurseSubdirectories = true })
            .Where(f => Path.GetExtension(f) is ".js" or ".mjs" or ".cjs").Order(StringComparer.Ordinal).ToArray();
        Assert.InRange(files.Length, 3_000, int.MaxValue);
        AssertNoAlarms(files, KnownDifferences.Load("Early/javascript-alarms.txt"));
    }

    private static void AssertNoAlarms(IEnumerable<string> paths, IReadOnlyDictionary<string, string> known)
    {
        var alarms = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(paths, path =>
        {
            var goal = Path.GetExtension(path) switch { ".mjs" or ".mts" => SourceGoal.Module, ".cjs" => SourceGoal.CommonJs, _ => SourceGoal.Detect };
            var file = Parser.Parse(SyntaxOracle.Read(path), SyntaxOracle.LanguageOf(path), new ParseOptions(goal));
            var found = SyntaxChecker.Check(file);
            if (found.Length > 0)
            {
                var (line, column) = file.Lines.GetPosition(found[0].Span.Start);
                alarms[Path.GetRelativePath(ToolPaths.Tools, path)] = string.Create(CultureInfo.InvariantCulture, $"{line + 1}:{column + 1} {found[0].Code} {found[0].Message}");
            }
        });
        known.MustList(alarms);
    }
}
