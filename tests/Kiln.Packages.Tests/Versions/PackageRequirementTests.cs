using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Versions;

public sealed class PackageRequirementTests
{
    [Theory]
    [InlineData("jsr:@s1/n1@^1/sub", RequirementKind.Jsr, "@s1/n1", "^1", "sub")]
    [InlineData("jsr:/@s1/n1@^1.2.3/sub/path.ts", RequirementKind.Jsr, "@s1/n1", "^1.2.3", "sub/path.ts")]
    [InlineData("jsr:@s1/n1", RequirementKind.Jsr, "@s1/n1", "*", "")]
    [InlineData("jsr:@s1/n1/", RequirementKind.Jsr, "@s1/n1", "*", "")]
    [InlineData("jsr:@s1/n1@*", RequirementKind.Jsr, "@s1/n1", "*", "")]
    [InlineData("jsr:@s1/n1@1.0.0-rc.1", RequirementKind.Jsr, "@s1/n1", "1.0.0-rc.1", "")]
    [InlineData("npm:/chalk@5/sub", RequirementKind.Npm, "chalk", "5", "sub")]
    [InlineData("npm:chalk", RequirementKind.Npm, "chalk", "*", "")]
    [InlineData("npm:chalk/sub", RequirementKind.Npm, "chalk", "*", "sub")]
    [InlineData("npm:@types/node@~20.1/fs", RequirementKind.Npm, "@types/node", "~20.1", "fs")]
    [InlineData("npm:react@next", RequirementKind.Npm, "react", "next", "")]
    [InlineData("npm:react@latest/jsx-runtime", RequirementKind.Npm, "react", "latest", "jsx-runtime")]
    [InlineData("npm:JSONStream@1", RequirementKind.Npm, "JSONStream", "1", "")]
    [InlineData("jsr:chalk@5", RequirementKind.Jsr, "chalk", "5", "")]
    public void Reads_a_specifier(string text, RequirementKind kind, string name, string constraint, string subPath)
    {
        Assert.True(PackageRequirement.TryParse(text, out var requirement, out var reason), reason);
        Assert.Equal((kind, name, constraint, subPath), (requirement.Kind, requirement.Name, requirement.Constraint, requirement.SubPath));
        Assert.Equal(constraint != "*", requirement.HasConstraint);
    }

    [Theory]
    [InlineData("node:fs", "neither")]
    [InlineData("@s1/n1@1", "neither")]
    [InlineData("JSR:@s1/n1@1", "neither")]
    [InlineData("jsr:", "names no package")]
    [InlineData("jsr:@s1", "@scope/name")]
    [InlineData("jsr:@/n1", "@scope/name")]
    [InlineData("jsr:@s1/@1", "@scope/name")]
    [InlineData("npm:a b@1", "not a package name")]
    [InlineData("npm:..@1", "not a package name")]
    [InlineData("jsr:@s1/n1@", "empty")]
    [InlineData("jsr:@s1/n1@latest", "Tags are not supported")]
    [InlineData("jsr:@s1/n1@v1.2", "Remove the 'v': '1.2'")]
    [InlineData("jsr:@s1/n1@>=1 <2", "not a version constraint")]
    [InlineData("npm:chalk@>=1", "not a version constraint")]
    [InlineData("npm:chalk@1.2.3.4", "not a version constraint")]
    [InlineData("jsr:@s1/n1/sub@1", "Write 'jsr:@s1/n1@1/sub'")]
    [InlineData("jsr:@s1/n1@1/sub@2", "must not hold '@'")]
    public void Rejects_a_specifier_and_says_why(string text, string reasonPart)
    {
        Assert.False(PackageRequirement.TryParse(text, out var requirement, out var reason));
        Assert.Null(requirement);
        Assert.Contains(reasonPart, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_well_formed_jsr_name_is_a_package()
    {
        Assert.Equal("@s1/n1", PackageRequirement.Parse("jsr:@s1/n1@1").Package?.ToString());
        Assert.Null(PackageRequirement.Parse("jsr:@S1/n1@1").Package);
        Assert.Null(PackageRequirement.Parse("npm:@s1/n1@1").Package);
    }

    [Theory]
    [InlineData("jsr:/@s1/n1@^1/sub", "jsr:@s1/n1@^1/sub")]
    [InlineData("npm:/chalk", "npm:chalk")]
    public void Writes_itself_in_the_shortest_spelling(string text, string expected) =>
        Assert.Equal(expected, PackageRequirement.Parse(text).ToString());
}
