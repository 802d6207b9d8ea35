using Kiln.Clients.Server;
using Kiln.Faults.Harness;
using Kiln.Tooling;
using Microsoft.Data.Sqlite;

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

    /// <summary>F31. Clients read through a proxy all the while: none of them sees a broken connection or half a file.</summary>
    [Fact]
    public async Task SIGTERM_under_load_refuses_uploads_serves_reads_and_finishes_what_it_has()
    {
        await using var installation = reference.NewInstallation();
        await installation.StartAsync();
        await installation.SettleAsync();
        await using var nginx = await NginxProxy.StartAsync(installation.Address, cache: false);
        using var enough = new CancellationTokenSource();
        string[] urls = [SamplePackage.MetaUrl, reference.First.ModuleUrl("/mod.ts"), reference.First.NpmTarballUrl, SamplePackage.PackumentUrl];
        var readers = urls.Select(url => Task.Run(() => ReadAsync(nginx.Client, url, enough.Token))).ToArray();

        // 1. Something long is at work, and then the order to stop.
        var large = SamplePackage.MakeLarge("5.0.0", modules: 4_000);
        var task = await installation.MustSubmitAsync(large);
        while ((await installation.StatusAsync(task))!.Value.GetProperty("status").GetString() == "pending")
        {
            await Task.Delay(5);
        }

        Signals.Send(installation.Server.Process.Id, Signals.Terminate);

        // 2. While it finishes, no upload is taken, and clients are told when to come back. They may still ask about theirs.
        for (var attempt = 0; ; attempt++)
        {
            using var request = installation.UploadOf(reference.Target);
            using var refused = await installation.Http.SendAsync(request);
            if (refused.IsSuccessStatusCode && attempt < 500)
            {
                continue; // The signal has not been seen yet.
            }

            Assert.Equal(503, (int)refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
            Assert.Contains("\"serviceUnavailable\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            break;
        }

        Assert.NotNull(await installation.StatusAsync(task));

        // 3. It ends by itself, in time, with nothing in its hands.
        var ended = await installation.Server.Process.WaitForExitAsync(30);
        Assert.True(ended.ExitCode == 0, ended.Everything);
        await enough.CancelAsync();
        var seen = await Task.WhenAll(readers);
        Assert.All(seen, s => Assert.True(s.Whole > 0, "nothing was read"));
        Assert.All(seen, s => Assert.Empty(s.Broken));
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(installation.Data, "kiln.db")};Mode=ReadOnly;Pooling=False"))
        {
            database.Open();
            Assert.Empty(Aftermath.Query(database, "SELECT id FROM publishing_tasks WHERE lease IS NOT NULL"));
            Assert.Empty(Aftermath.Query(database, "SELECT subject FROM jobs WHERE lease IS NOT NULL"));
        }

        // 4. Nothing was lost.
        await installation.StartAsync();
        await installation.MustSucceedAsync(task);
        await installation.PublishAsync(reference.Target);
    }

    private static async Task<(int Whole, List<string> Broken)> ReadAsync(HttpClient http, string url, CancellationToken enough)
    {
        var whole = 0;
        var broken = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var response = await http.GetAsync(url, CancellationToken.None);
                await response.Content.ReadAsByteArrayAsync(CancellationToken.None); // throws when it is shorter than was announced
                whole += response.IsSuccessStatusCode ? 1 : 0;
                if (!response.IsSuccessStatusCode && (int)response.StatusCode is not (502 or 504)) // nginx, when nobody listens any more
                {
                    broken.Add($"{url}: {(int)response.StatusCode}");
                }
            }
            catch (Exception e) when (Installation.IsBrokenConnection(e))
            {
                broken.Add($"{url}: {e.Message}");
            }

            await Task.Delay(2, CancellationToken.None);
        }

        return (whole, broken);
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
