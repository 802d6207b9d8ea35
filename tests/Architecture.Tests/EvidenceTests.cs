using System.Text.RegularExpressions;

namespace Kiln.Architecture;

/// <summary>
/// docs/hostile-input.md and docs/faults.md say which test stands for which row of the threat model. They stay true: every row has its line, and every test that a line names exists.
/// </summary>
public sealed partial class EvidenceTests
{
    private static readonly string[] Rows =
    [
        .. Numbered("T", 15, "D"), .. Numbered("H", 13, "D"), .. Numbered("C", 10, "D"), .. Numbered("F", 40, "D2"),
    ];

    [Fact]
    public void Every_row_has_one_line()
    {
        var lines = Lines().Select(l => l.Row).ToArray();
        Assert.Empty(Rows.Except(lines));
        Assert.Equal(lines.Distinct(StringComparer.Ordinal), lines);
    }

    [Fact]
    public void Every_line_names_a_test_or_says_that_there_is_none()
    {
        var silent = Lines().Where(l => !Reference().IsMatch(l.Text) && !Missing().IsMatch(l.Text)).Select(l => l.Row);
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_test_that_a_line_names_exists()
    {
        var lost = Lines()
            .SelectMany(l => Reference().Matches(l.Text).Select(m => (l.Row, File: m.Groups[1].Value, Method: m.Groups[2].Value)))
            .Where(r => Path.Combine(Repository.Root, "tests", r.File + ".cs") is var path && (!File.Exists(path) || !IsTest(File.ReadAllText(path), r.Method)))
            .Select(r => $"{r.Row}: {r.File}.{r.Method}");
        Assert.Empty(lost);
    }

    /// <summary>A test, or a class that inherits all of another. A call of it, or a test that was turned off by taking its attribute away, is none.</summary>
    private static bool IsTest(string source, string name) => Regex.IsMatch(
        source,
        $@"\[(?:Fact|Theory)\b(?:(?!\bpublic\b)[\s\S])*\bpublic (?:static )?(?:async )?(?:Task|ValueTask|void) {name}\(|\bpublic sealed class {name}\([^)]*\) : [A-Za-z]+Tests\(",
        RegexOptions.None, TimeSpan.FromSeconds(5));

    private static IEnumerable<string> Numbered(string letter, int count, string format) => Enumerable.Range(1, count).Select(n => letter + n.ToString(format, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Rows with what their last cell says.</summary>
    private static IEnumerable<(string Row, string Text)> Lines() =>
        from file in new[] { "docs/hostile-input.md", "docs/faults.md" }
        from line in File.ReadLines(Path.Combine(Repository.Root, file))
        let match = Row().Match(line)
        where match.Success
        select (match.Groups[1].Value, match.Groups[2].Value);

    [GeneratedRegex(@"^\| ([THCF][0-9]+) \|.* \| (.*) \|$", RegexOptions.None, 1000)]
    private static partial Regex Row();

    /// <summary>At the beginning of a sentence of the cell.</summary>
    [GeneratedRegex(@"(?:^|; )missing\b", RegexOptions.None, 1000)]
    private static partial Regex Missing();

    /// <summary><c>Project/Folder/Class.Method</c> in backquotes; the path is below <c>tests</c>.</summary>
    [GeneratedRegex(@"`([A-Za-z0-9.]+(?:/[A-Za-z0-9]+)+)\.([A-Za-z0-9_]+)`", RegexOptions.None, 1000)]
    private static partial Regex Reference();
}
