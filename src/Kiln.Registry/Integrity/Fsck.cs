using Kiln.Packages.Names;
using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>
/// Looks whether database and store keep the invariants of security.md §3.8, beside a running server or without one. What looks wrong is looked at again after a moment, because a publish that
/// is under way passes through states that are wrong when they last; only what is still wrong is reported.
/// </summary>
internal sealed class Fsck(Database database, IObjectStore store, PackageMetadataWriter metadata, VersionRebuilder rebuilder, Adopter adopter, PublishWorker worker)
{
    /// <summary>A repair can uncover the next thing: rows before documents, a version before its documentation.</summary>
    private const int RepairRounds = 5;

    // What a repair of a package can change besides the package.
    private const string Uploads = "uploads";
    private const string Audit = "audit log";

    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    public async Task<FsckReport> RunAsync(FsckOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        adopter.Owner = options.Owner;
        var context = new CheckContext(database, store, metadata, rebuilder, options);
        var units = await ListUnitsAsync(context, progress, cancellation);

        // 1. The first look, at everything.
        var suspicious = new List<Unit>();
        for (var i = 0; i < units.Count; i++)
        {
            progress?.Report(new WorkProgress(units[i].Name, i, units.Count));
            if ((await LookAsync(units[i], cancellation)).Count > 0)
            {
                suspicious.Add(units[i]);
            }
        }

        var (packages, versions, objects, bytes) = (units.Count(u => u.IsPackage), context.Versions, context.Objects, context.Bytes);

        // 2. The second look, at what seemed wrong.
        var findings = new List<Finding>();
        if (suspicious.Count > 0)
        {
            progress?.Report(new WorkProgress("second look", 0, suspicious.Count));
            await Task.Delay(options.SecondLook, TimeProvider.System, cancellation); // Time passes for the server, whatever a test's clock says.
            foreach (var unit in suspicious)
            {
                var first = unit.Last.Select(Identity).ToHashSet();
                findings.AddRange((await LookAsync(unit, cancellation)).Where(f => first.Contains(Identity(f))));
            }
        }

        // 3. Repairs, and a look at what they did. Not by a database that gives other rows than it was given: what it seems not to know would be deleted.
        if ((options.Repair || options.Adopt) && !findings.Any(f => f.Kind == FindingKinds.DatabaseCorrupt))
        {
            List<Unit> affected = [.. units.Where(u => suspicious.Contains(u) || u.Name is Uploads or Audit)];
            findings = await RepairAsync(options, affected, findings, progress, cancellation);
        }

        var report = new FsckReport(findings, packages, versions, objects, bytes);
        if (options.Package is null && !findings.Any(f => f.Kind == FindingKinds.DatabaseCorrupt))
        {
            await RecordAsync(report, options, cancellation);
        }

        return report;
    }

    /// <summary>The address that the registry's server uses; null when none has run yet.</summary>
    public static Task<string?> FindPublicUrlAsync(Database database, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ReadAsync(s => RegistryState.FindAsync<string>(s, RegistryState.PublicUrl), cancellation);
    }

    private static (string, string) Identity(Finding finding) => (finding.Kind.Code, finding.Subject);

    private static async Task<IReadOnlyList<Finding>> LookAsync(Unit unit, CancellationToken cancellation)
    {
        var findings = new FindingList();
        try
        {
            await unit.Run(findings, cancellation);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e) when (e.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            findings.Add(FindingKinds.DatabaseCorrupt, unit.Name, e.Message);
        }

        return unit.Last = findings.All;
    }

    private async Task<List<Unit>> ListUnitsAsync(CheckContext context, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new WorkProgress("list of packages", 0, 0));
        var units = new List<Unit>();
        if (context.Options.Package is not { } only)
        {
            units.Add(new Unit("database", false, new DatabaseCheck(context).RunAsync));
            units.Add(new Unit(Uploads, false, new UploadsCheck(context).RunAsync));
            units.AddRange((await ListPackagesAsync(cancellation)).Select(PackageUnit));
        }
        else
        {
            units.Add(PackageUnit(only));
        }

        units.Add(new Unit(Audit, false, new AuditCheck(context).RunAsync));
        return units;

