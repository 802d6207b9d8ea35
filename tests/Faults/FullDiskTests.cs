using System.Net;
using Kiln.Faults.Harness;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>security.md F06: no space left, for objects and database alike. Reads go on; nothing acknowledged is lost; when there is space again, all goes on.</summary>
public sealed class FullDiskTests(ReferenceRun reference)
{
    /// <summary>The write from which on there is no space, counted in each thread: temporary files, database and its log.</summary>
    public static TheoryData<int> Writes => [.. Amount.Of(sample: [1, 5], whole: Enumerable.Range(1, 20).ToArray())];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task From_any_write_on_the_disk_is_full_and_then_it_is_not(int write)
    {
        await using var installation = reference.NewInstallation();
        await using var witness = ImmutabilityWitness.Watch(installation, reference);
        await installation.StartAsync();
        await witness.LooksAsync();
        Guid? task = null;
        await using (var strace = await Strace.InjectAsync(installation, "pwrite64", "ENOSPC", $"{write}+"))
        {
            for (var attempt = 0; attempt < 30 && !(strace.HasInjected && task is not null); attempt++)
            {
                var submission = await installation.SubmitAsync(reference.Target);
                Assert.True(
                    submission.Task is not null || submission.Status is HttpStatusCode.InsufficientStorage or HttpStatusCode.InternalServerError,
                    $"{submission.Status} {submission.Answer}\n{installation.Server.Said}");
                task ??= submission.Task;
            }

            await strace.StormAsync();
            await witness.LooksAsync(); // All that is public can be read all the while.
            using var live = await installation.Http.GetAsync("healthz/live");
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            await strace.DetachAsync();
        }

        // A worker that could not even note its failure has the task until its lease ends.
        await installation.MustSucceedAsync(task ?? await installation.MustSubmitAsync(reference.Target), seconds: 150);
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
        await installation.PublishAsync(reference.Next);
        await witness.TestifyAsync(reference.First, reference.Target, reference.Next);
        await installation.StopAsync();
        await installation.StartAsync();
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target, reference.Next]);
    }

    /// <summary>No injection: a real file system, and a file that fills it.</summary>
    [Fact]
    public async Task A_small_disk_fills_up_and_is_emptied()
    {
        if (Environment.UserName != "root")
        {
            Assert.Skip("Only root may mount a small file system.");
        }

        await using var installation = reference.NewInstallation();
        await using var template = reference.NewInstallation();
        Directory.Delete(installation.Data, recursive: true);
        Directory.CreateDirectory(installation.Data);
        (await Child.RunAsync("mount", ["-t", "tmpfs", "-o", "size=64m", "kiln-test", installation.Data])).MustSucceed();
        try
        {
            TemporaryFolder.Copy(template.Data, installation.Data);
            await using var witness = ImmutabilityWitness.Watch(installation, reference);
            await installation.StartAsync();
            await witness.LooksAsync();
            var filler = Path.Combine(installation.Data, "filler");
            Fill(filler);

            // Nothing is taken, and the refusal says why.
            var refused = await installation.SubmitAsync(reference.Target);
            Assert.Equal(HttpStatusCode.InsufficientStorage, refused.Status);
            Assert.Contains("\"insufficientStorage\"", refused.Answer, StringComparison.Ordinal);
            await witness.LooksAsync();
            Assert.Null((await installation.SubmitAsync(reference.Target)).Task);

            // The server lives, and takes it as soon as there is room.
            File.Delete(filler);
            await installation.PublishAsync(reference.Target);
            PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
            await witness.TestifyAsync(reference.First, reference.Target);
            await installation.SettleAsync();
            await installation.StopAsync();
            Aftermath.Check(installation.Data, [reference.First, reference.Target]);
        }
        finally
        {
            await installation.DisposeServerAsync();
            (await Child.RunAsync("umount", [installation.Data])).MustSucceed();
        }
    }

    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var block = new byte[64 * 1024];
        for (long at = 0; ; at += block.Length)
        {
            try
            {
                RandomAccess.Write(file, block, at);
            }
            catch (IOException)
            {
                return;
            }
        }
    }
}
