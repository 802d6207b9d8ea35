using System.Collections.Concurrent;
using System.Net;
using Kiln.Faults.Harness;
using Kiln.Tooling;

namespace Kiln.Faults;

/// <summary>F28: a backup while publishers work, a machine that is lost, and the registry that comes back (security.md §3.7, §3.10).</summary>
public sealed class BackupTests(ReferenceRun reference)
{
    private const int Publishers = 4;

    [Fact]
    public async Task What_was_acknowledged_before_a_backup_comes_back_byte_for_byte_and_no_number_can_be_given_other_bytes()
    {
        using var folder = new TemporaryFolder();
        await using var lost = reference.NewInstallation();
        await lost.StartAsync();
        using var load = new Load(lost);
        await load.ReachesAsync(6);

        // A check beside the load finds nothing: what is under way is not wrong.
        (await RunAsync("fsck", "--data", lost.Data)).MustSucceed();
        var before = load.Acknowledged;
        var backup = (await RunAsync("backup", "--data", lost.Data, "--to", folder["backup"])).MustSucceed();
        Assert.StartsWith("Backup ", backup.Output, StringComparison.Ordinal);
        await load.ReachesAsync(load.Acknowledged.Count + 4);
        await load.StopAsync();
        var all = load.Acknowledged;
        var truth = await PublicView.TakeAsync(lost.Http, all);
        await lost.KillAsync();

        // 1. On an empty machine: all that was acknowledged before the backup began, and of later ones nothing that is wrong.
        var restored = await RunAsync("restore", "--from", folder["backup"], "--data", folder["new"]);
        Assert.True(restored.ExitCode == 0, restored.Everything);
        (await RunAsync("fsck", "--data", folder["new"])).MustSucceed();
        await using (var found = Installation.CopyOf(folder["new"], lost.Token))
        {
            await found.StartAsync();
            var listed = PublicView.VersionsIn(await PublicView.GetAsync(found.Http, SamplePackage.MetaUrl));
            Assert.Empty(before.Select(v => v.Version).Except(listed));
            var published = all.Where(v => listed.Contains(v.Version)).ToList();
            await MustGiveAsync(found, published, truth);
            await MustRefuseOthersAsync(found, published);
            await found.PublishAsync(SamplePackage.Make("99.0.0")); // and life goes on
            await found.StopAsync();
        }

        // 2. The database alone is lost: it comes from the backup, and the versions that only the store knows are taken over.
        TemporaryFolder.Copy(Path.Combine(lost.Data, "objects"), Path.Combine(folder["old"], "objects"));
        var adopted = await RunAsync("restore", "--from", folder["backup"], "--data", folder["old"], "--database-only");
        Assert.True(adopted.ExitCode == 0, adopted.Everything);
        await using var whole = Installation.CopyOf(folder["old"], lost.Token);
        await whole.StartAsync();
        await MustGiveAsync(whole, all, truth);
        await MustRefuseOthersAsync(whole, all);
        await whole.StopAsync();
    }

    [Fact]
    public async Task A_backup_that_is_killed_is_none_and_the_next_one_is_whole()
    {
        using var folder = new TemporaryFolder();
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        var dumps = Directory.CreateDirectory(Path.Combine(folder["backup"], "objects", "backups"));
        var killed = 0;
        for (var after = 0; after <= 40; after += 10)
        {
            var (begun, complete) = (dumps.GetDirectories().Length, dumps.GetFiles().Length);
            await using var child = LiveChild.Start(Path.Combine(ToolPaths.Root, "kiln"), ["backup", "--data", installation.Data, "--to", folder["backup"]], ToolPaths.Root, new Dictionary<string, string?>());
            while (!child.HasExited && dumps.GetDirectories().Length == begun)
            {
                await Task.Delay(1); // The folder of its rows is the first that is seen of a backup.
            }

            await Task.Delay(after);
            if (!child.HasExited)
            {
                Signals.Send(child.Id, Signals.Kill);
            }

            await child.WaitForExitAsync();
            killed += dumps.GetFiles().Length == complete ? 1 : 0;
        }

        Assert.True(killed > 0, "every backup was complete before it was killed");
        (await RunAsync("backup", "--data", installation.Data, "--to", folder["backup"])).MustSucceed();
        (await RunAsync("restore", "--from", folder["backup"], "--data", folder["new"])).MustSucceed();
        (await RunAsync("fsck", "--data", folder["new"])).MustSucceed();
        await installation.StopAsync();
    }

    private static Task<ChildResult> RunAsync(params string[] arguments) => Child.RunAsync(Path.Combine(ToolPaths.Root, "kiln"), arguments, ToolPaths.Root, seconds: 120);

    private static async Task MustGiveAsync(Installation installation, IReadOnlyList<SamplePackage> versions, IReadOnlyDictionary<string, string> truth)
    {
        foreach (var url in versions.SelectMany(v => v.ImmutableUrls))
        {
            Assert.True(truth[url] == System.Text.Encoding.Latin1.GetString(await PublicView.GetAsync(installation.Http, url)), $"{url} has other bytes than before");
        }
    }

    private static async Task MustRefuseOthersAsync(Installation installation, IReadOnlyList<SamplePackage> versions)
    {
        foreach (var version in versions)
        {
            var answer = await installation.SubmitAsync(SamplePackage.Make(version.Version, "other content"));
            Assert.True(answer.Task is null && answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict, $"{version.Version} could be given other bytes: {answer.Status} {answer.Answer}");
        }
    }

    /// <summary>Authors who publish one version after the other.</summary>
    private sealed class Load : IDisposable
    {
        private readonly ConcurrentQueue<SamplePackage> acknowledged = new();
        private readonly CancellationTokenSource stop = new();
        private readonly Task publishing;

        public Load(Installation installation) => publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(author => Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++)
            {
                var package = SamplePackage.Make($"{2 + author}.{number}.0");
                await installation.PublishAsync(package);
                acknowledged.Enqueue(package);
            }
        })));

        public IReadOnlyList<SamplePackage> Acknowledged => [.. acknowledged];

        public async Task ReachesAsync(int count)
        {
            for (var i = 0; acknowledged.Count < count; i++)
            {
                Assert.True(i < 2400 && !publishing.IsFaulted, $"{acknowledged.Count} of {count} publishes: {publishing.Exception}");
                await Task.Delay(25);
            }
        }

        public async Task StopAsync()
        {
            await stop.CancelAsync();
            await publishing;
        }

        public void Dispose() => stop.Dispose();
    }
}
