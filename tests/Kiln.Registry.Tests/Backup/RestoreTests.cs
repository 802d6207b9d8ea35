using System.Security.Cryptography;
using Kiln.Registry.Data;
using Kiln.Registry.Integrity;
using Kiln.Registry.Storage;
using Kiln.Tooling;

namespace Kiln.Registry.Backup;

/// <summary>What a restore does when it was interrupted, when it is told less, and what it never does (security.md §3.7).</summary>
public sealed class RestoreTests
{
    [Theory]
    [InlineData("objects")] // before the rows
    [InlineData("table users")] // in the middle of them
    [InlineData("publishes under way")] // after them
    public async Task An_interrupted_restore_is_repeated_with_the_same_words(string step)
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        var backup = await BackupTests.BackUpAsync(fixture, place.Path);
        using var data = new TemporaryDirectory();
        var target = await BackupTests.TargetAsync(data.Path);
        await InterruptAsync(target, place.Path, step);

        var restored = await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default);
        Assert.True(restored.Check!.Passed);
        Assert.Equal(backup.Manifest.Tables.Sum(t => t.Rows), restored.Rows);
        await using var open = await BackupTests.OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal(1, await open.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM users WHERE login = 'author'"), default));
        Assert.Equal(1, await open.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM package_versions"), default));
    }

    [Fact]
    public async Task A_registry_that_was_used_before_its_rows_came_back_is_not_called_restored()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackupTests.BackUpAsync(fixture, place.Path);
        using var data = new TemporaryDirectory();
        var target = await BackupTests.TargetAsync(data.Path);
        await InterruptAsync(target, place.Path, "objects");
        await using var open = await BackupTests.OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Null((await open.Get<RegistryAdmin>().CreateUserAsync("admin", true, default)).Error);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default));
        Assert.Contains("was interrupted before it had loaded any rows, and the database has been used since", refused.Message, StringComparison.Ordinal);
        Assert.True(await new ChangeGate(open.Database).IsClosedAsync(default));
    }

    [Fact]
    public async Task Scopes_that_only_the_store_knows_belong_to_whom_the_operator_says()
    {
        await using var fixture = await IntegrityFixture.StartAsync();
        await fixture.Registry.SignInAsync("second");
        foreach (var table in new[] { "packages", "scope_members", "scopes" })
        {
            await fixture.ExecuteAsync($"DELETE FROM {table}");
        }

        using var place = new TemporaryDirectory();
        await BackupTests.BackUpAsync(fixture, place.Path);
        await fixture.Registry.WithPackageAsync("scope", "pkg");
        await fixture.PublishAsync("1.0.0");

        using var data = new TemporaryDirectory();
        var target = await BackupTests.TargetAsync(data.Path);
        BackupTests.Copy(Path.Combine(fixture.Registry.Options.DataDirectory, "objects"), Path.Combine(data.Path, "objects"));
        var options = new RestoreOptions { DatabaseOnly = true, Owner = "second" };
        Assert.True((await RegistryTools.RestoreAsync(target, null, place.Path, options, null, default)).Check!.Passed);
        await using var open = await BackupTests.OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal("second", await open.Database.ReadAsync(s => s.FindAsync<string>("SELECT u.login FROM scopes s JOIN users u ON u.id = s.creator WHERE s.scope = 'scope'"), default));
    }

    [Fact]
    public async Task Objects_that_the_database_contradicts_or_cannot_judge_are_left_alone()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackupTests.BackUpAsync(fixture, place.Path);
        var (tarball, meta) = (ObjectKeys.NpmTarball("scope", "pkg", "1.0.0"), ObjectKeys.VersionMeta("scope", "pkg", "1.0.0"));
        var manifest = fixture.BytesOf(meta);

        // An npm tarball of the same size that the database knows, and lock files with it; a manifest whose hash was never recorded.
        fixture.FlipBit(tarball);
        await fixture.ExecuteAsync($"UPDATE npm_tarballs SET sha512 = '{Convert.ToBase64String(SHA512.HashData(fixture.BytesOf(tarball)))}'");
        fixture.FlipBit(meta);
        await fixture.ExecuteAsync("UPDATE package_versions SET meta_sha256 = NULL");
        var before = await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm);
        Assert.Equal(0, await PutBackAsync(fixture, place.Path));
        Assert.Equal(before, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm));

        // What is not there contradicts nothing.
        fixture.Remove(meta);
        fixture.Remove(tarball);
        Assert.Equal(1, await PutBackAsync(fixture, place.Path));
        Assert.Equal(manifest, fixture.BytesOf(meta));
    }

    [Fact]
    public async Task Nothing_is_written_to_the_place_of_the_backups()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackupTests.BackUpAsync(fixture, place.Path);
        Directory.Delete(Path.Combine(place.Path, "tmp"), recursive: true);
        var before = List(place.Path);
        using var data = new TemporaryDirectory();
        Assert.True((await RegistryTools.RestoreAsync(await BackupTests.TargetAsync(data.Path), null, place.Path, new RestoreOptions(), null, default)).Check!.Passed);
        Assert.Equal(0, await PutBackAsync(fixture, place.Path));
        Assert.Equal(before, List(place.Path));
    }

    [Theory]
    [InlineData("", "the place of the backups is empty; write a folder or s3://bucket?endpoint=…")]
    [InlineData("missing", "there is no folder 'missing'")]
    [InlineData(null, "there are no backups in the folder '{0}'")]
    public async Task A_place_without_backups_is_said_and_left_as_it_is(string? place, string message)
    {
        using var other = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(other.Path, "somebody's file"), "");
        using var data = new TemporaryDirectory();
        var target = new RegistryOptions { DataDirectory = data.Path, PublicUrl = "http://registry.test/" };
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RegistryTools.RestoreAsync(target, null, place ?? other.Path, new RestoreOptions(), null, default));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, message, other.Path), refused.Message);
        Assert.Equal(["somebody's file"], List(other.Path));
        Assert.Empty(List(data.Path));
    }

    [Fact]
    public async Task A_bucket_that_may_only_be_read_is_enough()
    {
        S3Server.UseCredentialsHere();
        var server = await S3Server.S3rverAsync();
        await using var proxy = await ChaosProxy.StartAsync(server.Endpoint);
        var shelf = await server.NewStorageAsync();
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        await using (var tools = await RegistryTools.OpenAsync(fixture.Registry.Options, fixture.Registry.Options.PublicUrl, default))
        {
            Assert.Empty((await tools.BackUpAsync(shelf, null, default)).Problems);
        }

        proxy.Plan = (_, method, _) => method is "GET" or "HEAD" ? Fault.None : Fault.Refused;
        using var data = new TemporaryDirectory();
        var through = shelf.Replace(server.Endpoint.ToString().TrimEnd('/'), proxy.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        Assert.True((await RegistryTools.RestoreAsync(await BackupTests.TargetAsync(data.Path), null, through, new RestoreOptions(), null, default)).Check!.Passed);
        Assert.True(proxy.Calls > 10, "the proxy was not asked");
    }

    private static async Task InterruptAsync(RegistryOptions target, string place, string step)
    {
        var progress = new BackupTests.Immediate(at =>
        {
            if (at.Step == step)
            {
                throw new IOException("the plug was pulled");
            }
        });
        var pulled = await Assert.ThrowsAnyAsync<Exception>(() => RegistryTools.RestoreAsync(target, null, place, new RestoreOptions(), progress, default));
        Assert.Contains("the plug was pulled", pulled.ToString(), StringComparison.Ordinal);
    }

    private static async Task<long> PutBackAsync(IntegrityFixture fixture, string place)
    {
        await using var tools = await RegistryTools.OpenAsync(fixture.Registry.Options, fixture.Registry.Options.PublicUrl, default);
        return (await tools.PutBackAsync(place, new RestoreOptions { ObjectsOnly = true }, null, default)).Restored;
    }

    private static IReadOnlyList<string> List(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(e => Path.GetRelativePath(folder, e)).Order(StringComparer.Ordinal)];
}
