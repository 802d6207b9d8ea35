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

    public static TheoryData<string> JobPoints => [.. CrashPoint.Jobs];

    /// <summary>The publish is over then; what follows it dies, and nothing half-made may be seen or left.</summary>
    [Theory]
    [MemberData(nameof(JobPoints))]
    public async Task Documentation_that_is_killed_here_is_made_by_the_next_server(string point)
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync(point);
        var submission = await installation.SubmitAsync(reference.Target);
        await installation.DiesAsync(point);

        await installation.StartAsync();
        await installation.MustSucceedAsync(submission.Task ?? await installation.MustSubmitAsync(reference.Target));
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
        await installation.PublishAsync(reference.Next);
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target, reference.Next]);
        Assert.Equal(reference.ObjectFiles, Aftermath.ObjectFiles(installation.Data));
    }

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
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First]);
    }

    [Fact]
    public void Every_named_point_is_tested_and_they_are_at_least_eight()
    {
        var names = typeof(CrashPoint).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.IsLiteral && f.Name != nameof(CrashPoint.Variable))
            .Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(names.Order(StringComparer.Ordinal), CrashPoint.All.Concat(CrashPoint.Jobs).Order(StringComparer.Ordinal));
        Assert.True(CrashPoint.All.Count >= 8);
    }
}
