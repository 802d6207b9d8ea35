using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
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
        var typescript = await asked;
        Assert.Equal(files.Count, typescript.Count);

        var differences = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var theirs = typescript[Path.Combine(root, file)];
            var ours = kiln[file];
            if (ours.Length > 0 != theirs.Length > 0)
            {
                differences[file] = ours.Length > 0 ? $"Kiln refuses: {ours[0]}" : $"Kiln accepts; typescript: {theirs[0]}";
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{files.Count} files parsed in {elapsed.TotalSeconds:F1} s, {differences.Count} differences");
        var allowed = AllowedDifferences.Load(damaged: false);
        Assert.True(differences.Keys.Order(StringComparer.Ordinal).SequenceEqual(allowed.Order(StringComparer.Ordinal), StringComparer.Ordinal), Report(differences, allowed));
        Summary.Record("syntax", string.Create(CultureInfo.InvariantCulture,
            $"{files.Count} files of {Corpus.Packages.Count} packages; typescript refuses {typescript.Values.Count(e => e.Length > 0)}, Kiln refuses {kiln.Values.Count(e => e.Length > 0)}, verdicts that differ: {differences.Count}"));
    }

    private static string Report(SortedDictionary<string, string> differences, IReadOnlyCollection<string> allowed)
    {
        var text = new StringBuilder();
        foreach (var (file, why) in differences.Where(d => !allowed.Contains(d.Key)))
        {
            text.Append(file).Append(": ").AppendLine(why);
        }

        foreach (var file in allowed.Where(a => !differences.ContainsKey(a)))
        {
            text.Append(file).AppendLine(": is in the table of allowed differences, but there is none any more");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } path)
        {
            File.WriteAllText(path, text.ToString());
        }

        return text.Length > 6000 ? text.ToString(0, 6000) + "…" : text.ToString();
    }
}
