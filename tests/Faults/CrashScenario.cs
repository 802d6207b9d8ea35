using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>A publish whose server is killed, once or several times, and then left in peace.</summary>
internal static class CrashScenario
{
    /// <summary>Behind the name of a point: it may not be passed any more in that life.</summary>
    public const string Perhaps = "?";

    /// <param name="crashes">Values of KILN_CRASH for the first life, the second, …</param>
    public static async Task RunAsync(ReferenceRun reference, params string[] crashes)
    {
        await using var installation = reference.NewInstallation();
        await using var witness = ImmutabilityWitness.Watch(installation, reference);

        // 1. The lives that end early. The first one takes the upload; a later one may die of the recovery before it answers anything.
        Guid? task = null;
        for (var life = 0; life < crashes.Length; life++)
        {
            var crash = crashes[life].TrimEnd(Perhaps[0]);
            var server = installation.Launch(crash);
            var ready = await server.BecomesReadyAsync();
            Assert.True(ready || life > 0, $"kiln serve ended at once:\n{server.Said}");
            if (life == 0)
            {
                await witness.LooksAsync();
            }

            if (ready && task is null)
            {
                var submission = await installation.SubmitAsync(reference.Target);
                Assert.True(submission.IsBroken || submission.Task is not null, $"the upload was refused: {submission.Status} {submission.Answer}");
                task = submission.Task;
            }

            if (crash == crashes[life])
            {
                await installation.DiesAsync(crash);
            }
            else
            {
                await DiesOrFinishesAsync(installation, task, crash);
            }
        }

        // 2. The life without accident. A client without an answer sends the same bytes again; all others only wait.
        await installation.StartAsync();
        await witness.LooksAsync();
        task ??= await installation.MustSubmitAsync(reference.Target);
        await installation.MustSucceedAsync(task.Value);

        // 3. Everything as if nothing had happened, and sending it once more changes nothing.
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
        Assert.Equal(task, await installation.MustSubmitAsync(reference.Target));

        // 4. Life goes on.
        await installation.PublishAsync(reference.Next);
        PublicView.MustEqual(reference.AfterNext, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target, reference.Next]));
        await witness.TestifyAsync(reference.First, reference.Target, reference.Next);

        // 5. Nothing lies about.
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, reference.Target, reference.Next]);
        Assert.Equal(reference.ObjectFiles, Aftermath.ObjectFiles(installation.Data));
    }

    private static async Task DiesOrFinishesAsync(Installation installation, Guid? task, string crash)
    {
        for (var attempt = 0; installation.Server.IsAlive; attempt++)
        {
            Assert.True(attempt < 3_000, $"neither '{crash}' nor the end of the task came within 30 s:\n{installation.Server.Said}");
            if (task is not null && (await installation.StatusAsync(task.Value))?.GetProperty("status").GetString() == "success")
            {
                await installation.KillAsync(); // whatever else it was about to do
                return;
            }

            await Task.Delay(10);
        }

        await installation.DiesAsync(crash);
    }
}
