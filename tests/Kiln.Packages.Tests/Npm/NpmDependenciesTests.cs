using Kiln.Packages.Npm;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Npm;

public sealed class NpmDependenciesTests
{
    [Fact]
    public void Names_are_npm_names_in_ordinal_order()
    {
        var dependencies = From("npm:zod@3", "jsr:@std/path@^1.0.0/posix", "npm:@types/node@20", "npm:/Chalk@~5.1", "jsr:/@std/path@^1.0.0");

        Assert.Equal(["@jsr/std__path=^1.0.0", "@types/node=20", "Chalk=~5.1", "zod=3"], dependencies);
    }

    [Fact]
    public void A_package_asked_for_by_its_npm_name_is_the_same_package() =>
        Assert.Equal(["@jsr/std__path=^1.2.0"], From("npm:@jsr/std__path@1", "jsr:@std/path@^1.2.0"));

    // Each expectation is what npm's own intersection of the two ranges contains.
    [Theory]
    [InlineData("1", "^1.2.0", "^1.2.0")]
    [InlineData("^1.2.0", "~1.2.3", "~1.2.3")]
    [InlineData("^1.2.0", "^1.4.0", "^1.4.0")]
    [InlineData("^1.2.0", "1.3.5", "1.3.5")]
    [InlineData("^1.0.0", "1", "1")]
    [InlineData("1.x", "^1.2.3", "^1.2.3")]
    [InlineData("^0.2.0", "^0.2.5", "^0.2.5")]
    [InlineData("^1.4.0", "~1.3.2", "^1.4.0")]
    [InlineData("^1", "^2", "^2")]
    [InlineData("^9.0.0", "^10.0.0", "^10.0.0")]
    [InlineData("latest", "^3.1.0", "^3.1.0")]
    [InlineData("next", "latest", "latest")]
    [InlineData("^1.2.3-rc.1", "^1.2.0", "^1.2.3-rc.1")]
    public void Two_ranges_of_one_package_become_one_whatever_their_order(string a, string b, string expected)
    {
        Assert.Equal([$"x={expected}"], From($"npm:x@{a}", $"npm:x@{b}"));
        Assert.Equal([$"x={expected}"], From($"npm:x@{b}", $"npm:x@{a}"));
    }

    [Fact]
    public void Text_is_kept_as_it_was_written() => Assert.Equal(["x=1.x"], From("npm:x@1.x", "npm:x@1.x/sub"));

    private static IEnumerable<string> From(params string[] specifiers) =>
        NpmDependencies.From(specifiers.Select(PackageRequirement.Parse)).Select(d => $"{d.Key}={d.Value}");
}
