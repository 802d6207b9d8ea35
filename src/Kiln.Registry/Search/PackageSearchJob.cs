using System.Text;
using Kiln.Packages.Npm;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Jobs;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Search;

/// <summary>
/// Makes the search know what a package says of itself now: its newest version that is not yanked, its description, its README. Asked for by publish, yank, deletion and every change of
/// a setting, in the same transaction.
/// </summary>
public sealed class PackageSearchJob(Database database, IObjectStore store) : IJobHandler
{
    internal const string JobKind = "package-search";

    /// <summary>Bytes of a README that are looked at.</summary>
    private const int MostReadme = 64 * 1024;

    public string Kind => JobKind;

    /// <summary>Raised when other words are kept.</summary>
    public int Revision => 2;

    /// <summary>Queues all packages where an older program has kept other words.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => database.FencedAsync(
        async session =>
        {
            if (await RegistryState.FindAsync<Words>(session, RegistryState.SearchWords) is not { } known || known.Revision < Revision)
            {
                await QueueAllAsync(session);
                await RegistryState.SetAsync(session, RegistryState.SearchWords, new Words(Revision));
            }

            return default(Done);
        },
        cancellation);

    /// <summary>Queues every package, to be done when there is time.</summary>
    internal static Task<int> QueueAllAsync(Session session) => session.ExecuteAsync(
        """
        INSERT INTO jobs (kind, subject, status, priority, run_after, created_at, updated_at)
        SELECT @kind, '@' || p.scope || '/' || p.name, 'waiting', @priority, @Now, @Now, @Now FROM packages p
        WHERE EXISTS (SELECT 1 FROM package_versions v WHERE v.scope = p.scope AND v.name = p.name)
        ON CONFLICT (kind, subject) DO NOTHING
        """,
        new { kind = JobKind, priority = (int)JobPriority.Backfill, session.Now });

    public async Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (scope, name, _) = JobSubject.Parse(job.Subject);

        // 1. What is there.
        var (package, shown, npm) = await database.SnapshotAsync(
            async session =>
            {
                var newest = await VersionStore.FindOfferedAsync(session, scope, name);
                return (
                    await PackageStore.FindAsync(session, scope, name),
                    newest,
                    newest is null ? null : await VersionStore.FindManifestAsync(session, scope, name, newest.Version));
            },
            cancellation);
        var document = package is null || shown is null
            ? null
            : SearchDocument.OfPackage(scope, name, package.Description, npm is null ? [] : NpmManifest.FromJson(npm).Keywords, await ReadmeAsync(shown, cancellation));

        // 2. Now it is found, or not any more.
        await database.FencedAsync(
            async session =>
            {
                await JobStore.RequireAsync(session, job);
                await (document is null ? SearchStore.DeleteAsync(session, SearchDocument.SubjectOf(scope, name)) : SearchStore.ReplaceAsync(session, document));

                // Jobs of other packages write the scope too. What it says of itself is read when it is this one's turn, so that the last one to write has read the last change.
                await SearchStore.TouchAsync(session, scope, "");
                var owner = await ScopeStore.FindAsync(session, scope);
                await (owner is null ? SearchStore.DeleteAsync(session, SearchDocument.SubjectOf(scope, "")) : SearchStore.ReplaceAsync(session, SearchDocument.OfScope(scope, owner.Description)));
                return default(Done);
            },
            cancellation);
        return null;
    }

    private async Task<string> ReadmeAsync(VersionStore.Row version, CancellationToken cancellation) =>
        version.ReadmePath is { } path && await store.ReadRangeAsync(ObjectKeys.Module(version.Scope, version.Name, version.Version, path), 0, MostReadme, cancellation) is { } bytes
            ? Encoding.UTF8.GetString(bytes)
            : "";

    /// <param name="Revision">Of the program that kept them.</param>
    private sealed record Words(int Revision);
}
