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
    public int Revision => 1;

    /// <summary>Nothing: the migration queued what was there before.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    public async Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (scope, name, _) = JobSubject.Parse(job.Subject);

        // 1. What is there.
        var (package, shown, npm, owner) = await database.SnapshotAsync(
            async session =>
            {
                var newest = await VersionStore.FindOfferedAsync(session, scope, name);
                return (
                    await PackageStore.FindAsync(session, scope, name),
                    newest,
                    newest is null ? null : await VersionStore.FindManifestAsync(session, scope, name, newest.Version),
                    await ScopeStore.FindAsync(session, scope));
            },
            cancellation);
        var document = package is null || shown is null
            ? null
            : SearchDocument.OfPackage(scope, name, package.Description, npm is null ? [] : NpmManifest.FromJson(npm).Keywords, await ReadmeAsync(shown, cancellation));

        // 2. Now it is found, or not any more.
        await database.ChangeAsync(
            async session =>
            {
                if (!await JobStore.HoldsAsync(session, job))
                {
                    throw new LeaseLostException(job.ToString());
                }

                await (document is null ? SearchStore.DeleteAsync(session, SearchDocument.SubjectOf(scope, name)) : SearchStore.ReplaceAsync(session, document));
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
}
