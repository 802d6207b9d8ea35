using Kiln.Packages.Files;

namespace Kiln.Packages.Tests.Files;

/// <summary>What patterns do to whole folders is compared with deno in <c>Publishing/Cases/files.txt</c>; here are the corners of one pattern.</summary>
public sealed class PathGlobTests
{
    [Theory]
    [InlineData("*.ts", "a.ts", true)]
    [InlineData("*.ts", "a.TS", true)]
    [InlineData("*.ts", "sub/a.ts", false)]
    [InlineData("*.ts", ".a.ts", false)]
    [InlineData("**/*.ts", "a.ts", true)]
    [InlineData("**/*.ts", "x/y/a.ts", true)]
    [InlineData("**/*.ts", "x/.y/a.ts", false)]
    [InlineData("src/**", "src", false)]
    [InlineData("src/**", "src/a/b", true)]
    [InlineData("src/**/b", "src/b", true)]
    [InlineData("src/**/b", "src/a/a/b", true)]
    [InlineData("src/**/b/*", "src/b/b/c", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[ab].ts", "a.ts", false)]
    [InlineData("[ab].ts", "[ab].ts", true)]
    [InlineData("*a*b*c*", "xaxbxcx", true)]
    [InlineData("*a*b*c*", "xaxcxbx", false)]
    public void Patterns_of_configuration_files(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new PathGlob(pattern, GlobOptions.IgnoreCase | GlobOptions.HideDotNames).IsMatch(path));

    [Theory]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[a-c]x", "dx", false)]
    [InlineData("[!a-c]x", "dx", true)]
    [InlineData("[]a]x", "]x", true)]
    [InlineData("[ax", "[ax", true)]
    [InlineData("\\*x", "*x", true)]
    [InlineData("\\*x", "ax", false)]
    [InlineData("*", ".hidden", true)]
    [InlineData("a", "A", false)]
    public void Patterns_of_gitignore(string pattern, string path, bool expected) =>
        Assert.Equal(expected, new PathGlob(pattern, GlobOptions.Classes).IsMatch(path));

    [Fact]
    public void Hostile_patterns_end()
    {
        // Exponential for a matcher that tries every star; the product of both lengths here.
        Assert.False(new PathGlob(string.Concat(Enumerable.Repeat("*a", 200)) + "b", GlobOptions.None).IsMatch(new string('a', 2000)));
        Assert.False(new PathGlob(string.Concat(Enumerable.Repeat("**/a/", 200)) + "b", GlobOptions.None).IsMatch(string.Join('/', Enumerable.Repeat("a", 2000))));
    }
}
