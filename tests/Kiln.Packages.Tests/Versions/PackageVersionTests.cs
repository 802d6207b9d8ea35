using System.Text.Json;
using CsCheck;
using Kiln.Packages.Tests.Support;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Versions;

public sealed class PackageVersionTests
{
    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3")]
    [InlineData("1.0.0-alpha")]
    [InlineData("1.0.0-alpha.1")]
    [InlineData("1.0.0-0.3.7")]
    [InlineData("1.0.0-x-y-z.--")]
    [InlineData("1.0.0-01a")]
    [InlineData("1.0.0+001")]
    [InlineData("1.0.0-beta+exp.sha.5114f85")]
    [InlineData("1.0.0+-")]
    [InlineData("1.0.0+a-b")]
    [InlineData("99999999999999999999999.999999999999999999.99999999999999999")]
    [InlineData("1.0.0-99999999999999999999999")]
    public void Accepts_a_version_and_gives_it_back_unchanged(string text)
    {
        Assert.True(PackageVersion.TryParse(text, out var version, out var reason), reason);
        Assert.Equal(text, version.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("v1.2.3")]
    [InlineData("=1.2.3")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.3\n")]
    [InlineData("01.2.3")]
    [InlineData("1.02.3")]
    [InlineData("1.2.03")]
    [InlineData("1.2.x")]
    [InlineData("1.2.*")]
    [InlineData("-1.2.3")]
    [InlineData("+1.2.3")]
    [InlineData("1..3")]
    [InlineData("1.2.")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-+b")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3-a.01")]
    [InlineData("1.2.3-a_b")]
    [InlineData("1.2.3-é")]
    [InlineData("1.2.3+a+b")]
    [InlineData("1.2.٣")]
    [InlineData("latest")]
    public void Rejects_what_is_no_strict_version(string? text)
    {
        Assert.False(PackageVersion.TryParse(text, out var version, out var reason));
        Assert.Null(version);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Rejects_a_version_of_more_than_256_characters()
    {
        Assert.True(PackageVersion.TryParse("1.0.0-" + new string('a', 250), out _));
        Assert.False(PackageVersion.TryParse("1.0.0-" + new string('a', 251), out _));
    }

    /// <summary>The chain of semver.org §11, and numbers at the borders of the key's encoding.</summary>
    [Fact]
    public void Orders_by_precedence()
    {
        string[] ascending =
        [
            "0.0.0-0", "0.0.0", "0.0.1", "0.1.0", "1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-" + new string('9', 25), "1.0.0-1" + new string('0', 25),
            "1.0.0--", "1.0.0-1-", "1.0.0-Z", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-alpha-", "1.0.0-alpha0", "1.0.0-alphaa", "1.0.0-beta",
            "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.9", "1.0.10", "1.9.0", "1.10.0", "2.0.0", "10.0.0",
            "9007199254740993.0.0", "18446744073709551616.0.0", new string('9', 25) + ".0.0", "1" + new string('0', 25) + ".0.0",
        ];
        var versions = ascending.Select(PackageVersion.Parse).ToArray();
        for (var i = 0; i < versions.Length; i++)
        {
            for (var j = 0; j < versions.Length; j++)
            {
                Assert.True(Math.Sign(versions[i].CompareTo(versions[j])) == i.CompareTo(j), $"{versions[i]} against {versions[j]}");
                Assert.Equal(i.CompareTo(j), Math.Sign(string.CompareOrdinal(versions[i].SortKey, versions[j].SortKey)));
            }
        }
    }

    [Fact]
    public void Build_metadata_does_not_change_the_order_but_makes_another_version()
    {
        var a = PackageVersion.Parse("1.0.0+a");
        var b = PackageVersion.Parse("1.0.0+b");
        Assert.Equal(0, a.CompareTo(b));
        Assert.NotEqual(a, b);
        Assert.Equal("a", a.Build);
    }

    [Theory]
    [InlineData("1.0.0", false)]
    [InlineData("1.0.0-rc.1", true)]
    [InlineData("1.0.0+a-b", false)]
    [InlineData("1.0.0-0+x", true)]
    public void Knows_a_prerelease(string text, bool expected) => Assert.Equal(expected, PackageVersion.Parse(text).IsPrerelease);

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("9007199254740991.0.0", true)]
    [InlineData("9007199254740992.0.0", false)]
    [InlineData("1.99999999999999999999.0", false)]
    public void Only_versions_that_clients_can_read_may_be_published(string text, bool expected) =>
        Assert.Equal(expected, PackageVersion.Parse(text).PublishProblem() is null);

    [Fact]
    public void A_published_version_fits_a_file_name()
    {
        Assert.Null(PackageVersion.Parse("1.0.0-" + new string('a', 122)).PublishProblem());
        Assert.NotNull(PackageVersion.Parse("1.0.0-" + new string('a', 123)).PublishProblem());
    }

    private static readonly Gen<string> Number = Gen.OneOf(Gen.Int[0, 3].Select(i => i.ToString()), Gen.Long[0, 9_007_199_254_740_990].Select(i => i.ToString()));

    private static readonly Gen<string> Identifier = Gen.OneOf(
        Number,
        Gen.String[Gen.Char["-01aAzZ"], 1, 4].Where(s => s.Length == 1 || s[0] != '0' || s.Any(c => !char.IsAsciiDigit(c))));

    private static readonly Gen<string> Version =
        Gen.Select(Number, Number, Number, Identifier.Array[0, 3], Gen.Bool)
            .Select((a, b, c, pre, build) => $"{a}.{b}.{c}" + (pre.Length > 0 ? "-" + string.Join('.', pre) : "") + (build ? "+b.01" : ""));

    [Fact]
    public async Task Agrees_with_npm_on_the_order_of_generated_versions()
    {
        var pairs = new List<string[]>();
        Gen.Select(Version, Version).Sample((a, b) => { lock (pairs) { pairs.Add([a, b]); } }, iter: 20_000);
        var answer = await NodeOracle.SemverAsync(
            "console.log(JSON.stringify(JSON.parse(input).map(([a, b]) => semver.compare(a, b))))",
            JsonSerializer.Serialize(pairs));
        var expected = JsonSerializer.Deserialize<int[]>(answer)!;
        Assert.Equal(pairs.Count, expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var actual = Math.Sign(PackageVersion.Parse(pairs[i][0]).CompareTo(PackageVersion.Parse(pairs[i][1])));
            Assert.True(expected[i] == actual, $"{pairs[i][0]} against {pairs[i][1]}: npm says {expected[i]}, we {actual}");
        }
    }

    /// <summary>Compares identifier by identifier, as semver.org §11 puts it, instead of by key.</summary>
    private static int Precedence(string left, string right)
    {
        static (string[] Core, string[] Pre) Split(string text)
        {
            text = text.Split('+')[0];
            var hyphen = text.IndexOf('-', StringComparison.Ordinal);
            return hyphen < 0 ? (text.Split('.'), []) : (text[..hyphen].Split('.'), text[(hyphen + 1)..].Split('.'));
        }

        static int Identifiers(string a, string b)
        {
            var numeric = (a.All(char.IsAsciiDigit), b.All(char.IsAsciiDigit));
            return numeric switch
            {
                (true, true) => System.Numerics.BigInteger.Parse(a).CompareTo(System.Numerics.BigInteger.Parse(b)),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(a, b),
            };
        }

        var (x, y) = (Split(left), Split(right));
        var order = Enumerable.Range(0, 3).Select(i => Identifiers(x.Core[i], y.Core[i])).FirstOrDefault(o => o != 0);
        if (order == 0 && (x.Pre.Length == 0 || y.Pre.Length == 0))
        {
            return y.Pre.Length.CompareTo(0) - x.Pre.Length.CompareTo(0);
        }

        order = order != 0 ? order : x.Pre.Zip(y.Pre, Identifiers).FirstOrDefault(o => o != 0);
        return order != 0 ? order : x.Pre.Length.CompareTo(y.Pre.Length);
    }

    [Fact]
    public void The_sort_key_orders_as_the_definition_does_even_for_huge_numbers()
    {
        var digits = Gen.String[Gen.Char["0123456789"], 1, 40].Select(s => s.TrimStart('0') is { Length: > 0 } t ? t : "0");
        var version = Gen.Select(digits, digits, Gen.OneOf(digits, Identifier).Array[0, 3])
            .Select((a, b, pre) => $"{a}.{b}.0" + (pre.Length > 0 ? "-" + string.Join('.', pre) : ""));
        Gen.Select(version, version).Sample(
            (a, b) => Math.Sign(Precedence(a, b))
                == Math.Sign(string.CompareOrdinal(PackageVersion.Parse(a).SortKey, PackageVersion.Parse(b).SortKey)),
            iter: 20_000);
    }
}
