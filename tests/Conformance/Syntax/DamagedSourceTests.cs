using System.Globalization;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// Published files are nearly all correct, so on their own they only show that Kiln accepts enough. Here one token of a real file is lost,
/// doubled, swapped or the end is cut off, and the verdicts must agree again: what typescript refuses Kiln refuses, and what Kiln refuses
/// typescript refuses, counting the grammar errors that it finds after parsing.
/// </summary>
public sealed class DamagedSourceTests
{
    [Fact]
    public async Task Agrees_with_typescript_on_damaged_files()
    {
        var root = ToolPaths.Corpora;
        var files = Corpus.TypeScriptFiles();
        var random = new Random(777);
        var damaged = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            var file = files[i];
            var text = SyntaxOracle.Read(Path.Combine(root, file));
            if (text.Length is > 200 and < 40_000 && SourceDamage.Damage(text, random) is { } broken)
            {
                damaged[$"/{i.ToString(CultureInfo.InvariantCulture)}/{file}"] = broken;
            }
        }

        var comparison = await DamagedComparison.RunAsync(damaged);
        var allowed = AllowedDifferences.Load(damaged: true);
        allowed.MustList(comparison.Differences);
        Assert.InRange(comparison.Verdicts.RefusedByTypeScript, damaged.Count / 2, damaged.Count);
        Summary.Record("damaged sources", string.Create(CultureInfo.InvariantCulture,
            $"{damaged.Count} files with one damage each; typescript's parser refuses {comparison.Verdicts.RefusedByTypeScript}, its later grammar checks {comparison.RefusedLate} more that Kiln refuses, verdicts that differ: {allowed.Count}, each with its reason in allowed-differences.txt"));
    }
}
