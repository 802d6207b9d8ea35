using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>Deaths in the middle of a series of writes, and deaths of the recovery itself.</summary>
public sealed class RepeatedCrashTests(ReferenceRun reference)
{
    // Ten files, then the npm tarball, then the version's manifest.
    [Theory]
    [InlineData("object-written:5")]
    [InlineData("object-linked:3")]
    [InlineData("object-linked:10")]
    [InlineData("object-linked:11")]
    [InlineData("object-written:12")]
    [InlineData("object-linked:12")]
    public Task Killed_after_some_of_the_files(string crash) => CrashScenario.RunAsync(reference, crash);

    [Theory]
    [InlineData("object-linked:4", "object-linked:8")]
    [InlineData("locked", "inside-commit")]
    [InlineData("modules-written", "modules-written")]
    [InlineData("version-meta-written", "object-linked:12")]
    [InlineData("committed", "package-meta-written")]
    [InlineData("inside-commit", "before-success", "packument-written")]
    public Task Killed_again_while_it_recovers(params string[] crashes) => CrashScenario.RunAsync(reference, crashes);

    [Fact]
    public async Task After_a_crash_between_public_files_only_the_same_bytes_may_finish_the_version()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync("object-linked:5");
        var first = await installation.SubmitAsync(reference.Target);
        await installation.DiesAsync("object-linked:5");

        await installation.StartAsync();
        var other = await installation.SubmitAsync(SamplePackage.Make(reference.Target.Version, "with other bytes"));
        Assert.Null(other.Task);
        Assert.Contains("\"duplicateVersionPublish\"", other.Answer, StringComparison.Ordinal);
        var task = first.Task ?? await installation.MustSubmitAsync(reference.Target);
        await installation.MustSucceedAsync(task);
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));

        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target]);
    }
}
