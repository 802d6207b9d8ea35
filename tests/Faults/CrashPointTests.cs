using System.Reflection;
using Kiln.Faults.Harness;
using Kiln.Registry;

namespace Kiln.Faults;

/// <summary>security.md F01–F03: kill -9 of the real server at each named point of a publish.</summary>
public sealed class CrashPointTests(ReferenceRun reference)
{
    public static TheoryData<string> Points => [.. CrashPoint.All];

    [Theory]
    [MemberData(nameof(Points))]
    public Task A_publish_that_is_killed_here_ends_as_if_nothing_had_happened(string point) => CrashScenario.RunAsync(reference, point);

    [Theory]
    [InlineData(CrashPoint.Locked)]
    [InlineData(CrashPoint.VersionMetaWritten)]
    [InlineData(CrashPoint.Committed)]
    [InlineData(CrashPoint.PackageMetaWritten)]
    public async Task The_very_first_version_of_a_package_survives_too(string point)
    {
        await using var installation = reference.NewEmptyInstallation();
        await installation.StartAsync(point);
        var submission = await installation.SubmitAsync(reference.First);
        await installation.DiesAsync(point);

        await installation.StartAsync();
        await installation.MustSucceedAsync(submission.Task ?? await installation.MustSubmitAsync(reference.First));
        PublicView.MustEqual(reference.AfterFirst, await PublicView.TakeAsync(installation.Http, [reference.First]));
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First]);
    }

    [Fact]
    public void Every_named_point_is_tested_and_they_are_at_least_eight()
    {
        var names = typeof(CrashPoint).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral && f.Name != nameof(CrashPoint.Variable))
            .Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(names.Order(StringComparer.Ordinal), CrashPoint.All.Order(StringComparer.Ordinal));
        Assert.True(CrashPoint.All.Count >= 8);
    }
}
