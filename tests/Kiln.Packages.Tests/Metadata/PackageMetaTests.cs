using System.Text;
using Kiln.Packages.Metadata;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Metadata;

public sealed class PackageMetaTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 13, 0, 0, 7, TimeSpan.FromHours(1));

    [Fact]
    public void Writes_the_document_of_the_protocol() =>
        Assert.Equal(
            """{"scope":"luca","name":"flag","latest":"1.0.1","versions":{"1.0.1":{"createdAt":"2026-01-31T12:00:00.007Z"},"1.0.0":{"yanked":true,"createdAt":"2026-01-31T12:00:00.007Z"}}}""",
            Write(("1.0.0", true), ("1.0.1", false)));

    [Fact]
    public void Names_the_linked_repository() =>
        Assert.Equal(
            """{"scope":"luca","name":"flag","latest":null,"githubRepository":{"owner":"o","name":"r"},"versions":{}}""",
            Encoding.UTF8.GetString(PackageMeta.Write(PackageReference.Parse("@luca/flag"), [], new LinkedRepository("o", "r"))));

    [Theory]
    [InlineData("10.0.0", "9.0.0", "10.0.0", "2.0.0")]
    [InlineData("1.10.0", "2.0.0-rc.1", "1.10.0")]
    [InlineData("1.0.0", "1.0.0", "1.0.0-beta.1")]
    public void Latest_is_the_highest_stable_version(string latest, params string[] versions) =>
        Assert.Contains($"\"latest\":\"{latest}\"", Write([.. versions.Select(v => (v, false))]), StringComparison.Ordinal);

    [Theory]
    [InlineData("1.0.0-beta.1", false)]
    [InlineData("1.0.0", true)]
    public void Latest_is_null_when_all_is_yanked_or_a_prerelease(string version, bool yanked) =>
        Assert.Contains("\"latest\":null", Write((version, yanked)), StringComparison.Ordinal);

    [Fact]
    public void The_order_of_the_input_does_not_matter() =>
        Assert.Equal(
            Write(("1.0.0", false), ("1.0.0+b", true), ("1.0.0+a", false), ("2.0.0-rc.1", false)),
            Write(("2.0.0-rc.1", false), ("1.0.0+a", false), ("1.0.0", false), ("1.0.0+b", true)));

    private static string Write(params (string Version, bool Yanked)[] versions) =>
        Encoding.UTF8.GetString(PackageMeta.Write(
            PackageReference.Parse("@luca/flag"),
            versions.Select(v => new PackageMetaVersion(PackageVersion.Parse(v.Version), v.Yanked, Time))));
}
