using Kiln.Clients.Server;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>The orderly end, and the start that must not happen.</summary>
public sealed class ShutdownTests(ReferenceRun reference)
{
    [Fact]
    public async Task SIGTERM_during_publishes_ends_the_server_with_0_and_the_next_one_finishes_them()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        var packages = Enumerable.Range(0, 8).Select(n => SamplePackage.Make($"3.0.{n}")).ToArray();
        var uploads = packages.Select(installation.SubmitAsync).ToArray();

        // As soon as one is acknowledged: some are at work then, some wait, some are on their way.
        await Task.WhenAny(uploads);
        await installation.StopAsync();
        var submissions = await Task.WhenAll(uploads);
        Assert.Contains(submissions, s => s.Task is not null);
        Assert.All(submissions, s => Assert.True(s.Task is not null || s.IsBroken || (int)s.Status! == 503, $"{s.Status} {s.Answer}"));

        await installation.StartAsync();
        for (var i = 0; i < packages.Length; i++)
        {
            await installation.MustSucceedAsync(submissions[i].Task ?? await installation.MustSubmitAsync(packages[i]));
        }

        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, .. packages]);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_folder_refuses_to_start()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();

        await using var second = KilnServer.Launch(installation.Data);
        Assert.False(await second.BecomesReadyAsync());
        var ended = await second.Process.WaitForExitAsync();
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("another server is running on the data directory", ended.Everything, StringComparison.Ordinal);
        Assert.Contains(installation.Data, ended.Everything, StringComparison.Ordinal);

        // The first one did not notice.
        await installation.PublishAsync(reference.Target);
        PublicView.MustEqual(reference.AfterTarget, await PublicView.TakeAsync(installation.Http, [reference.First, reference.Target]));
    }

    [Fact]
    public async Task A_killed_servers_data_folder_is_free_at_once()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        await installation.KillAsync();
        await installation.StartAsync();
        await installation.PublishAsync(reference.Target);
    }
}
