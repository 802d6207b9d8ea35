using System.Security.Cryptography;
using System.Text.Json;
using Kiln.Analysis;
using Kiln.Packages.Scoring;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;
using Kiln.Registry.Search;
using Kiln.Registry.Storage;
using Microsoft.Extensions.Logging;

namespace Kiln.Registry.Docs;

/// <summary>
/// Makes the documentation of one version from its stored files: 1. read, 2. build and render, 3. write both objects under names that say what is in them, 4. one transaction makes
/// them the version's documentation. Killed anywhere before the last step, nothing is seen of it, and the next attempt finds its own bytes.
/// </summary>
public sealed partial class DocumentationJob(Database database, IObjectStore store, BuildDocumentation build, RegistryOptions options, ILogger<DocumentationJob> logger) : IJobHandler
{
    internal const string JobKind = "documentation";

    /// <summary>Raised when pages change: every version is rendered again, and shows its old pages meanwhile.</summary>
    internal const int CurrentRevision = 1;

    /// <summary>Versions that one statement queues.</summary>
    private const int BackfillBatch = 5_000;

    /// <summary>Files that are read at once.</summary>
    private const int Readers = 8;

    public string Kind => JobKind;

    public int Revision => CurrentRevision;

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        // Not until nothing is left: an older program that still runs makes old documentation all the time.
        while (await database.FencedAsync(s => VersionDocsStore.BackfillAsync(s, CurrentRevision, BackfillBatch), cancellation) == BackfillBatch)
        {
        }
    }

    public async Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        var subject = JobSubject.Parse(job.Subject);
        var (scope, name, version) = (subject.Scope, subject.Name, subject.Version ?? throw new FormatException($"'{job.Subject}' names no version."));

        // 1. What was published. A version that was deleted meanwhile needs nothing.
        if (await ReadRequestAsync(scope, name, version, cancellation) is not { } request)
        {
            return null;
        }

        // 2. Everything that takes long.
        DocumentationArtifacts artifacts;
        try
        {
            artifacts = await build(request, cancellation);
        }
        catch (DocumentationException e)
        {
            return e.Message;
        }

        CrashPoint.Hit(CrashPoint.DocsRendered);

        // 3. Objects that nobody knows yet.
        var row = new VersionDocsStore.Row
        {
            Scope = scope, Name = name, Version = version, Revision = CurrentRevision, Nodes = NameOf(artifacts.Nodes), Pages = NameOf(artifacts.Pages), SymbolCount = artifacts.SymbolCount,
            Score = System.Text.Encoding.UTF8.GetString(artifacts.Score.Write()), Points = PackageScore.Compute(artifacts.Score, null).Total,
        };
        var (nodes, pages) = (ObjectKeys.DocNodes(scope, name, version, row.Nodes), ObjectKeys.DocPages(scope, name, version, row.Pages));
        foreach (var outcome in await store.CreateAllAsync([new NewObject(nodes, artifacts.Nodes), new NewObject(pages, artifacts.Pages)], cancellation))
        {
            if (outcome == CreateOutcome.Conflict)
            {
                throw new IOException($"A documentation object of {job.Subject} holds other bytes than its name says.");
            }
        }

        CrashPoint.Hit(CrashPoint.DocsWritten);

        // 4. Now they are the version's documentation, and the search has to look at the package.
        await database.FencedAsync(
            async session =>
            {
                await JobStore.RequireAsync(session, job);
                row.CreatedAt = session.Now;
                await VersionDocsStore.SetAsync(session, row);
                await JobStore.AddAsync(session, SymbolJob.JobKind, JobSubject.Of(scope, name));
                await JobStore.AddAsync(session, PackageSearchJob.JobKind, JobSubject.Of(scope, name)); // for the score
                CrashPoint.Hit(CrashPoint.InsideDocsCommit);
                return default(Done);
            },
            cancellation);
        CrashPoint.Hit(CrashPoint.DocsCommitted);
        await DropOthersAsync(scope, name, version, nodes, pages);
        return null;
    }

    private static string NameOf(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span).AsSpan(0, 16));

    /// <summary>Whether the documentation could need the file: all that modules can be or import.</summary>
    private static bool IsSource(string path) => MediaTypes.GetLanguage(MediaTypes.FromPath(path)) is not null || MediaTypes.FromPath(path) == MediaType.Json;

    private async Task<DocumentationRequest?> ReadRequestAsync(string scope, string name, string version, CancellationToken cancellation)
    {
        var (row, paths, package) = await database.SnapshotAsync(
            async session =>
            {
                var found = await VersionStore.FindAsync(session, scope, name, version);
                return (found, found is null ? [] : await VersionStore.ListFilesAsync(session, scope, name, version), await PackageStore.FindAsync(session, scope, name));
            },
            cancellation);
        if (row is null)
        {
            return null;
        }

        var files = new System.Collections.Concurrent.ConcurrentDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            paths.Where(f => IsSource(f.Path) || f.Path == row.ReadmePath),
            new ParallelOptions { MaxDegreeOfParallelism = Readers, CancellationToken = cancellation },
            async (file, token) =>
            {
                await using var stored = await store.OpenAsync(ObjectKeys.Module(scope, name, version, file.Path), token)
                    ?? throw new IOException($"The file {file.Path} of {JobSubject.Of(scope, name, version)} is not in the store.");
                files[file.Path] = await stored.ReadAllAsync(token);
            });
        return new DocumentationRequest
        {
            Scope = scope,
            Package = name,
            Version = version,
            Exports = [.. JsonSerializer.Deserialize<OrderedDictionary<string, string>>(row.Exports)!],
            Files = files,
            Paths = [.. paths.Select(p => p.Path)],
            ReadmePath = row.ReadmePath,
            PrefersReadme = package?.ReadmeSource == "readme",
            SlowTypes = row.SlowTypes is null ? null : SlowTypesText.Read(row.SlowTypes),
            RegistryUrl = options.PublicUrl,
        };
    }

    /// <summary>What earlier programs made, or an attempt that was killed. Whoever reads it right now finds it gone and looks again.</summary>
    private async Task DropOthersAsync(string scope, string name, string version, ObjectKey nodes, ObjectKey pages)
    {
        try
        {
            await foreach (var key in store.ListAsync(Bucket.Docs, $"@{scope}/{name}/{version}/", CancellationToken.None))
            {
                if (key != nodes && key != pages)
                {
                    await store.DeleteAsync(key, CancellationToken.None);
                }
            }
        }
        catch (IOException e)
        {
            LogNotDropped(scope, name, version, e); // They take room, and the next rendering drops them.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "old documentation of @{Scope}/{Package}@{Version} could not be deleted")]
    private partial void LogNotDropped(string scope, string package, string version, Exception exception);
}
