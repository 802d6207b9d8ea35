using System.Globalization;
using System.Text.RegularExpressions;
using Kiln.Analysis.Docs.Lint;
using Kiln.Conformance.FastCheck;
using Kiln.Tooling;

namespace Kiln.Conformance.Docs;

/// <summary>Kiln's lint says of published packages what deno's says: the same codes at the same places, but for what <c>lint-differences.txt</c> lists.</summary>
public sealed partial class LintPackageTests
{
    /// <summary>Of these, what deno says must be among what Kiln says: the table gives the reason.</summary>
    private const string OnlyMore = "more than deno: ";

    [Fact]
    public async Task Says_what_deno_says()
    {
        var known = KnownDifferences.Load("Docs/lint-differences.txt");
        var found = new List<KeyValuePair<string, string>>();
        var total = 0;
        foreach (var name in FastCheckPackage.Names)
        {
            using var modules = await PreparedModules.CreateAsync(name);
            var expected = Parse((await modules.AskDenoAsync("--lint")).Error, modules).ToHashSet(StringComparer.Ordinal);
            var actual = DocLint.Check(modules.Request, TestContext.Current.CancellationToken).Select(p => Line(p, modules)).ToHashSet(StringComparer.Ordinal);
            Assert.NotEmpty(expected);
            total += expected.Count;
            found.AddRange(expected.Except(actual).Select(line => KeyValuePair.Create($"{name} - {line}", "only deno says it")));
            var more = actual.Except(expected).ToList();
            if (known.ContainsKey(OnlyMore + name) && more.Count > 0)
            {
                found.Add(KeyValuePair.Create(OnlyMore + name, ""));
                continue;
            }

            found.AddRange(more.Select(line => KeyValuePair.Create($"{name} + {line}", "only Kiln says it")));
        }

        known.MustList(found);
        Summary.Record("lint of documentation of published packages", string.Create(CultureInfo.InvariantCulture,
            $"{FastCheckPackage.Names.Count} packages, {total} problems by `deno doc --lint`; the {found.Count} differences stand in lint-differences.txt"));
    }

    private static string Line(LintProblem problem, PreparedModules modules)
    {
        var (line, column) = modules.Graph.Find(problem.Place.Path)!.SourceFile!.Lines.GetPosition(problem.Place.Start);
        return string.Create(CultureInfo.InvariantCulture, $"{problem.Place.Path}:{line + 1}:{column + 1} {problem.Code}{(problem.Code == LintCodes.PrivateTypeReference ? " " + problem.Message : "")}");
    }

    private static IEnumerable<string> Parse(string output, PreparedModules modules)
    {
        Match? head = null;
        foreach (var line in output.Split('\n'))
        {
            if (Head().Match(line) is { Success: true } next)
            {
                head = next;
            }
            else if (head is not null && Place().Match(line) is { Success: true } place)
            {
                var code = head.Groups[1].Value;
                var message = code == LintCodes.PrivateTypeReference ? " " + InternalName().Replace(head.Groups[2].Value, m => m.Groups[1].Value == "construct" ? "[new]" : $"[{m.Groups[1].Value}]") : "";
                yield return $"{modules.PathOf(place.Groups[1].Value)}:{place.Groups[2].Value}:{place.Groups[3].Value} {code}{message}";
                head = null;
            }
        }
    }

    [GeneratedRegex(@"^error\[(.*?)\]: (.*)", RegexOptions.None, 10_000)]
    private static partial Regex Head();

    [GeneratedRegex(@"^ *--> (.*):(\d+):(\d+)$", RegexOptions.None, 10_000)]
    private static partial Regex Place();

    /// <summary>Names that deno has for what has none.</summary>
    [GeneratedRegex("""(?:\.prototype\.|\[")%%dg_(call|construct|index)%%(?:"\])?""", RegexOptions.None, 10_000)]
    private static partial Regex InternalName();
}
