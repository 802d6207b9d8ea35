using System.Net;
using System.Text.Json;
using Kiln.Registry;

namespace Kiln.Faults;

/// <summary>kill -9 of the server at every point of a publish (security.md §3.9, F01–F03, F25).</summary>
public sealed class CrashTests(Scenario scenario) : IClassFixture<Scenario>
{
    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(20);

    /// <summary>Every named point; those that are passed once for each file at several occurrences.</summary>
    public static TheoryData<string> Points
    {
        get
        {
            var points = new TheoryData<string>();
            foreach (var name in CrashPoint.All)
            {
                points.Add(name);
            }

            foreach (var name in new[] { CrashPoint.ObjectWritten, CrashPoint.ObjectLinked })
            {
                foreach (var occurrence in new[] { 3, 5, 6, 7 })
                {
                    points.Add($"{name}:{occurrence}");
                }
            }

            return points;
        }
    }

    /// <summary>Recovery is work too, and may be killed as well.</summary>
    public static TheoryData<string, string> Pairs { get; } = new()
    {
        { CrashPoint.Locked, CrashPoint.TarballWritten },
        { CrashPoint.ObjectLinked, CrashPoint.ObjectLinked + ":2" },
        { CrashPoint.VersionMetaWritten, CrashPoint.InsideCommit },
        { CrashPoint.Committed, CrashPoint.PackageMetaWritten },
        { CrashPoint.PackageMetaWritten, CrashPoint.BeforeSuccess },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Killed_at_any_point_a_publish_ends_as_if_undisturbed(string point)
    {
        var data = scenario.NewData();
        await using var witness = new Witness(scenario.Port, scenario.Addresses);
        var acknowledged = await PublishAndDieAsync(data, point);
        await RecoverAsync(data, acknowledged, witness);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Killed_again_during_recovery_it_still_does(string first, string second)
    {
        var data = scenario.NewData();
        await using var witness = new Witness(scenario.Port, scenario.Addresses);
        var acknowledged = await PublishAndDieAsync(data, first);

        // The worker takes the task at start, and the server may be dead before it is ready.
        try
        {
            await using var server = await ServerProcess.StartAsync(data, scenario.Token, second, scenario.Port);
            Assert.True(await server.DiesAsync(DeathPatience), $"'{second}' was not reached during recovery:\n{server.Output}");
        }
        catch (InvalidOperationException)
        {
            // It was.
        }

        await RecoverAsync(data, acknowledged, witness);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(99)]
    public async Task Killed_during_the_upload_nothing_remains_and_the_upload_can_be_repeated(int percent)
    {
        var data = scenario.NewData();
        var tarball = Scenario.Tarball("1.0.0");
        await using (var server = await ServerProcess.StartAsync(data, scenario.Token, port: scenario.Port))
        {
            var reached = new TaskCompletionSource();
            using var body = new HaltingContent(tarball, tarball.Length * percent / 100, reached);
            var publishing = server.PublishAsync("1.0.0", body);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await Task.Delay(50);
            server.Kill();
            Assert.Null(await publishing);
        }

        Assert.Equal(0, Scenario.Count(data, "publishing_tasks"));
        Assert.Equal(0, Scenario.Count(data, "version_claims"));
        await using var witness = new Witness(scenario.Port, scenario.Addresses);
        await RecoverAsync(data, null, witness);
    }

    [Fact]
    public async Task After_the_first_public_file_other_bytes_are_refused()
    {
        var data = scenario.NewData();
        await PublishAndDieAsync(data, CrashPoint.ObjectLinked);
        await using var server = await ServerProcess.StartAsync(data, scenario.Token, port: scenario.Port);
        using var other = new ByteArrayContent(Scenario.Tarball("1.0.0", "mud"));
        var reply = (await server.PublishAsync("1.0.0", other))!.Value;
        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal("duplicateVersionPublish", reply.Body.GetProperty("code").GetString());
        var task = await server.WaitForTaskAsync(reply.Body.GetProperty("task").GetProperty("id").GetString()!);
        Assert.Equal("success", task.GetProperty("status").GetString());
        scenario.AssertAsUndisturbed(data);
    }

    /// <summary>The id of the task when the server answered before it died.</summary>
    private async Task<string?> PublishAndDieAsync(string data, string point)
    {
        await using var server = await ServerProcess.StartAsync(data, scenario.Token, point, scenario.Port);
        using var body = new ByteArrayContent(Scenario.Tarball("1.0.0"));
        var reply = await server.PublishAsync("1.0.0", body);
        Assert.True(await server.DiesAsync(DeathPatience), $"'{point}' was not reached: {reply}\n{server.Output}");
        Assert.Equal(137, server.ExitCode);
        Assert.True(reply is null or { Status: HttpStatusCode.OK }, reply?.ToString());
        return reply?.Body.GetProperty("id").GetString();
    }

    private async Task RecoverAsync(string data, string? acknowledged, Witness witness)
    {
        await using (var server = await ServerProcess.StartAsync(data, scenario.Token, port: scenario.Port))
        {
            // Acknowledged means it ends by itself. Otherwise the client, which knows nothing, sends the same again.
            if (acknowledged is null)
            {
                using var again = new ByteArrayContent(Scenario.Tarball("1.0.0"));
                var reply = (await server.PublishAsync("1.0.0", again))!.Value;
                Assert.True(reply.Status == HttpStatusCode.OK, $"{reply}\n{server.Output}");
                acknowledged = reply.Body.GetProperty("id").GetString()!;
            }

            var task = await server.WaitForTaskAsync(acknowledged);
            Assert.True(task.GetProperty("status").GetString() == "success", $"{task}\n{server.Output}");
            await AssertVisibleAsync(server, "1.0.0");
            Assert.Empty(await witness.TestifyAsync());

            // One task, one claim for ever, one version; nothing unfinished (I4, I5).
            Assert.Equal(1, Scenario.Count(data, "publishing_tasks", "status = 'success' AND lease IS NULL"));
            Assert.Equal(1, Scenario.Count(data, "publishing_tasks"));
            Assert.Equal(1, Scenario.Count(data, "version_claims", "state = 'locked'"));
            Assert.Equal(1, Scenario.Count(data, "version_claims"));
            Assert.Equal(1, Scenario.Count(data, "package_versions"));
            Assert.Equal(1, Scenario.Count(data, "audit_log", "action = 'publish_version'"));
            scenario.AssertAsUndisturbed(data);

            // The sweep of the start took what the dead process left; the upload of the success stays (I9).
            await EventuallyAsync(() => Scenario.Staged(data).Count == 1 && Scenario.Temporary(data).Count == 0, () => string.Join('\n', [.. Scenario.Staged(data), .. Scenario.Temporary(data)]));

            // And the registry goes on.
            using var next = new ByteArrayContent(Scenario.Tarball("1.0.1"));
            var following = await server.WaitForTaskAsync((await server.PublishAsync("1.0.1", next))!.Value.Body.GetProperty("id").GetString()!);
            Assert.Equal("success", following.GetProperty("status").GetString());
            await AssertVisibleAsync(server, "1.0.0");
            await AssertVisibleAsync(server, "1.0.1");
        }

        Assert.True(Scenario.IsSound(data));
    }

    /// <summary>Success means that clients see it (I6), and that npm's hash is that of the bytes (I7).</summary>
    private static async Task AssertVisibleAsync(ServerProcess server, string version)
    {
        var meta = JsonDocument.Parse(await server.Client.GetByteArrayAsync($"/@{Scenario.Scope}/{Scenario.Package}/meta.json")).RootElement;
        Assert.True(meta.GetProperty("versions").TryGetProperty(version, out _));
        var packument = JsonDocument.Parse(await server.Client.GetByteArrayAsync($"/npm/@jsr/{Scenario.Scope}__{Scenario.Package}")).RootElement;
        var dist = packument.GetProperty("versions").GetProperty(version).GetProperty("dist");
        var tarball = await server.Client.GetByteArrayAsync(dist.GetProperty("tarball").GetString());
        Assert.Equal("sha512-" + Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(tarball)), dist.GetProperty("integrity").GetString());
        var manifest = JsonDocument.Parse(await server.Client.GetByteArrayAsync($"/@{Scenario.Scope}/{Scenario.Package}/{version}_meta.json")).RootElement.GetProperty("manifest");
        foreach (var file in manifest.EnumerateObject())
        {
            var bytes = await server.Client.GetByteArrayAsync($"/@{Scenario.Scope}/{Scenario.Package}/{version}{file.Name}");
            Assert.Equal("sha256-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), file.Value.GetProperty("checksum").GetString());
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition, Func<string> state)
    {
        for (var i = 0; i < 300 && !condition(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(condition(), state());
    }

    /// <summary>Sends a part of the body and then waits for the end of the connection.</summary>
    private sealed class HaltingContent(byte[] bytes, int count, TaskCompletionSource reached) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(bytes.AsMemory(0, count), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            reached.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(20), cancellationToken);
            throw new IOException("The server is still there.");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
