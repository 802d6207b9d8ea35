using Kiln.Faults.Harness;
using Kiln.Registry;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>Deaths in the middle of a series of writes, and deaths of the recovery itself.</summary>
public sealed class RepeatedCrashTests(ReferenceRun reference)
{
    /// <summary>Ten files, then the npm tarball, then the version's manifest.</summary>
    private const int Objects = 12;

    /// <summary>F01: every occurrence of the points that are passed more than once.</summary>
    public static TheoryData<string> Occurrences =>
    [
        .. Amount.Of(
            sample: ["object-written:5", "object-linked:3", "object-linked:10", "object-linked:11", "object-written:12", "object-linked:12"],
            whole: Enumerable.Range(1, Objects).SelectMany(n => new[] { $"object-written:{n}", $"object-linked:{n}" }).ToArray()),
    ];

    /// <summary>And every pair of points, the second one in the recovery from the first.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            var points = CrashPoint.All.SkipWhile(p => p != CrashPoint.TaskInserted).Skip(1).ToArray(); // before that there is nothing to recover
            foreach (var (first, second) in points.SelectMany((a, i) => points.Skip(i).Select(b => (a, b))).Where((_, n) => Amount.IsWhole || n % 40 == 7))
            {
                pairs.Add(first, second);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Occurrences))]
    public Task Killed_after_some_of_the_files(string crash) => CrashScenario.RunAsync(reference, crash);

    [Theory]
    [InlineData("object-linked:4", "object-linked:8")]
    [InlineData("locked", "inside-commit")]
    [InlineData("modules-written", "modules-written")]
    [InlineData("version-meta-written", "object-linked:12")]
    [InlineData("committed", "package-meta-written")]
    [InlineData("inside-commit", "before-success", "packument-written")]
    public Task Killed_again_while_it_recovers(params string[] crashes) => CrashScenario.RunAsync(reference, crashes);

    /// <summary>A point that the recovery does not pass again kills nobody: then the second life is the quiet one.</summary>
    [Theory]
    [MemberData(nameof(Pairs))]
    public Task Killed_at_any_point_and_again_at_any_later_one(string first, string second) => CrashScenario.RunAsync(reference, first, second + CrashScenario.Perhaps);

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
