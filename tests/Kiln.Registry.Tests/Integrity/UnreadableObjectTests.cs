using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>An object that the store has and cannot give (a bad sector, a hash that does not fit) is a finding; a store that is away says nothing about any object (security.md F12, F29).</summary>
public sealed class UnreadableObjectTests
{
    private const string Version = "1.0.0";

    private static readonly Dictionary<string, Func<IntegrityFixture, Task<ObjectKey>>> Objects = new(StringComparer.Ordinal)
    {
        ["versionMetaDamaged"] = _ => Task.FromResult(ObjectKeys.VersionMeta("scope", "pkg", Version)),
        ["moduleDamaged"] = _ => Task.FromResult(ObjectKeys.Module("scope", "pkg", Version, "/mod.ts")),
        ["npmTarballDamaged"] = _ => Task.FromResult(ObjectKeys.NpmTarball("scope", "pkg", Version)),
        ["docsDamaged"] = async f => ObjectKeys.DocPages("scope", "pkg", Version, await f.FindAsync("SELECT pages FROM version_docs")),
        ["uploadDamaged"] = f => f.UploadAsync(Version),
        ["packageMetaWrong"] = _ => Task.FromResult(ObjectKeys.PackageMeta("scope", "pkg")),
        ["packumentWrong"] = _ => Task.FromResult(ObjectKeys.Packument("scope", "pkg")),
        ["gzipTwinWrong"] = _ => Task.FromResult(ObjectKeys.Gzip(ObjectKeys.Packument("scope", "pkg"))),
    };

    public static TheoryData<string> Codes => [.. Objects.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task It_is_found_and_the_rest_is_looked_at(string code)
    {
        var store = new FailingStore();
        await using var fixture = await IntegrityFixture.StartAsync(store, Version, "1.1.0");
        var key = await Objects[code](fixture);
        fixture.Write(ObjectKeys.DocPages("scope", "other", "2.0.0", "old"), "found last");
        store.FailWhen = k => k == key;
        var report = await fixture.CheckAsync();
        Assert.Equal([code, "docsOrphan"], report.Findings.Select(f => f.Kind.Code).OrderBy(c => c == "docsOrphan"));
        Assert.Contains($"cannot be read: injected at {key}", report.Findings.Single(f => f.Kind.Code == code).Problem, StringComparison.Ordinal);

        // A repair that fails for the same reason is said, and ends nothing.
        var repaired = await fixture.CheckAsync(o => o with { Repair = true });
        Assert.False(repaired.Passed);
        Assert.Equal(FindingOutcome.Repaired, repaired.Findings.Single(f => f.Kind.Code == "docsOrphan").Outcome);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_store_that_is_away_is_no_finding(string code)
    {
        var store = new FailingStore { Failure = message => new StoreUnavailableException(message, refused: false, null) };
        await using var fixture = await IntegrityFixture.StartAsync(store, Version);
        var key = await Objects[code](fixture);
        store.FailWhen = k => k == key;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.CheckAsync(o => o with { Repair = true }));
        store.FailWhen = _ => false;
        Assert.Empty((await fixture.CheckAsync()).Findings);
    }
}
