using CsCheck;
using Kiln.Packages.Names;

namespace Kiln.Packages.Tests.Names;

public sealed class NameTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789-";

    [Theory]
    [InlineData("ab")]
    [InlineData("1a")]
    [InlineData("12")]
    [InlineData("a-b-c")]
    [InlineData("abcdefghijklmnopqrst")]
    public void Accepts_a_scope_name(string text)
    {
        Assert.True(ScopeName.TryParse(text, out var name));
        Assert.Equal(text, name.Value);
        Assert.Equal(text, name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("Ab")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("@ab")]
    [InlineData("ab ")]
    [InlineData("äb")]
    [InlineData("\u212Aa")]
    [InlineData("abcdefghijklmnopqrstu")]
    public void Rejects_what_is_no_scope_name(string? text)
    {
        Assert.False(ScopeName.TryParse(text, out var name, out var reason));
        Assert.Null(name);
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Package_names_have_from_2_to_58_characters()
    {
        Assert.False(PackageName.TryParse("a", out _));
        Assert.True(PackageName.TryParse("ab", out _));
        Assert.True(PackageName.TryParse(new string('a', 58), out _));
        Assert.False(PackageName.TryParse(new string('a', 59), out _));
    }

    [Fact]
    public void Equal_names_are_equal_values()
    {
        Assert.Equal(ScopeName.Parse("kiln"), ScopeName.Parse("kiln"));
        Assert.NotEqual(PackageReference.Parse("@a1/b1"), PackageReference.Parse("@a1/b2"));
        Assert.Equal(PackageReference.Parse("@a1/b1"), PackageReference.Parse("@a1/b1"));
    }

    [Theory]
    [InlineData("@luca/flag", "@jsr/luca__flag")]
    [InlineData("@std-x/fs-2", "@jsr/std-x__fs-2")]
    public void Maps_to_the_npm_name(string name, string npm)
    {
        Assert.Equal(npm, PackageReference.Parse(name).NpmName);
        Assert.True(PackageReference.TryParseNpm(npm, out var back));
        Assert.Equal(name, back.ToString());
    }

    [Theory]
    [InlineData("luca/flag")]
    [InlineData("@luca")]
    [InlineData("@/flag")]
    [InlineData("@luca/")]
    [InlineData("@luca/flag/x")]
    [InlineData("@lu__ca/flag")]
    [InlineData("@luca/flag@1")]
    public void Rejects_what_is_no_package_reference(string text) => Assert.False(PackageReference.TryParse(text, out _));

    [Theory]
    [InlineData("@jsr/luca_flag")]
    [InlineData("@jsr/luca__flag__x")]
    [InlineData("@jsr/__flag")]
    [InlineData("@jsr/luca__")]
    [InlineData("@npm/luca__flag")]
    [InlineData("@jsr/luca___flag")]
    [InlineData("luca__flag")]
    [InlineData("@JSR/luca__flag")]
    public void Rejects_what_is_no_npm_name_of_ours(string text) => Assert.False(PackageReference.TryParseNpm(text, out _));

    /// <summary>Names drawn from the alphabet at large; those that break a hyphen rule are left out by an independent statement of the rule.</summary>
    private static Gen<string> Name(int max) =>
        Gen.String[Gen.Char[Alphabet], 2, max].Where(s => s.Trim('-').Length == s.Length && s.Split("--").Length == 1);

    [Fact]
    public void The_npm_mapping_goes_both_ways_for_every_name() =>
        Gen.Select(Name(20), Name(58)).Sample(
            (scope, package) =>
            {
                var reference = PackageReference.Parse($"@{scope}/{package}");
                return PackageReference.TryParseNpm(reference.NpmName, out var back)
                    && back == reference
                    && reference.NpmName == $"@jsr/{scope}__{package}";
            },
            iter: 5_000);
}
