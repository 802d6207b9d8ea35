using System.Net;
using Kiln.Faults.Harness;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>
/// security.md F07, F08 and §0.1: system calls on objects that fail, injected by strace into the running server. The database's own files are left alone: when those fail too,
/// nothing can be noted, and the task waits for its lease to end (<see cref="FullDiskTests"/>).
/// </summary>
public sealed class FailingDiskTests(ReferenceRun reference)
{
    /// <summary>strace counts per thread, so "the first" fails once in every thread: a short storm, which then passes.</summary>
    [Theory]
    [InlineData("fsync", "EIO")]
    [InlineData("rename", "EIO")]
    [InlineData("rename", "EXDEV")]
    [InlineData("link", "EIO")]
    [InlineData("link", "EXDEV")]
    [InlineData("link", "EMFILE")]
    [InlineData("openat", "EMFILE")]
    public async Task A_publish_ends_right_although_the_disk_fails_for_a_while(string call, string error)
    {
        await using var installation = reference.NewInstallation();
        await using var witness = ImmutabilityWitness.Watch(installation, reference);
        await installation.StartAsync();

        // Renames and links are the store's alone, and a filter would look at the temporary name. Files that a publish opens and reads do not: the folders that it syncs, and its upload.
        var objects = Path.Combine(installation.Data, "objects");
        string[] places = [Path.Combine(objects, "staging"), Path.Combine(objects, "modules", "@" + SamplePackage.Scope, SamplePackage.Name)];
        Guid task;
        await using (var strace = await Strace.InjectAsync(installation, call, error, when: "1", call is "fsync" or "openat" ? places : []))
        {
            // A refused upload is an honest answer while the disk fails; the client tries again, and an acknowledged one is never lost.
            task = await SubmitUntilAcknowledgedAsync(installation, reference.Target);
            await strace.StormAsync();
            await strace.DetachAsync();
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

    internal static async Task<Guid> SubmitUntilAcknowledgedAsync(Installation installation, SamplePackage package)
    {
        for (var attempt = 0; ; attempt++)
        {
            var submission = await installation.SubmitAsync(package);
            if (submission.Task is { } task)
            {
                return task;
            }

            Assert.True(
                submission.Status is HttpStatusCode.InternalServerError or HttpStatusCode.InsufficientStorage, $"the upload was refused: {submission.Status} {submission.Answer}\n{installation.Server.Said}");
            Assert.True(attempt < 40, $"no upload of 40 was taken:\n{installation.Server.Said}");
        }
    }
}
