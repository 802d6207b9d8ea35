using Kiln.Analysis.Docs.Difference;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Versions;

public sealed class VersionStepTests
{
    [Theory]
    [InlineData("1.2.3", "2.0.0", ChangeSeverity.Major)]
    [InlineData("1.2.3", "1.3.0", ChangeSeverity.Minor)]
    [InlineData("1.2.3", "1.2.4", ChangeSeverity.Patch)]
    [InlineData("1.2.3", "1.2.3", ChangeSeverity.None)]
    [InlineData("1.2.3", "1.2.2", ChangeSeverity.None)]
    [InlineData("1.2.3", "2.0.0-beta.1", ChangeSeverity.Major)]
    [InlineData("1.2.3", "1.3.0-beta.1", ChangeSeverity.Minor)]
    [InlineData("2.0.0-beta.1", "2.0.0-beta.2", ChangeSeverity.Major)]
    [InlineData("2.0.0-beta.1", "2.0.0", ChangeSeverity.Major)]
    [InlineData("0.2.3", "0.3.0", ChangeSeverity.Major)]
    [InlineData("0.2.3", "0.2.4", ChangeSeverity.Minor)]
    [InlineData("0.2.3", "1.0.0", ChangeSeverity.Major)]
    [InlineData("0.0.3", "0.0.4", ChangeSeverity.Major)]
    [InlineData("99999999999999999999.0.0", "99999999999999999999.1.0", ChangeSeverity.Minor)]
    public void A_step_allows_what_ranges_promise(string before, string after, ChangeSeverity allowed)
    {
        Assert.Equal(allowed, VersionStep.Allows(PackageVersion.Parse(before), PackageVersion.Parse(after)));

        // A caret range of the old version takes the new one exactly when the step allows no breaking change.
        if (allowed != ChangeSeverity.None && !PackageVersion.Parse(before).IsPrerelease && !PackageVersion.Parse(after).IsPrerelease && before.Length < 10)
        {
            Assert.True(VersionRange.TryParseSpecifier("^" + before, out var range));
            Assert.Equal(allowed != ChangeSeverity.Major, range.Satisfies(PackageVersion.Parse(after)));
        }
    }

    [Theory]
    [InlineData("1.2.3", ChangeSeverity.None, "1.2.3")]
    [InlineData("1.2.3", ChangeSeverity.Patch, "1.2.4")]
    [InlineData("1.2.3", ChangeSeverity.Minor, "1.3.0")]
    [InlineData("1.2.3", ChangeSeverity.Major, "2.0.0")]
    [InlineData("0.2.3", ChangeSeverity.Patch, "0.2.4")]
    [InlineData("0.2.3", ChangeSeverity.Minor, "0.2.4")]
    [InlineData("0.2.3", ChangeSeverity.Major, "0.3.0")]
    [InlineData("0.0.3", ChangeSeverity.Major, "0.0.4")]
    [InlineData("2.0.0-beta.1", ChangeSeverity.Major, "2.0.0")]
    public void The_next_version_is_the_lowest_that_allows_the_change(string before, ChangeSeverity severity, string next)
    {
        var version = PackageVersion.Parse(before);
        Assert.Equal(next, VersionStep.Next(version, severity));
        Assert.True(severity == ChangeSeverity.None || VersionStep.Allows(version, PackageVersion.Parse(next)) >= severity);
    }
}