        Unit PackageUnit((string Scope, string Name) package) => new($"@{package.Scope}/{package.Name}", true, new PackageCheck(context, adopter, package.Scope, package.Name).RunAsync);
    }

    /// <summary>Those that the database or the store knows.</summary>
    private async Task<IEnumerable<(string Scope, string Name)>> ListPackagesAsync(CancellationToken cancellation)
    {
        var packages = new SortedSet<(string Scope, string Name)>();
        foreach (var row in await database.ReadAsync(s => s.ListAsync<PackageFacts.PackageRow>("SELECT scope, name FROM packages UNION SELECT scope, name FROM publishing_tasks WHERE status = 'success'"), cancellation))
        {
            packages.Add((row.Scope, row.Name));
        }

        foreach (var bucket in new[] { Bucket.Modules, Bucket.Docs, Bucket.Npm })
        {
            await foreach (var key in store.ListAsync(bucket, "", cancellation))
            {
                if (PackageOf(key) is { } package)
                {
                    packages.Add(package);
                }
            }
        }

        return packages;
    }

    private static (string, string)? PackageOf(ObjectKey key)
    {
        var parts = key.Path.Split('/', 3);
        if (parts.Length < 2)
        {
            return null;
        }

        if (key.Bucket != Bucket.Npm)
        {
            return parts[0].StartsWith('@') && ScopeName.TryParse(parts[0][1..], out var scope) && PackageName.TryParse(parts[1], out var name) ? (scope.Value, name.Value) : null;
        }

        var end = parts[1].IndexOf('.', StringComparison.Ordinal); // of the documents' forms; names have no dots
        return PackageReference.TryParseNpm(parts[0] + "/" + (end < 0 ? parts[1] : parts[1][..end]), out var package) ? (package.Scope.Value, package.Package.Value) : null;
    }

    private async Task<List<Finding>> RepairAsync(FsckOptions options, List<Unit> units, List<Finding> findings, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var all = findings.DistinctBy(Identity).ToDictionary(Identity);
        for (var (round, progressed) = (0, true); round < RepairRounds && progressed; round++)
        {
            var attempts = NextOf(options, all.Values.Where(f => f.Outcome != FindingOutcome.Repaired));
            progress?.Report(new WorkProgress("repair", round, 0));
            progressed = false;
            foreach (var finding in attempts)
            {
                finding.Reason = HoldBack(finding, all.Values) ?? await TryAsync(finding, cancellation);
                finding.Outcome = finding.Reason is null ? FindingOutcome.Repaired : FindingOutcome.Failed;
                progressed |= finding.Reason is null;
            }

            if (attempts.Any(f => f.Kind == FindingKinds.TaskStuck || f.Kind == FindingKinds.PublishLost))
            {
                await worker.DrainAsync(cancellation);
            }

            // What is found now is what is left, or what the repairs uncovered. A repair that had to wait for another one is tried again.
            if (progressed)
            {
                await LookAgainAsync(units, all, cancellation);
            }

            progressed |= all.Values.Any(f => f.Outcome == FindingOutcome.Open && IsRepairable(options, f)); // what those that came first and alone have held up, in vain
        }

        return [.. all.Values];
    }

    /// <summary>What unknown versions could be made of must not be thrown away, so they come first and alone.</summary>
    private static List<Finding> NextOf(FsckOptions options, IEnumerable<Finding> open)
    {
        var repairable = open.Where(f => IsRepairable(options, f)).ToList();
        var first = repairable.Where(f => IsAdoptable(f) || f.Kind == FindingKinds.PublishLost)
            .Where(f => f.Outcome == FindingOutcome.Open).ToList();
        return first.Count > 0 ? first : repairable;
    }

    /// <summary>Why a repair has to wait: an upload without a publish may be what a version that is not known is made from, later and with other words (ADR 17).</summary>
    private static string? HoldBack(Finding finding, IEnumerable<Finding> all) =>
        finding.Kind == FindingKinds.UploadOrphan && all.FirstOrDefault(f => f.Kind != FindingKinds.ObjectOrphan && IsAdoptable(f) && f.Outcome != FindingOutcome.Repaired) is { } unknown
            ? $"{unknown.Subject} may come from it, and is to be adopted first"
            : null;

    /// <summary>About a version that is not known, or of which only the number is.</summary>
    private static bool IsAdoptable(Finding finding) =>
        finding.Kind == FindingKinds.VersionUnknown || finding.Kind == FindingKinds.ObjectOrphan || (finding.Kind == FindingKinds.VersionUnfinished && finding.Repair is not null);

    private static async Task LookAgainAsync(List<Unit> units, Dictionary<(string, string), Finding> all, CancellationToken cancellation)
    {
        var now = new Dictionary<(string, string), Finding>();
        foreach (var unit in units)
        {
            foreach (var finding in await LookAsync(unit, cancellation))
            {
                now[Identity(finding)] = finding;
            }
        }

        foreach (var finding in all.Where(f => !now.ContainsKey(f.Key)).Select(f => f.Value))
        {
            (finding.Outcome, finding.Reason) = (FindingOutcome.Repaired, null);
        }

        foreach (var (identity, finding) in now)
        {
            if (all.TryGetValue(identity, out var known) && known.Outcome != FindingOutcome.Open)
            {
                (finding.Outcome, finding.Reason) = (FindingOutcome.Failed, known.Reason ?? "it is still there after the repair");
            }

            all[identity] = finding;
        }
    }

    private static bool IsRepairable(FsckOptions options, Finding finding) =>
        finding.Repair is not null && (IsAdoptable(finding) ? options.Adopt : options.Repair || (options.Adopt && IsOfDocuments(finding.Kind)));

    /// <summary>What an adoption has to bring up to date.</summary>
    private static bool IsOfDocuments(FindingKind kind) =>
        kind == FindingKinds.PackageMetaWrong || kind == FindingKinds.PackumentWrong || kind == FindingKinds.GzipTwinWrong || kind == FindingKinds.GenerationBehind;

    private static async Task<string?> TryAsync(Finding finding, CancellationToken cancellation)
    {
        try
        {
            return await finding.Repair!(cancellation);
        }
        catch (Exception e) when (e is IOException or System.Data.Common.DbException)
        {
            return e.Message;
        }
    }

    private Task<Done> RecordAsync(FsckReport report, FsckOptions options, CancellationToken cancellation) => database.ChangeAsync(
        async session =>
        {
            var summary = new FsckSummary(
                session.Now, report.CountOpen(FindingSeverity.Error), report.CountOpen(FindingSeverity.Warning), report.CountOpen(FindingSeverity.Note), report.Packages, report.Versions);
            await RegistryState.SetAsync(session, RegistryState.Fsck, summary);
            if (report.Passed && !options.Quick && await RegistryState.RemoveAsync(session, RegistryState.Restored) > 0)
            {
                await AuditLog.AppendAsync(session, null, sudo: true, "open_restored_registry", new { report.Packages, report.Versions });
            }

            return default(Done);
        },
        cancellation);

    private sealed class Unit(string name, bool isPackage, Func<FindingList, CancellationToken, Task> run)
    {
        public string Name => name;

        public bool IsPackage => isPackage;

        public Func<FindingList, CancellationToken, Task> Run => run;

        /// <summary>What the last look found.</summary>
        public IReadOnlyList<Finding> Last { get; set; } = [];
    }
}
