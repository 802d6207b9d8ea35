using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;
using Kiln.Tooling;

namespace Kiln.Registry.Integrity;

/// <summary>Every finding comes from a real damage, and --repair does what its text says (security.md §3.8, C8, F29).</summary>
public sealed class FsckFindingTests
{
    private const string Version = "1.0.0";

    private static readonly ObjectKey Module = ObjectKeys.Module("scope", "pkg", Version, "/mod.ts");
    private static readonly ObjectKey VersionMeta = ObjectKeys.VersionMeta("scope", "pkg", Version);
    private static readonly ObjectKey PackageMeta = ObjectKeys.PackageMeta("scope", "pkg");
    private static readonly ObjectKey Tarball = ObjectKeys.NpmTarball("scope", "pkg", Version);
    private static readonly ObjectKey Packument = ObjectKeys.Packument("scope", "pkg");

    /// <param name="Expected">The codes that a check finds.</param>
    /// <param name="Left">Those that are left after --repair.</param>
    private sealed record Damage(Func<IntegrityFixture, Task> Do, string[] Expected, string[] Left);

    private static readonly Dictionary<string, Damage> Damages = new(StringComparer.Ordinal)
    {
        ["foreignKeyBroken"] = new(BreakForeignKeyAsync, ["foreignKeyBroken"], ["foreignKeyBroken"]),
        ["versionMetaMissing"] = Mended(f => f.Remove(VersionMeta), "versionMetaMissing"),
        ["versionMetaDamaged"] = Mended(f => f.FlipBit(VersionMeta), "versionMetaDamaged"),
        ["versionMetaDamaged without its upload"] = new(
            async f =>
            {
                f.FlipBit(VersionMeta);
                f.Remove(await f.UploadAsync(Version));
            },
            ["uploadMissing", "versionMetaDamaged"], ["uploadMissing", "versionMetaDamaged"]),
        ["versionMetaUnrecorded"] = Mended(f => f.ExecuteAsync("UPDATE package_versions SET meta_sha256 = NULL"), "versionMetaUnrecorded"),
        ["versionMetaDamaged without a recorded hash"] = new(
            async f =>
            {
                await f.ExecuteAsync($"UPDATE package_versions SET meta_sha256 = NULL WHERE version = '{Version}'");
                f.Write(VersionMeta, """{"manifest":{},"exports":{}}""");
            },
            ["versionMetaDamaged"], []),
        ["manifestMismatch"] = new(
            f => f.ExecuteAsync("UPDATE package_files SET size = size + 1 WHERE path = '/mod.ts'"), ["manifestMismatch", "moduleDamaged"], []),
        ["manifestMismatch: a row is lost"] = new(f => f.ExecuteAsync("DELETE FROM package_files WHERE path = '/mod.ts'"), ["fileOrphan", "manifestMismatch"], []),
        ["moduleMissing"] = Mended(f => f.Remove(Module), "moduleMissing"),
        ["moduleDamaged"] = Mended(f => f.FlipBit(Module), "moduleDamaged"),
        ["moduleDamaged: shortened"] = Mended(f => File.WriteAllBytes(f.Store.PathOf(Module), f.BytesOf(Module)[..^1]), "moduleDamaged"),
        ["moduleDamaged without its upload"] = new(
            async f =>
            {
                f.FlipBit(Module);
                f.FlipBit(await f.UploadAsync(Version));
            },
            ["moduleDamaged", "uploadDamaged"], ["moduleDamaged", "uploadDamaged"]),
        ["npmTarballMissing"] = Mended(f => f.Remove(Tarball), "npmTarballMissing"),
        ["npmTarballDamaged"] = Mended(f => f.FlipBit(Tarball), "npmTarballDamaged"),
        ["npmHashesMissing"] = new(
            f => f.ExecuteAsync($"DELETE FROM npm_tarballs WHERE version = '{Version}'"), ["gzipTwinWrong", "npmHashesMissing", "packumentWrong"], []),
        ["npmHashesMissing without its upload"] = new(
            async f =>
            {
                f.Remove(await f.UploadAsync(Version));
                await f.ExecuteAsync($"DELETE FROM npm_tarballs WHERE version = '{Version}'"); // the packument still shows it, and must not lose it
            },
            ["gzipTwinWrong", "npmHashesMissing", "packumentWrong", "uploadMissing"], ["gzipTwinWrong", "npmHashesMissing", "packumentWrong", "uploadMissing"]),
        ["claimMissing"] = Mended(f => f.ExecuteAsync("DELETE FROM version_claims"), "claimMissing"),
        ["claimMissing: not locked"] = Mended(f => f.ExecuteAsync("UPDATE version_claims SET state = 'reserved'"), "claimMissing"),
        ["claimMismatch"] = new(f => f.ExecuteAsync("UPDATE version_claims SET tarball_sha256 = 'other'"), ["claimMismatch"], ["claimMismatch"]),
        ["taskMissing"] = new(
            async f =>
            {
                var upload = await f.UploadAsync(Version);
                await f.ExecuteAsync($"DELETE FROM publishing_tasks WHERE version = '{Version}'");
                f.Remove(upload);
            },
            ["taskMissing"], ["uploadMissing"]),
        ["publishLost"] = new(LoseVersionAsync, ["docsOrphan", "gzipTwinWrong", "packageMetaWrong", "packumentWrong", "publishLost"], []),
        ["taskStuck"] = new(StickAsync, ["taskStuck"], []),
        ["uploadMissing"] = new(async f => f.Remove(await f.UploadAsync(Version)), ["uploadMissing"], ["uploadMissing"]),
        ["uploadDamaged"] = new(async f => f.FlipBit(await f.UploadAsync(Version)), ["uploadDamaged"], ["uploadDamaged"]),
        ["uploadOrphan"] = Mended(
            f =>
            {
                var key = ObjectKeys.Staged(Guid.NewGuid().ToString("D"));
                f.Write(key, "an upload");
                Age(f, key);
            },
            "uploadOrphan"),
        ["uploadOrphan: young"] = new(
            f =>
            {
                var key = ObjectKeys.Staged(Guid.NewGuid().ToString("D"));
                f.Write(key, "an upload");
                File.SetLastWriteTimeUtc(f.Store.PathOf(key), f.Registry.Clock.GetUtcNow().UtcDateTime.AddMinutes(-2));
                return Task.CompletedTask;
            },
            ["uploadOrphan"], ["uploadOrphan"]),
        ["reservationOrphan"] = Mended(
            f => f.ExecuteAsync("INSERT INTO version_claims VALUES ('scope', 'pkg', '9.9.9', 'x', 'reserved', 'gone', 0, 0)"), "reservationOrphan"),
        ["temporaryFiles"] = Mended(
            f =>
            {
                var dead = Path.Combine(f.Registry.Options.DataDirectory, "tmp", "dead");
                Directory.CreateDirectory(dead);
                File.WriteAllText(dead + ".lock", "");
                File.WriteAllText(Path.Combine(dead, "half"), "half a file");
            },
            "temporaryFiles"),
        ["packageMetaWrong"] = Mended(f => f.FlipBit(PackageMeta), "packageMetaWrong"),
        ["packageMetaWrong: missing"] = Mended(f => f.Remove(PackageMeta), "packageMetaWrong"),
        ["packumentWrong"] = Mended(f => f.FlipBit(Packument), "packumentWrong"),
        ["packumentWrong: install"] = Mended(f => f.FlipBit(ObjectKeys.InstallPackument("scope", "pkg")), "packumentWrong"),
        ["packumentWrong: latest"] = Mended(f => f.Remove(ObjectKeys.LatestManifest("scope", "pkg")), "packumentWrong"),
        ["gzipTwinWrong"] = Mended(f => f.FlipBit(ObjectKeys.Gzip(Packument)), "gzipTwinWrong"),
        ["gzipTwinWrong: no gzip"] = Mended(f => f.Write(ObjectKeys.Gzip(ObjectKeys.InstallPackument("scope", "pkg")), "text"), "gzipTwinWrong"),
        ["generationBehind"] = Mended(f => f.ExecuteAsync("UPDATE packages SET meta_gen = meta_gen + 1"), "generationBehind"),
        ["docsMissing"] = Mended(async f => f.Remove(await DocsAsync(f, ".pages")), "docsMissing"),
        ["docsDamaged"] = Mended(async f => f.FlipBit(await DocsAsync(f, ".json.gz")), "docsDamaged"),
        ["docsNotQueued"] = new(f => f.ExecuteAsync("DELETE FROM version_docs"), ["docsNotQueued", "docsOrphan"], []),
        ["docsOrphan"] = Mended(f => f.Write(ObjectKeys.DocPages("scope", "pkg", Version, "old"), "old pages"), "docsOrphan"),
        ["docsOrphan: of nobody"] = Mended(f => f.Write(ObjectKeys.DocPages("scope", "other", "2.0.0", "old"), "old pages"), "docsOrphan"),
        ["versionUnknown"] = new(
            ForgetVersionAsync,
            ["docsOrphan", "gzipTwinWrong", "packageMetaWrong", "packumentWrong", "uploadOrphan", "versionUnknown"],
            ["gzipTwinWrong", "packageMetaWrong", "packumentWrong", "uploadOrphan", "versionUnknown"]),
        ["versionUnfinished"] = new(
            async f =>
            {
                f.Write(ObjectKeys.Module("scope", "pkg", "9.9.9", "/mod.ts"), "left by a failed publish");
                await f.ExecuteAsync("INSERT INTO version_claims VALUES ('scope', 'pkg', '9.9.9', 'x', 'locked', 'gone', 0, 0)");
            },
            ["versionUnfinished"], ["versionUnfinished"]),
        ["objectOrphan"] = new(
            f =>
            {
                f.Write(ObjectKeys.Module("scope", "pkg", "9.9.9", "/mod.ts"), "of a version that never was");
                return Task.CompletedTask;
            },
            ["objectOrphan"], ["objectOrphan"]),
        ["fileOrphan"] = new(
            f =>
            {
                f.Write(ObjectKeys.Module("scope", "pkg", Version, "/extra.ts"), "smuggled in");
                return Task.CompletedTask;
            },
            ["fileOrphan"], ["fileOrphan"]),
        ["tombstoneObjects"] = Mended(
            async f =>
            {
                f.Write(ObjectKeys.Module("scope", "pkg", "9.9.9", "/mod.ts"), "deleted, but not quite");
                await f.ExecuteAsync("INSERT INTO tombstones VALUES ('scope', 'pkg', '9.9.9', 0)");
            },
            "tombstoneObjects"),
        ["auditMissing"] = Mended(RewriteAuditAsync, "auditMissing"),
    };

