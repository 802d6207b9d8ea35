using System.Globalization;
using System.Net;
using Kiln.Faults.Harness;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>
/// security.md F07 and §0.1: system calls on objects that fail, injected by strace into the running server. The database's own files are left alone: when those fail too,
/// nothing can be noted, and the task waits for its lease to end.
/// </summary>
public sealed class FailingDiskTests(ReferenceRun reference)
{
    /// <summary>strace counts per thread, so "the first" fails once in every thread: a short storm, which then passes.</summary>
    [Theory]
    [InlineData("fsync", "EIO")]
    [InlineData("rename", "EIO")]
    public async Task A_publish_ends_right_although_the_disk_fails_for_a_while(string call, string error)
    {
        await using var installation = reference.NewInstallation();
        await using var witness = ImmutabilityWitness.Watch(installation, reference);
        using var folder = new TemporaryFolder();
        await installation.StartAsync();
        Guid task;
        await using (var strace = await AttachAsync(installation, call, error, folder["calls"]))
        {
            // A refused upload is an honest answer while the disk fails; the client tries again, and an acknowledged one is never lost.
            task = await SubmitUntilAcknowledgedAsync(installation, reference.Target);
            await StormAsync(folder["calls"]);
            Signals.Send(strace.Id, Signals.Terminate); // Detaches.
            await strace.WaitForExitAsync();
        }

        await installation.MustSucceedAsync(task);
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
        await installation.PublishAsync(reference.Next);
        await witness.TestifyAsync(reference.First, reference.Target, reference.Next);

        // A server without a strace, whose sweep takes what the failures left.
        await installation.StopAsync();
        await installation.StartAsync();
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target, reference.Next]);
    }

    private static async Task<Guid> SubmitUntilAcknowledgedAsync(Installation installation, SamplePackage package)
    {
        for (var attempt = 0; ; attempt++)
        {
            var submission = await installation.SubmitAsync(package);
            if (submission.Task is { } task)
            {
                return task;
            }

            Assert.True(submission.Status == HttpStatusCode.InternalServerError, $"the upload was refused: {submission.Status} {submission.Answer}\n{installation.Server.Said}");
            Assert.True(attempt < 40, $"no upload of 40 was taken:\n{installation.Server.Said}");
        }
    }

    /// <summary>Waits for the first failure, without which the test would prove nothing, and lets a few more follow.</summary>
    private static async Task StormAsync(string log)
    {
        for (var attempt = 0; !(await File.ReadAllTextAsync(log)).Contains("(INJECTED)", StringComparison.Ordinal); attempt++)
        {
            Assert.True(attempt < 1_500, "no call failed within 30 s");
            await Task.Delay(20);
        }

        await Task.Delay(300);
    }

    private static async Task<LiveChild> AttachAsync(Installation installation, string call, string error, string log)
    {
        var process = installation.Server.Process.Id.ToString(CultureInfo.InvariantCulture);
        var objects = Path.Combine(installation.Data, "objects");
        var package = Path.Combine(objects, "modules", "@" + SamplePackage.Scope, SamplePackage.Name);
        var inject = string.Create(CultureInfo.InvariantCulture, $"{call}:error={error}:when=1");
        string[] arguments =
        [
            "-f", "-p", process, "-o", log, "-e", $"trace={call}", "-e", $"inject={inject}",
            // Renames are the store's alone, and a filter would look at the temporary name.
            .. call == "fsync" ? ["-P", Path.Combine(objects, "staging"), "-P", package] : Array.Empty<string>(),
        ];
        var strace = LiveChild.Start(ToolPaths.Strace, arguments, ToolPaths.Root, new Dictionary<string, string?>());
        await strace.WaitForAsync(said => said.Contains("attached", StringComparison.Ordinal) ? said : null, "attaching strace");
        await Task.Delay(200); // It attaches to one thread after the other.
        return strace;
    }
}
