using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Integrity;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Kiln.Tooling;

namespace Kiln.Registry.Backup;

/// <summary>A registry, its backup, and the registry that comes out of it (security.md §3.7).</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Everything_comes_back_byte_for_byte_and_nothing_can_be_published_over()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        using var place = new TemporaryDirectory();
        var backup = await BackUpAsync(fixture, place.Path);
        Assert.Empty(backup.Problems);

        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        var restored = await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default);
        Assert.Empty(restored.Problems);
        Assert.True(restored.Check!.Passed, string.Join('\n', restored.Check.Findings.Select(f => $"{f.Kind.Code} {f.Subject} {f.Reason}")));

        // Every object, also those that are not copied but made again; the address is that of the old registry.
        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal(
            await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging), await SnapshotAsync(open.Store, Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging));

        // Every row. What differs says why: the restore's own lines and queued work for the search.
        Assert.Equal(await RowsAsync(fixture.Registry.Database), await RowsAsync(open.Database));

        // The search is not in the backup and is made again.
        Assert.DoesNotContain(backup.Manifest.Tables, t => t.Name.StartsWith("search_", StringComparison.Ordinal));
        await open.Get<Jobs.JobWorker>().DrainAsync(default);
        Assert.Equal(["pkg"], (await open.Get<Search.IPackageSearch>().SearchAsync(Search.PackageQuery.Parse("pkg"), 10, default)).Packages.Select(p => p.Name));

        // Numbers that are taken stay taken.
        var other = IntegrityFixture.Tarball("1.1.0", "other content");
        var refused = await open.Get<PublishService>().SubmitAsync(
            fixture.Author, new PublishUpload("scope", "pkg", "1.1.0", "/deno.json", "gzip", other.Length, new MemoryStream(other)), default);
        Assert.Equal("duplicateVersionPublish", refused.Error?.Code);
        await open.Get<RegistryAdmin>().CreateUserAsync("newcomer", false, default); // rows that are numbered go on from where they were
    }

    [Fact]
    public async Task A_registry_moves_to_another_engine_and_another_store_and_back()
    {
        S3Server.UseCredentialsHere();
        var bucket = await S3Server.S3rverAsync();
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);

        // 1. To PostgreSQL and a bucket.
        using var spool = new TemporaryDirectory();
        var large = new RegistryOptions
        {
            DataDirectory = spool.Path, PublicUrl = "http://registry.test/", Database = await TestDatabase.CreateOnPostgresAsync(), Storage = await bucket.NewStorageAsync(),
        };
        Assert.True((await RegistryTools.RestoreAsync(large, null, place.Path, new RestoreOptions(), null, default)).Check!.Passed);
        var shelf = await bucket.NewStorageAsync();
        await using (var open = await OpenAsync(large, fixture.Registry.Options.PublicUrl))
        {
            Assert.Equal(await RowsAsync(fixture.Registry.Database), await RowsAsync(open.Database));
            Assert.Equal(await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm), await SnapshotAsync(open.Store, Bucket.Modules, Bucket.Npm));
            await open.Get<RegistryAdmin>().CreateUserAsync("newcomer", false, default); // numbered rows go on
        }

        // 2. A backup of it, in another bucket, copies nothing the second time.
        await using (var tools = await RegistryTools.OpenAsync(large, null, default))
        {
            Assert.Empty((await tools.BackUpAsync(shelf, null, default)).Problems);
            Assert.Equal(0, (await tools.BackUpAsync(shelf, null, default)).Copied);
        }

        // 3. And back to the embedded database and folders.
        using var data = new TemporaryDirectory();
        var small = new RegistryOptions { DataDirectory = data.Path, PublicUrl = "http://registry.test/" };
        Assert.True((await RegistryTools.RestoreAsync(small, null, shelf, new RestoreOptions(), null, default)).Check!.Passed);
        await using var home = await OpenAsync(small, fixture.Registry.Options.PublicUrl);
        Assert.Equal(await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging), await SnapshotAsync(home.Store, Bucket.Modules, Bucket.Npm, Bucket.Docs, Bucket.Staging));
        Assert.Equal(1, await home.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM users WHERE login = 'newcomer'"), default));
    }

    [Fact]
    public async Task A_second_backup_copies_what_is_new_and_each_can_be_restored()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        var first = await BackUpAsync(fixture, place.Path);
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        var idle = await BackUpAsync(fixture, place.Path);
        Assert.Equal(0, idle.Copied);
        await fixture.PublishAsync("1.1.0");
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await BackUpAsync(fixture, place.Path);
        Assert.Equal(second.Manifest.Objects - first.Manifest.Objects, second.Copied);

        Assert.Equal(["1.0.0", "1.1.0"], await VersionsAsync(place.Path, null));
        Assert.Equal(["1.0.0"], await VersionsAsync(place.Path, first.Manifest.Name));

        async Task<IReadOnlyList<string>> VersionsAsync(string from, string? name)
        {
            using var data = new TemporaryDirectory();
            var target = await TargetAsync(data.Path);
            Assert.True((await RegistryTools.RestoreAsync(target, null, from, new RestoreOptions { Backup = name }, null, default)).Check!.Passed);
            await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
            return await open.Database.ReadAsync(s => s.ListAsync<string>("SELECT version FROM package_versions ORDER BY version"), default);
        }
    }

    [Fact]
    public async Task An_interrupted_backup_is_none_and_the_next_one_goes_on_from_it()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        var backup = await BackUpAsync(fixture, place.Path);
        File.Delete(Path.Combine(place.Path, "objects", "backups", backup.Manifest.Name + ".json")); // killed before the last step
        var nothing = await Assert.ThrowsAsync<InvalidOperationException>(() => RestoreToNewAsync(place.Path));
        Assert.Equal("there is no complete backup", nothing.Message);

        fixture.Registry.Clock.Advance(TimeSpan.FromDays(2));
        var next = await BackUpAsync(fixture, place.Path);
        Assert.Equal(0, next.Copied); // the objects were there
        Assert.False(Directory.EnumerateFiles(Path.Combine(place.Path, "objects", "backups", backup.Manifest.Name), "*", SearchOption.AllDirectories).Any());
        Assert.True((await RestoreToNewAsync(place.Path)).Check!.Passed);
    }

    [Fact]
    public async Task Nothing_is_restored_over_a_registry()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);
        var used = await Assert.ThrowsAsync<InvalidOperationException>(() => RegistryTools.RestoreAsync(fixture.Registry.Options, null, place.Path, new RestoreOptions(), null, default));
        Assert.Equal("the database is not empty; a backup is restored to an empty place", used.Message);
        Assert.Empty((await fixture.CheckAsync()).Findings);

        using var data = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(data.Path, "objects", "modules"));
        await File.WriteAllTextAsync(Path.Combine(data.Path, "objects", "modules", "something"), "");
        var full = await Assert.ThrowsAsync<InvalidOperationException>(async () => await RegistryTools.RestoreAsync(await TargetAsync(data.Path), null, place.Path, new RestoreOptions(), null, default));
        Assert.StartsWith("the store is not empty", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C9_an_older_database_beside_newer_objects_learns_what_was_published_since()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);
        await fixture.PublishAsync("1.0.1");

        // The machine with the database burns down; the store is somewhere else.
        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        Copy(Path.Combine(fixture.Registry.Options.DataDirectory, "objects"), Path.Combine(data.Path, "objects"));
        var restored = await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions { DatabaseOnly = true }, null, default);
        Assert.True(restored.Check!.Passed, string.Join('\n', restored.Check.Findings.Select(f => $"{f.Kind.Code} {f.Subject} {f.Reason}")));

        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal(await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm), await SnapshotAsync(open.Store, Bucket.Modules, Bucket.Npm));
        var other = IntegrityFixture.Tarball("1.0.1", "other content");
        var refused = await open.Get<PublishService>().SubmitAsync(
            fixture.Author, new PublishUpload("scope", "pkg", "1.0.1", "/deno.json", "gzip", other.Length, new MemoryStream(other)), default);
        Assert.Equal("duplicateVersionPublish", refused.Error?.Code);
    }

    [Fact]
    public async Task A_damaged_backup_says_what_is_damaged_and_the_registry_stays_read_only()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(place.Path, "objects", "modules"), "mod.ts", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(place.Path, "objects", "staging"))))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[bytes.Length / 2] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }

        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        var restored = await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default);
        Assert.Equal(2, restored.Problems.Count);
        Assert.Contains(restored.Problems, p => p == "Modules:@scope/pkg/1.0.0/mod.ts is damaged in the backup");
        Assert.Equal(["moduleMissing", "uploadMissing"], restored.Check!.Findings.Where(f => f.Outcome != FindingOutcome.Repaired).Select(f => f.Kind.Code).Order(StringComparer.Ordinal));

        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.True(await open.Get<ChangeGate>().IsClosedAsync(default));

        // The way out when there is no better backup.
        await using (var tools = await RegistryTools.OpenAsync(target, null, default))
        {
            Assert.True(await tools.OpenForChangesAsync(default));
        }

        Assert.False(await new ChangeGate(open.Database).IsClosedAsync(default));
    }

    [Fact]
    public async Task A_damaged_dump_restores_nothing()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        var backup = await BackUpAsync(fixture, place.Path);
        var users = Path.Combine(place.Path, "objects", "backups", backup.Manifest.Name, "database", "users.0.jsonl.gz");
        var bytes = await File.ReadAllBytesAsync(users);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(users, bytes);

        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        var damaged = await Assert.ThrowsAsync<InvalidDataException>(() => RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default));
        Assert.Contains("users.0.jsonl.gz", damaged.Message, StringComparison.Ordinal);
        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal(0, await open.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM scopes"), default));
        Assert.True(await open.Get<ChangeGate>().IsClosedAsync(default));

        // With the right dump the same command goes on where it was.
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(users, bytes);
        Assert.True((await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default)).Check!.Passed);
        Assert.False(await new ChangeGate(open.Database).IsClosedAsync(default));
    }

    [Fact]
    public async Task Lost_and_damaged_files_are_put_back_and_nothing_else_is_touched()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);
        await fixture.PublishAsync("1.1.0");
        var healthy = await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm, Bucket.Staging);

        fixture.FlipBit(ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts"));
        fixture.FlipBit(ObjectKeys.VersionMeta("scope", "pkg", "1.0.0"));
        fixture.FlipBit(ObjectKeys.NpmTarball("scope", "pkg", "1.0.0"));
        fixture.Remove(ObjectKeys.Module("scope", "pkg", "1.0.0", "/other.ts"));
        fixture.Remove(await fixture.UploadAsync("1.0.0"));
        await using (var tools = await RegistryTools.OpenAsync(fixture.Registry.Options, fixture.Registry.Options.PublicUrl, default))
        {
            var put = await tools.PutBackAsync(place.Path, new RestoreOptions { ObjectsOnly = true }, null, default);
            Assert.Equal((5, 0), (put.Restored, put.Problems.Count));
            Assert.Equal(0, (await tools.PutBackAsync(place.Path, new RestoreOptions { ObjectsOnly = true }, null, default)).Restored);
        }

        Assert.Equal(healthy, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm, Bucket.Staging));
        Assert.Empty((await fixture.CheckAsync()).Findings);
    }

    [Fact]
    public async Task A_publish_that_waits_goes_on_where_it_was()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0");
        await fixture.SubmitAsync("2.0.0");
        using var place = new TemporaryDirectory();
        await BackUpAsync(fixture, place.Path);
        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        Assert.True((await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default)).Check!.Passed);
        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        await open.Get<PublishWorker>().DrainAsync(default);
        Assert.Equal("success", await open.Database.ReadAsync(s => s.FindAsync<string>("SELECT status FROM publishing_tasks WHERE version = '2.0.0'"), default));
    }

    [Fact]
    public async Task A_version_that_is_deleted_while_the_backup_is_made_stays_deleted()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        using var place = new TemporaryDirectory();
        var result = await BackUpWhileAsync(fixture, place.Path, async () =>
        {
            await fixture.ExecuteAsync("INSERT INTO tombstones VALUES ('scope', 'pkg', '1.1.0', 0)");
            await fixture.ExecuteAsync("DELETE FROM package_versions WHERE version = '1.1.0'");
            foreach (var key in new[] { "/mod.ts", "/other.ts", "/README.md", "/deno.json" }.Select(f => ObjectKeys.Module("scope", "pkg", "1.1.0", f))
                .Append(ObjectKeys.VersionMeta("scope", "pkg", "1.1.0")).Append(ObjectKeys.NpmTarball("scope", "pkg", "1.1.0")).Append(await fixture.UploadAsync("1.1.0")))
            {
                fixture.Remove(key);
            }
        });
        Assert.Empty(result.Problems);
        Assert.Equal(["@scope/pkg@1.1.0"], result.Manifest.Deleted);

        using var data = new TemporaryDirectory();
        var target = await TargetAsync(data.Path);
        Assert.True((await RegistryTools.RestoreAsync(target, null, place.Path, new RestoreOptions(), null, default)).Check!.Passed);
        await using var open = await OpenAsync(target, fixture.Registry.Options.PublicUrl);
        Assert.Equal(["1.0.0"], await open.Database.ReadAsync(s => s.ListAsync<string>("SELECT version FROM package_versions"), default));
        Assert.Equal(1, await open.Database.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM tombstones WHERE version = '1.1.0'"), default));
    }

    [Fact]
    public async Task A_version_that_is_lost_is_said()
    {
        await using var fixture = await IntegrityFixture.StartAsync("1.0.0", "1.1.0");
        using var place = new TemporaryDirectory();
        var result = await BackUpWhileAsync(fixture, place.Path, () =>
        {
            fixture.Remove(ObjectKeys.VersionMeta("scope", "pkg", "1.1.0"));
            return Task.CompletedTask;
        });
        Assert.Equal(["@scope/pkg@1.1.0 has no manifest in the store: run kiln fsck"], result.Problems);
        Assert.Empty(result.Manifest.Deleted);
    }

    [Fact]
    public async Task An_object_that_cannot_be_read_is_said_and_all_else_is_copied()
    {
        var store = new FailingStore();
        await using var fixture = await IntegrityFixture.StartAsync(store, "1.0.0", "1.1.0");
        using var place = new TemporaryDirectory();
        var module = ObjectKeys.Module("scope", "pkg", "1.0.0", "/mod.ts");
        store.FailWhen = key => key == module;
        foreach (var failure in new Func<string, Exception>[] { m => new IOException(m), m => new UnauthorizedAccessException(m) })
        {
            store.Failure = failure;
            var backup = await BackUpAsync(fixture.Registry.Database, fixture.Registry.Store, place.Path);
            Assert.Equal([$"{module} cannot be read: injected at {module}"], backup.Problems);
            fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        // What was read is whole: the file comes from the upload.
        Assert.True((await RestoreToNewAsync(place.Path)).Check!.Passed);

        // A store that is away is something else: nothing could be read.
        store.Failure = m => new StoreUnavailableException(m, refused: false, null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => BackUpAsync(fixture.Registry.Database, fixture.Registry.Store, place.Path));
    }

    /// <param name="change">Happens after the rows have been read as they are, and before the first object is.</param>
    private static async Task<BackupResult> BackUpWhileAsync(IntegrityFixture fixture, string place, Func<Task> change)
    {
        using var target = DirectoryObjectStore.Open(place);
        var done = false;
        var progress = new Immediate(at =>
        {
            if (!done && at.Step == "table version_docs")
            {
                done = true;
                Task.Run(change).GetAwaiter().GetResult();
            }
        });
        var result = await new BackupWriter(fixture.Registry.Database, fixture.Store, target).RunAsync(progress, default);
        Assert.True(done);
        return result;
    }

    internal static Task<BackupResult> BackUpAsync(IntegrityFixture fixture, string place) => BackUpAsync(fixture.Registry.Database, fixture.Store, place);

    internal static async Task<BackupResult> BackUpAsync(Database database, IObjectStore store, string place)
    {
        using var target = DirectoryObjectStore.Open(place);
        return await new BackupWriter(database, store, target).RunAsync(null, default);
    }

    private static async Task<RestoreResult> RestoreToNewAsync(string place)
    {
        using var data = new TemporaryDirectory();
        return await RegistryTools.RestoreAsync(await TargetAsync(data.Path), null, place, new RestoreOptions(), null, default);
    }

    internal static async Task<RegistryOptions> TargetAsync(string data) =>
        new() { DataDirectory = data, PublicUrl = "http://registry.test/", Database = await TestDatabase.CreateAsync() };

    internal static Task<OpenRegistry> OpenAsync(RegistryOptions options, string publicUrl) => Task.FromResult(new OpenRegistry(RegistryTools.Build(options with { PublicUrl = publicUrl }, null)));

    private static async Task<SortedDictionary<string, string>> SnapshotAsync(IObjectStore store, params Bucket[] buckets)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var bucket in buckets)
        {
            await foreach (var key in store.ListAsync(bucket, "", default))
            {
                await using var stored = await store.OpenAsync(key, default);
                all[key.ToString()] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await stored!.ReadAllAsync(default)));
            }
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Database database)
    {
        var rows = new List<string>();
        await database.SnapshotAsync(
            async session =>
            {
                foreach (var table in (await TableCatalogue.ReadAsync(session)).Where(t => t.Name is not ("jobs" or "audit_log" or "packages")))
                {
                    using var lines = new MemoryStream();
                    await foreach (var row in session.StreamAsync($"SELECT {string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))} FROM \"{table.Name}\""))
                    {
                        RowCodec.Write(lines, row, table.Columns);
                    }

                    rows.AddRange(System.Text.Encoding.UTF8.GetString(lines.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => table.Name + l));
                }

                rows.AddRange(await session.ListAsync<string>("SELECT scope || name || description || created_at || updated_at FROM packages"));
                rows.AddRange(await session.ListAsync<string>("SELECT action || meta || created_at FROM audit_log WHERE action NOT IN ('restore', 'open_restored_registry')"));
                return default(Done);
            },
            default);
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    internal sealed class Immediate(Action<WorkProgress> action) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => action(value);
    }

    internal sealed class OpenRegistry(Microsoft.Extensions.DependencyInjection.ServiceProvider services) : IAsyncDisposable
    {
        public Database Database => Get<Database>();

        public IObjectStore Store => Get<IObjectStore>();

        public T Get<T>()
            where T : notnull => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<T>(services);

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
