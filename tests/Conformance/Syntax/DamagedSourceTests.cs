using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kiln.Tooling;

namespace Kiln.Conformance.Syntax;

/// <summary>
/// Published files are nearly all correct, so on their own they only show that Kiln accepts enough. Here one token of a real file is lost,
/// doubled, swapped or the end is cut off, and the verdicts must agree again: what typescript refuses Kiln refuses, and what Kiln refuses
/// typescript refuses, counting the grammar errors that it finds after parsing.
/// </summary>
public sealed class DamagedSourceTests
{
    private const int InvalidReferenceDirective = 1084;
    private const string Targets = "(){}[]<>;,:=.?*&|'\"`";

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
            if (text.Length is > 200 and < 40_000 && Damage(text, random) is { } broken)
            {
                damaged[$"/{i.ToString(CultureInfo.InvariantCulture)}/{file}"] = broken;
            }
        }

        var asked = SyntaxOracle.AskTypeScriptAsync(damaged.Select(d => (d.Key, d.Value)));
        var kiln = new ConcurrentDictionary<string, SyntaxError[]>(StringComparer.Ordinal);
        var crashes = new ConcurrentBag<string>();
        Parallel.ForEach(damaged, d =>
        {
            try
            {
                kiln[d.Key] = SyntaxOracle.AskKiln(d.Key, d.Value);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or InvalidCastException)
            {
                crashes.Add($"{d.Key}: {e}");
                kiln[d.Key] = [];
            }
        });
        var typescript = await asked;
        foreach (var (file, errors) in typescript.ToList())
        {
            // A damaged `/// <reference` is a comment to the language; what it may say is checked where packages are built.
            typescript[file] = [.. errors.Where(e => e.Code != InvalidReferenceDirective)];
        }

        var accepted = damaged.Keys.Where(f => kiln[f].Length == 0 && typescript[f].Length > 0).ToList();
        var refused = damaged.Keys.Where(f => kiln[f].Length > 0 && typescript[f].Length == 0).ToList();
        var judged = await SyntaxOracle.AskTypeScriptForGrammarAsync(refused.Select(f => (f, damaged[f])));
        var late = refused.RemoveAll(f => judged[f].Length > 0);

        var allowed = AllowedDifferences.Load(damaged: true).Keys.ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], allowed.Except(accepted.Concat(refused), StringComparer.Ordinal));
        accepted.RemoveAll(allowed.Contains);
        refused.RemoveAll(allowed.Contains);

        Assert.InRange(typescript.Values.Count(e => e.Length > 0), damaged.Count / 2, damaged.Count);
        var report = new StringBuilder();
        report.AppendJoin('\n', crashes);
        foreach (var f in accepted)
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{f}: Kiln accepts; typescript: {typescript[f][0]}\n    {Line(damaged[f], typescript[f][0].Line)}");
        }

        foreach (var f in refused)
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{f}: typescript accepts; Kiln: {kiln[f][0]}\n    {Line(damaged[f], kiln[f][0].Line)}");
        }

        if (Environment.GetEnvironmentVariable("KILN_DIFFERENCES") is { Length: > 0 } path)
        {
            File.WriteAllText(path + ".damaged", report.ToString());
        }

        Assert.True(report.Length == 0, $"{accepted.Count} wrongly accepted, {refused.Count} wrongly refused\n{report}");
        Summary.Record("damaged sources", string.Create(CultureInfo.InvariantCulture,
            $"{damaged.Count} files with one damage each; typescript's parser refuses {typescript.Values.Count(e => e.Length > 0)}, its later grammar checks {late} more that Kiln refuses, verdicts that differ: {allowed.Count}, each with its reason in allowed-differences.txt"));
    }

    private static string Line(string text, int line) => string.Join("\n    ", text.Split('\n').Skip(Math.Max(0, line - 3)).Take(5));

    private static string? Damage(string text, Random random)
    {
        var kind = random.Next(4);
        if (kind == 3)
        {
            return text[..random.Next(text.Length / 2, text.Length)];
        }

        for (var attempt = 0; attempt < 200; attempt++)
        {
            var at = random.Next(text.Length);
            if (!Targets.Contains(text[at], StringComparison.Ordinal))
            {
                continue;
            }

            return kind switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, text[at].ToString()),
                _ => text.Remove(at, 1).Insert(at, Targets[random.Next(Targets.Length)].ToString()),
            };
        }

        return null;
    }
}
