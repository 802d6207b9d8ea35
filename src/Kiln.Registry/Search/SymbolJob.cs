using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Jobs;

namespace Kiln.Registry.Search;

/// <summary>Makes the search show a package's newest version that has documentation: after a rendering, and after a yank. It reads what was stored with the pages and computes nothing.</summary>
public sealed class SymbolJob(Database database, DocumentationReader documentation, ISymbolIndex index) : IJobHandler
{
    internal const string JobKind = "symbols";

    public string Kind => JobKind;

    /// <summary>Raised when other words are indexed.</summary>
    public int Revision => 1;

    /// <summary>Nothing: whatever changes the newest version queues it in the same transaction.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (scope, name, _) = JobSubject.Parse(job.Subject);
        var newest = await database.ReadAsync(s => VersionDocsStore.FindNewestAsync(s, scope, name), cancellation);
        var symbols = newest is null ? [] : await documentation.ReadSymbolsAsync(newest, cancellation);
        await index.ReplaceAsync(scope, name, newest?.Version ?? "", symbols, session => JobStore.RequireAsync(session, job), cancellation);
        CrashPoint.Hit(CrashPoint.SymbolsCommitted);
        return null;
    }
}
