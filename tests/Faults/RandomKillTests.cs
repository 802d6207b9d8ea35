using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Faults.Harness;

namespace Kiln.Faults;

/// <summary>security.md F22 in small: four publishers of one package, and a server that dies at moments that nobody chose.</summary>
public sealed class RandomKillTests(ReferenceRun reference, ITestOutputHelper output)
{
    private const int Publishers = 4;
    private const int Rounds = 12;
    private const int Seed = 20261;

    [Fact]
    public async Task No_acknowledged_publish_is_lost_when_the_server_is_killed_at_random()
    {
        await using var installation = reference.NewInstallation();
        var published = new ConcurrentDictionary<string, SamplePackage>();
        using var enough = new CancellationTokenSource();
        var broken = 0;
        await installation.StartAsync();

        // 1. Each publisher finishes what it began, over as many lives as that takes.
        var publishers = Enumerable.Range(1, Publishers).Select(p => Task.Run(async () =>
        {
            for (var n = 0; !enough.IsCancellationRequested; n++)
            {
                var package = SamplePackage.Make($"2.{p}.{n}");
                broken += await PublishPatientlyAsync(installation, package);
                Assert.True(published.TryAdd(package.Version, package));
            }
        })).ToArray();

        // 2. The killer.
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(random.Next(30, 900));
            await installation.KillAsync();
            await installation.StartAsync();
        }

        await enough.CancelAsync();
        await Task.WhenAll(publishers);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{published.Count} versions published, {broken} requests broken by {Rounds} kills"));
        Assert.True(published.Count > Rounds, $"only {published.Count} versions were published: this proves nothing");
        Assert.True(broken > 0, "no request was broken by any kill: this proves nothing");

        // 3. What was acknowledged is listed and installable, for Deno and for npm.
        var meta = PublicView.VersionsIn(await PublicView.GetAsync(installation.Http, SamplePackage.MetaUrl));
        Assert.Equal(published.Keys.Append(reference.First.Version).Order(StringComparer.Ordinal), meta.Order(StringComparer.Ordinal));
        using var packument = JsonDocument.Parse(await PublicView.GetAsync(installation.Http, SamplePackage.PackumentUrl));
        foreach (var package in published.Values)
        {
            using var versionMeta = JsonDocument.Parse(await PublicView.GetAsync(installation.Http, package.VersionMetaUrl));
            var manifest = versionMeta.RootElement.GetProperty("manifest");
            foreach (var (path, content) in package.Files)
            {
                Assert.Equal("sha256-" + Convert.ToHexStringLower(SHA256.HashData(content)), manifest.GetProperty(path).GetProperty("checksum").GetString());
                Assert.Equal(content, await PublicView.GetAsync(installation.Http, package.ModuleUrl(path)));
            }

            var integrity = packument.RootElement.GetProperty("versions").GetProperty(package.Version).GetProperty("dist").GetProperty("integrity").GetString();
            Assert.Equal(integrity, "sha512-" + Convert.ToBase64String(SHA512.HashData(await PublicView.GetAsync(installation.Http, package.NpmTarballUrl))));
        }

        // 4. And nothing else is there.
        await installation.SettleAsync();
        await installation.StopAsync();
        Aftermath.Check(installation.Data, [reference.First, .. published.Values]);
    }

    /// <summary>Sends until it is acknowledged, then asks until it is published. Gives the number of broken requests.</summary>
    private static async Task<int> PublishPatientlyAsync(Installation installation, SamplePackage package)
    {
        var broken = 0;
        var waited = Stopwatch.StartNew();
        Guid? task = null;
        while (true)
        {
            Assert.True(waited.Elapsed.TotalSeconds < 90, $"{package.Version} was not published within 90 s");
            if (task is null)
            {
                var submission = await installation.SubmitAsync(package);
                Assert.True(submission.IsBroken || submission.Task is not null, $"the upload was refused: {submission.Status} {submission.Answer}");
                task = submission.Task;
                broken += submission.IsBroken ? 1 : 0;
            }

            var state = task is null ? null : await installation.StatusAsync(task.Value);
            switch (state?.GetProperty("status").GetString())
            {
                case "success":
                    return broken;
                case "failure":
                    Assert.Fail($"the publish of {package.Version} failed: {state}");
                    break;
            }

            broken += task is not null && state is null ? 1 : 0;
            await Task.Delay(state is null ? 50 : 10);
        }
    }
}