    public static TheoryData<string> Names => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_found_and_mended_as_promised(string name)
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version, "1.1.0");
        var healthy = await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm);
        Assert.Empty((await fixture.CheckAsync()).Findings);

        var damage = Damages[name];
        await damage.Do(fixture);
        Assert.Equal(damage.Expected, await fixture.CodesAsync());
        Assert.Equal(damage.Expected, await fixture.CodesAsync()); // a look changes nothing

        var repaired = await fixture.CheckAsync(o => o with { Repair = true });
        Assert.Equal(damage.Left, Codes(repaired, FindingOutcome.Open, FindingOutcome.Failed));
        Assert.All(repaired.Findings.Where(f => f.Outcome == FindingOutcome.Failed), f => Assert.False(string.IsNullOrEmpty(f.Reason)));
        Assert.Equal(damage.Left.Any(c => FindingKinds.All.Single(k => k.Code == c).Severity != FindingSeverity.Note), !repaired.Passed);
        await fixture.Registry.Get<Jobs.JobWorker>().DrainAsync(default);
        Assert.Equal(damage.Left, await fixture.CodesAsync());
        if (damage.Left.Length == 0 && name != "taskStuck") // which publishes a version
        {
            Assert.Equal(healthy, await fixture.SnapshotAsync(Bucket.Modules, Bucket.Npm)); // byte for byte
        }
    }

    [Fact]
    public void Every_code_has_a_damage_that_causes_it()
    {
        // The database's own check has tests of its own; the last one exists on PostgreSQL alone.
        string[] elsewhere = ["databaseCorrupt", "constraintNotEnforced"];
        Assert.Equal(FindingKinds.All.Select(k => k.Code).Order(StringComparer.Ordinal), Damages.Values.SelectMany(d => d.Expected).Concat(elsewhere).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task F29_a_flipped_bit_in_module_version_meta_and_package_meta_is_found_each_and_the_package_meta_mended_even_without_any_upload()
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version);
        var meta = fixture.BytesOf(PackageMeta);
        fixture.FlipBit(Module);
        fixture.FlipBit(VersionMeta);
        fixture.FlipBit(PackageMeta);
        fixture.Remove(await fixture.UploadAsync(Version));

        var report = await fixture.CheckAsync(o => o with { Repair = true });
        Assert.False(report.Passed);
        Assert.Equal(["moduleDamaged", "uploadMissing", "versionMetaDamaged"], Codes(report, FindingOutcome.Open, FindingOutcome.Failed));
        Assert.Equal(["packageMetaWrong"], Codes(report, FindingOutcome.Repaired));
        Assert.Equal(meta, fixture.BytesOf(PackageMeta));
        Assert.Contains(report.Findings, f => f.Subject == "@scope/pkg@1.0.0/mod.ts" && f.Kind.Repair.Contains("kiln restore --objects-only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quick_check_sees_what_is_missing_and_not_what_is_inside()
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version);
        fixture.FlipBit(Module);
        Assert.Empty((await fixture.CheckAsync(o => o with { Quick = true })).Findings);
        fixture.Remove(Module);
        fixture.Remove(Tarball);
        Assert.Equal(["moduleMissing", "npmTarballMissing"], Codes(await fixture.CheckAsync(o => o with { Quick = true }), FindingOutcome.Open));
    }

    [Fact]
    public async Task One_package_is_looked_at_alone()
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version);
        await fixture.Registry.WithPackageAsync("scope", "other");
        await fixture.PublishAsync(Version, package: "other");
        fixture.FlipBit(Module);
        Assert.Empty((await fixture.CheckAsync(o => o with { Package = ("scope", "other") })).Findings);
        var report = await fixture.CheckAsync(o => o with { Package = ("scope", "pkg") });
        Assert.Equal((1, 1), (report.Packages, report.Versions));
        Assert.Equal(["moduleDamaged"], Codes(report, FindingOutcome.Open));
    }

    [Fact]
    public async Task What_is_gone_at_the_second_look_is_not_reported()
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version);
        var bytes = fixture.BytesOf(PackageMeta);
        fixture.Remove(PackageMeta);
        var check = fixture.CheckAsync(o => o with { SecondLook = TimeSpan.FromSeconds(3) });
        await Task.Delay(1000);
        File.WriteAllBytes(fixture.Store.PathOf(PackageMeta), bytes); // as a publish that is under way would
        Assert.Empty((await check).Findings);
    }

    [Theory]
    [InlineData("rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'scope_members') WHERE name = 'scope_members_user'", 1)] // a page that is none of an index
    [InlineData("sql = replace(sql, '(action, created_at)', '(created_at, action)') WHERE name = 'audit_log_action'", 2)] // an index without the rows: a line for each
    public async Task A_damaged_database_is_one_finding_and_nothing_is_mended_by_it(string damage, int lines)
    {
        if (PostgresCluster.IsAsked)
        {
            return; // PostgreSQL guards its own pages; what SQL sees there is in the other tests.
        }

        await using var fixture = await IntegrityFixture.StartAsync(Version);
        await fixture.ExecuteAsync("PRAGMA writable_schema = ON");
        await fixture.ExecuteAsync($"UPDATE sqlite_master SET {damage}");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var orphan = ObjectKeys.Staged(Guid.NewGuid().ToString("D"));
        fixture.Write(orphan, "an upload that a healthy database may know");
        Age(fixture, orphan);
        Assert.Contains("databaseCorrupt", await fixture.CodesAsync());

        // What it says cannot be trusted.
        var report = await fixture.CheckAsync(o => o with { Repair = true, Adopt = true });
        Assert.False(report.Passed);
        Assert.InRange(report.Findings.Single(f => f.Kind == FindingKinds.DatabaseCorrupt && f.Subject == "database").Problem.Split("; ").Length, lines, 10);
        Assert.All(report.Findings, f => Assert.Equal(FindingOutcome.Open, f.Outcome));
        Assert.True(File.Exists(fixture.Store.PathOf(orphan)));
    }

    [Fact]
    public async Task Each_key_that_rows_break_is_one_finding()
    {
        await using var fixture = await IntegrityFixture.StartAsync(Version);
        await BreakForeignKeyAsync(fixture, "('nowhere', 'nobody', FALSE, 0, 0), ('nowhere', 'somebody', FALSE, 0, 0)");
        var report = await fixture.CheckAsync(o => o with { Repair = true });
        var broken = report.Findings.Where(f => f.Kind == FindingKinds.ForeignKeyBroken).ToList();
        Assert.Equal(2, broken.Count); // its scope and its user, in two rows
        Assert.Equal(2, broken.Select(f => f.Subject).Distinct().Count());
        Assert.All(broken, f => Assert.Contains(" in 2 of its rows", f.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_constraint_or_an_index_that_PostgreSQL_does_not_enforce_is_found()
    {
        await using var registry = await TestRegistry.StartOnPostgresAsync();
        await registry.SignInAsync("one");
        await registry.SignInAsync("two");
        Assert.Empty((await CheckAsync()).Findings);
        await registry.Database.ChangeAsync(s => s.ExecuteAsync("ALTER TABLE users ADD CONSTRAINT users_are_named CHECK (length(login) > 0) NOT VALID"), default);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => registry.Database.ReadAsync(
            async s => await s.ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY users_are_many ON users ((length(login)))"), default)); // two have three letters
        var report = await CheckAsync();
        Assert.Equal(
            ["users.users_are_named", "users_are_many"],
            report.Findings.Where(f => f.Kind == FindingKinds.ConstraintNotEnforced).Select(f => f.Subject).Order(StringComparer.Ordinal));
        Assert.False(report.Passed);

        Task<FsckReport> CheckAsync() => registry.Get<Fsck>().RunAsync(new FsckOptions { SecondLook = TimeSpan.Zero }, null, default);
    }

    private static string[] Codes(FsckReport report, params FindingOutcome[] outcomes) =>
        [.. report.Findings.Where(f => outcomes.Contains(f.Outcome)).Select(f => f.Kind.Code).Distinct().Order(StringComparer.Ordinal)];

    private static Damage Mended(Action<IntegrityFixture> damage, string code) => new(
        fixture =>
        {
            damage(fixture);
            return Task.CompletedTask;
        },
        [code],
        []);

    private static Damage Mended(Func<IntegrityFixture, Task> damage, string code) => new(damage, [code], []);

    private static async Task<ObjectKey> DocsAsync(IntegrityFixture fixture, string extension)
    {
        await foreach (var key in fixture.Store.ListAsync(Bucket.Docs, $"@scope/pkg/{Version}/", default))
        {
            if (key.Path.EndsWith(extension, StringComparison.Ordinal))
            {
                return key;
            }
        }

        throw new InvalidOperationException("The version has no documentation.");
    }

    private static void Age(IntegrityFixture fixture, ObjectKey upload) =>
        File.SetLastWriteTimeUtc(fixture.Store.PathOf(upload), fixture.Registry.Clock.GetUtcNow().UtcDateTime.AddHours(-2));

    private static Task BreakForeignKeyAsync(IntegrityFixture fixture) => BreakForeignKeyAsync(fixture, "('scope', 'nobody', FALSE, 0, 0)");

    /// <param name="members">Rows of scope_members.</param>
    private static async Task BreakForeignKeyAsync(IntegrityFixture fixture, string members) => await fixture.Registry.Database.ReadAsync(
        async session =>
        {
            if (PostgresCluster.IsAsked)
            {
                await session.ExecuteAsync($"SET session_replication_role = replica; INSERT INTO scope_members VALUES {members}; SET session_replication_role = origin");
            }
            else
            {
                await session.ExecuteAsync("PRAGMA foreign_keys = OFF");
                await session.ExecuteAsync($"INSERT INTO scope_members VALUES {members}");
                await session.ExecuteAsync("PRAGMA foreign_keys = ON");
            }

            return default(Done);
        },
        default);

    private static async Task LoseVersionAsync(IntegrityFixture fixture) =>
        await fixture.ExecuteAsync($"DELETE FROM package_versions WHERE version = '{Version}'");

    private static async Task ForgetVersionAsync(IntegrityFixture fixture)
    {
        await LoseVersionAsync(fixture);
        var upload = await fixture.UploadAsync(Version);
        Age(fixture, upload);
        await fixture.ExecuteAsync($"DELETE FROM publishing_tasks WHERE version = '{Version}'");
        await fixture.ExecuteAsync($"DELETE FROM version_claims WHERE version = '{Version}'");
    }

    private static async Task StickAsync(IntegrityFixture fixture)
    {
        await fixture.SubmitAsync("2.0.0");
        fixture.Registry.Clock.Advance(TimeSpan.FromMinutes(30));
        await fixture.Registry.Get<Jobs.JobWorker>().DrainAsync(default);
    }

    /// <summary>As somebody with the rights of the database's owner would.</summary>
    private static async Task RewriteAuditAsync(IntegrityFixture fixture)
    {
        foreach (var statement in PostgresCluster.IsAsked
            ? new[] { "SET session_replication_role = replica; DELETE FROM audit_log WHERE action = 'publish_version'; SET session_replication_role = origin" }
            : ["DROP TRIGGER audit_log_is_append_only_delete", "DELETE FROM audit_log WHERE action = 'publish_version'"])
        {
            await fixture.ExecuteAsync(statement);
        }
    }
}
