using System.Text.Json;
using Kiln.Packages.Tests.Support;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Versions;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 2.0.0-0 1.3.0-rc.1")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.3.0 0.2.2")]
    [InlineData("^0.0.3", "0.0.3", "0.0.4")]
    [InlineData("^0.0", "0.0.0 0.0.9", "0.1.0")]
    [InlineData("^0", "0.0.0 0.9.0", "1.0.0")]
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.3.0")]
    [InlineData("~1", "1.0.0 1.9.0", "2.0.0")]
    [InlineData("1", "1.0.0 1.9.9", "2.0.0 0.9.9")]
    [InlineData("1.2.x", "1.2.0 1.2.9", "1.3.0")]
    [InlineData("*", "0.0.0 99.0.0", "1.0.0-rc.1")]
    [InlineData("", "0.0.0 99.0.0", "1.0.0-rc.1")]
    [InlineData("1.2 - 2", "1.2.0 2.9.9", "1.1.9 3.0.0")]
    [InlineData("1.2.3 - 2.3.4", "1.2.3 2.3.4", "2.3.5")]
    [InlineData(">=1 <2", "1.0.0 1.9.9", "2.0.0 0.9.0")]
    [InlineData(">1", "2.0.0", "1.9.9")]
    [InlineData("1 || 3.x", "1.5.0 3.0.0", "2.0.0")]
    [InlineData(">=1.2.3-rc.1", "1.2.3-rc.2 1.2.3 2.0.0", "1.2.3-beta 1.2.4-rc.1")]
    [InlineData("1.2.3-rc.1", "1.2.3-rc.1", "1.2.3 1.2.3-rc.2")]
    [InlineData("1.2.3", "1.2.3 1.2.3+build", "1.2.4")]
    public void Accepts_and_refuses_versions(string range, string inside, string outside)
    {
        var parsed = VersionRange.Parse(range);
        Assert.All(inside.Split(' '), v => Assert.True(parsed.Satisfies(PackageVersion.Parse(v)), v));
        Assert.All(outside.Split(' '), v => Assert.False(parsed.Satisfies(PackageVersion.Parse(v)), v));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("next")]
    [InlineData("1.2.3.4")]
    [InlineData("01")]
    [InlineData("1.2.3-01")]
    [InlineData("^^1")]
    [InlineData("^")]
    [InlineData(">=")]
    [InlineData("1 - ")]
    [InlineData("1.2-rc")]
    [InlineData("9007199254740992")]
    [InlineData("1.x.3")]
    [InlineData("x.2")]
    [InlineData(">=*.1")]
    [InlineData("https://example.com/x.tgz")]
    public void A_tag_or_other_text_is_no_range(string text) => Assert.False(VersionRange.TryParse(text, out _));

    [Theory]
    [InlineData("1", true)]
    [InlineData("^1.2", true)]
    [InlineData("~1.2.3-rc.1+b", true)]
    [InlineData("*", true)]
    [InlineData("1.x", true)]
    [InlineData("^1.2.3-preview.vx", true)]
    [InlineData("", false)]
    [InlineData(">=1", false)]
    [InlineData("=1.2.3", false)]
    [InlineData("1 2", false)]
    [InlineData("1||2", false)]
    [InlineData("1 - 2", false)]
    [InlineData("v1.2.3", false)]
    [InlineData("^v1", false)]
    [InlineData("~>1", false)]
    [InlineData("^", false)]
    [InlineData("latest", false)]
    public void A_specifier_knows_only_plain_caret_and_tilde_requirements(string text, bool expected) =>
        Assert.Equal(expected, VersionRange.TryParseSpecifier(text, out _));

    [Fact]
    public void Resolves_to_the_highest_version_and_to_a_yanked_one_only_if_nothing_else_fits()
    {
        PackageVersion[] versions = [.. new[] { "1.10.0", "1.2.0", "1.9.0", "2.0.0", "1.11.0-rc.1" }.Select(PackageVersion.Parse)];
        var range = VersionRange.Parse("^1");
        Assert.Equal("1.10.0", range.Resolve(versions)?.Value);
        Assert.Equal("1.9.0", range.Resolve(versions, v => v.Value == "1.10.0")?.Value);
        Assert.Equal("1.10.0", range.Resolve(versions, _ => true)?.Value);
        Assert.Null(VersionRange.Parse("^3").Resolve(versions));
    }

    private static readonly string[] Numbers = ["0", "1", "2", "3", "9007199254740991", "01", "9007199254740992"];
    private static readonly string[] Wild = ["x", "X", "*"];
    private static readonly string[] Pre = ["-0", "-rc", "-rc.1", "-alpha.beta", "-01", "-1.-", "-x"];
    private static readonly string[] Operators = ["", "", "", "^", "~", "~>", ">", "<", ">=", "<=", "=", "^ ", "~ ", ">= ", "< ", "= ", "~> "];
    private static readonly string[] Joints = [" ", " ", "  ", " || ", "||", " - ", " - "];
    private static readonly string[] Odd = ["latest", "", "|", "-", "1.2.3.4", "v1.2.3", "=v1.2", "==1.2.3", "1.2.3-", "1.2.3+", "^v1.2", ">*", "<x", "<=*", ">=0.0.0", "<0.0.0-0", "1.", ".1", "1.2.3+b.01", "1.2.3-rc+b"];

    private static string RandomRange(Random random)
    {
        string One(string[] from) => from[random.Next(from.Length)];
        // A number after a wildcard is left out: npm's own versions disagree on it.
        string Component(ref bool wild)
        {
            var component = wild || random.Next(12) == 0 ? One(Wild) : random.Next(60) == 0 ? One(Numbers) : Numbers[random.Next(4)];
            wild |= Wild.Contains(component);
            return component;
        }

        string Partial()
        {
            var wild = false;
            return random.Next(4) switch
            {
                0 => Component(ref wild),
                1 => $"{Component(ref wild)}.{Component(ref wild)}",
                _ => $"{Component(ref wild)}.{Component(ref wild)}.{Component(ref wild)}{(random.Next(3) == 0 ? One(Pre) : "")}{(random.Next(20) == 0 ? "+b" : "")}",
            };
        }

        string Term() => random.Next(25) == 0 ? One(Odd) : One(Operators) + Partial();
        var range = Term();
        for (var terms = random.Next(3); terms > 0; terms--)
        {
            range += One(Joints) + Term();
        }

        return random.Next(10) == 0 ? $" {range} " : range;
    }

    /// <summary>Every version that could matter: around all the numbers that ranges are made of, with pre-releases.</summary>
    private static string[] Probes() =>
    [
        .. from major in new[] { "0", "1", "2", "3", "4", "9007199254740991" }
           from minor in new[] { "0", "1", "2", "3", "4" }
           from patch in new[] { "0", "1", "2", "3", "4" }
           from suffix in new[] { "", "-0", "-rc", "-rc.1", "-rc.2", "-alpha.beta", "-x" }
           where suffix == "" || (major.Length == 1 && patch is "0" or "1" or "2")
           select $"{major}.{minor}.{patch}{suffix}",
    ];

    [Fact]
    public async Task Agrees_with_npm_on_generated_ranges()
    {
        var random = new Random(20261123);
        string[] ranges = [.. Enumerable.Range(0, 4_000).Select(_ => RandomRange(random)).Concat(Odd).Distinct()];
        var probes = Probes();
        var answer = await NodeOracle.SemverAsync(
            """
            const { ranges, probes } = JSON.parse(input);
            const versions = probes.map((p) => new semver.SemVer(p));
            console.log(JSON.stringify(ranges.map((text) => {
              let range;
              try { range = new semver.Range(text); } catch { return null; }
              return versions.map((v) => (range.test(v) ? '1' : '0')).join('');
            })));
            """,
            JsonSerializer.Serialize(new { ranges, probes }));
        var expected = JsonSerializer.Deserialize<string?[]>(answer)!;
        Assert.Equal(ranges.Length, expected.Length);
        Assert.InRange(expected.Count(e => e is not null), ranges.Length / 2, ranges.Length);

        PackageVersion[] versions = [.. probes.Select(PackageVersion.Parse)];
        var differences = new List<string>();
        for (var i = 0; i < ranges.Length; i++)
        {
            var actual = VersionRange.TryParse(ranges[i], out var range)
                ? string.Concat(versions.Select(v => range.Satisfies(v) ? '1' : '0'))
                : null;
            if (actual != expected[i])
            {
                var probe = actual is null || expected[i] is null ? -1 : actual.Zip(expected[i]!).ToList().FindIndex(p => p.First != p.Second);
                differences.Add($"'{ranges[i]}': npm {(expected[i] is null ? "refuses it" : probe < 0 ? "accepts it" : $"says {expected[i]![probe]} for {probes[probe]}")}");
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences.Take(40)));
    }
}
