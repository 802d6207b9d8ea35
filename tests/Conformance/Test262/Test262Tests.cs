using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Kiln.Tooling;
using Kiln.TypeScript;

namespace Kiln.Conformance.Test262;

/// <summary>
/// ECMAScript's own tests, as far as parsing goes: what must parse is accepted, what must fail early is refused. The checkout is not part of
/// the repository: set <c>KILN_TEST262</c> to its path. The results are docs/conformance/test262-*.txt.
/// </summary>
public sealed class Test262Tests
{
    [Trait("Needs", "checkout")]
    [Theory]
    [InlineData("language")]
    [InlineData("annexB", "built-ins", "intl402", "staging")]
    public void Agrees_with_test262(params string[] parts)
    {
        var checkout = Environment.GetEnvironmentVariable("KILN_TEST262");
        Assert.SkipWhen(string.IsNullOrEmpty(checkout), "KILN_TEST262 names no checkout of test262; its cases are not part of this repository.");
        var root = Path.Combine(checkout!, "test");
        var files = parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(root, part), "*.js", SearchOption.AllDirectories))
            .Where(f => !f.Contains("_FIXTURE", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.InRange(files.Length, 20_000, int.MaxValue);

        var (accepted, refused, positives, negatives) = (0, 0, 0, 0);
        var differences = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        Parallel.ForEach(files, path =>
        {
            var test = Test262Case.Read(root, path);
            Interlocked.Increment(ref test.MustFail ? ref negatives : ref positives);
            var wrong = test.Variants().Select(text => Judge(test, text)).FirstOrDefault(message => message is not null);
            if (wrong is null)
            {
                Interlocked.Increment(ref test.MustFail ? ref refused : ref accepted);
            }
            else
            {
                differences[test.Name] = wrong;
            }
        });

        var allowed = KnownDifferences.Load("test262-differences.txt").Where(d => parts.Contains(d.Key.Split('/')[0])).ToDictionary(StringComparer.Ordinal);
        Write(parts, accepted, positives, refused, negatives, differences, allowed);
        allowed.MustList(differences);
        Assert.InRange((double)accepted / positives, 0.999, 1);
        Assert.InRange((double)refused / negatives, 0.995, 1);
    }

    /// <summary>Null when the verdict is right.</summary>
    private static string? Judge(Test262Case test, string text)
    {
        var file = Parser.Parse(text, Language.JavaScript, new ParseOptions(test.IsModule ? SourceGoal.Module : SourceGoal.Script));
        var diagnostics = file.Diagnostics.Length > 0 ? file.Diagnostics : EarlyErrors.Check(file);
        if (test.MustFail == diagnostics.Length > 0)
        {
            return null;
        }

        if (test.MustFail)
        {
            return "accepted";
        }

        var (line, column) = file.Lines.GetPosition(diagnostics[0].Span.Start);
        return string.Create(CultureInfo.InvariantCulture, $"refused at {line + 1}:{column + 1}: {diagnostics[0].Code} {diagnostics[0].Message}");
    }

    private static void Write(string[] parts, int accepted, int positives, int refused, int negatives, IDictionary<string, string> differences, IReadOnlyDictionary<string, string> allowed)
    {
        var text = new StringBuilder()
            .Append("test262, ").AppendJoin(", ", parts).Append(": written by tests/Conformance with KILN_TEST262 set to a checkout of tc39/test262.\n\n")
            .Append(CultureInfo.InvariantCulture, $"must parse:        {accepted} of {positives} accepted ({100.0 * accepted / positives:F2} %)\n")
            .Append(CultureInfo.InvariantCulture, $"must fail to parse: {refused} of {negatives} refused ({100.0 * refused / negatives:F2} %)\n\n");
        foreach (var (name, what) in differences.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            text.Append(name).Append(": ").Append(what).Append("\n    ").Append(allowed.GetValueOrDefault(name, "not explained")).Append('\n');
        }

        var folder = Path.Combine(ToolPaths.Root, "docs", "conformance");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"test262-{parts[0]}.txt"), text.ToString());
    }
}
