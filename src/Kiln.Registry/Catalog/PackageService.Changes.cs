using System.Text;
using System.Text.Json;
using Kiln.Registry.Data;
using Kiln.Registry.Docs;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Search;

namespace Kiln.Registry.Catalog;

/// <summary>What changes a package or a version. The row, the audit entry and the jobs that have to follow are one transaction.</summary>
public sealed partial class PackageService
{
    private const int MaxDescription = 250;
    internal static readonly string[] Runtimes = ["browser", "deno", "node", "workerd", "bun"];
    private static readonly string[] ReadmeSources = ["readme", "jsdoc"];

    public Task<Result<Package>> SetDescriptionAsync(Principal principal, string scope, string name, string? description, CancellationToken cancellation)
    {
        var text = (description ?? "").Trim().Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal);
        return UpdateAsync(
            new Change(principal, scope, name, "update_package_description", new { scope, package = name, description = text })
            {
                Require = Access.RequireMemberAsync,
                Problem = Encoding.UTF8.GetByteCount(text) > MaxDescription || text.Any(char.IsControl) ? $"'description' must have at most {MaxDescription} bytes and no control characters." : null,
                IsShown = true,
            },
            session => PackageStore.SetDescriptionAsync(session, scope, name, text),
            cancellation);
    }

    /// <param name="runtimeCompat">Replaces the whole object; values true, false, or absent for unknown.</param>
    public Task<Result<Package>> SetRuntimeCompatAsync(
        Principal principal, string scope, string name, IReadOnlyDictionary<string, bool?> runtimeCompat, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runtimeCompat);
        var unknown = runtimeCompat.Keys.FirstOrDefault(k => !Runtimes.Contains(k, StringComparer.Ordinal));
        var json = JsonSerializer.Serialize(Runtimes.Where(r => runtimeCompat.GetValueOrDefault(r) is not null).ToDictionary(r => r, r => runtimeCompat[r]));
        return UpdateAsync(
            new Change(principal, scope, name, "update_package_runtime_compat", new { scope, package = name, runtimeCompat = json })
            {
                Problem = unknown is null ? null : $"'runtimeCompat' has an unknown key. Runtimes are {string.Join(", ", Runtimes)}.",
            },
            session => PackageStore.SetRuntimeCompatAsync(session, scope, name, json),
            cancellation);
    }

    /// <summary>What the overview of the package shows; when that changes, its documentation is rendered again.</summary>
    /// <param name="readmeSource"><c>readme</c> or <c>jsdoc</c>.</param>
    public Task<Result<Package>> SetReadmeSourceAsync(Principal principal, string scope, string name, string readmeSource, CancellationToken cancellation) => UpdateAsync(
        new Change(principal, scope, name, "package_update_source", new { scope, package = name, readmeSource })
        {
            Problem = ReadmeSources.Contains(readmeSource, StringComparer.Ordinal) ? null : "'readmeSource' must be 'readme' or 'jsdoc'.",
        },
        async session =>
        {
            if ((await PackageStore.FindAsync(session, scope, name))!.ReadmeSource != readmeSource)
            {
                await PackageStore.SetReadmeSourceAsync(session, scope, name, readmeSource);
                await VersionDocsStore.QueueAllAsync(session, scope, name);
            }
        },
        cancellation);

    /// <summary>The one change that an archived package accepts.</summary>
    public Task<Result<Package>> SetArchivedAsync(Principal principal, string scope, string name, bool isArchived, CancellationToken cancellation) => UpdateAsync(
        new Change(principal, scope, name, "archive_package", new { scope, package = name, isArchived }) { EvenArchived = true },
        session => PackageStore.SetArchivedAsync(session, scope, name, isArchived),
        cancellation);

    /// <summary>By staff: shows the package among the featured ones.</summary>
    public Task<Result<Package>> SetFeaturedAsync(Principal principal, string scope, string name, bool isFeatured, CancellationToken cancellation) => UpdateAsync(
        new Change(principal, scope, name, "feature_package", new { scope, package = name, isFeatured }) { Require = static (_, who, _) => Task.FromResult(Access.RequireStaff(who)) },
        session => PackageStore.SetFeaturedAsync(session, scope, name, isFeatured),
        cancellation);

    /// <summary>Links the package to a repository that the caller may push to, as GitHub says.</summary>
    public async Task<Result<Package>> LinkRepositoryAsync(Principal principal, string scope, string name, string owner, string repository, CancellationToken cancellation)
    {
        // GitHub is not asked for whoever may not link, nor inside a transaction.
        if (await database.ReadAsync(s => FindRefusalAsync(s, new Change(principal, scope, name, "", new { })), cancellation) is { } refused)
        {
            return refused;
        }

        var verified = await verify(principal, owner, repository, cancellation);
        return verified.TryGet(out var linked, out var error) ? await SetRepositoryAsync(principal, scope, name, linked, cancellation) : error;
    }

    public Task<Result<Package>> UnlinkRepositoryAsync(Principal principal, string scope, string name, CancellationToken cancellation) =>
        SetRepositoryAsync(principal, scope, name, null, cancellation);

    /// <summary>
    /// Deletes a package that has nothing: no version, and no publishing task but failed ones. If bytes of a failed publish have become public its name is blocked for ever (security.md C7).
    /// </summary>
    public async Task<Result<Done>> DeleteAsync(Principal principal, string scope, string name, CancellationToken cancellation)
    {
        var result = await database.WriteAsync<Done>(
            async session =>
            {
                if (await FindRefusalAsync(session, new Change(principal, scope, name, "", new { }) { EvenArchived = true }) is { } refused)
                {
                    return refused;
                }

                if (await TaskStore.CountUnfailedAsync(session, scope, name) > 0 || await VersionStore.CountAsync(session, scope, name) > 0)
                {
                    return new ApiError(ApiErrors.PackageNotEmpty, $"@{scope}/{name} has versions, or publishes that did not fail. Archive it instead.");
                }

                if (await TaskStore.CountLockedAsync(session, scope, name) > 0)
                {
                    // Only what cannot come back may be deleted later: there is no other package whose files could be mistaken for it.
                    await TombstoneStore.AddAsync(session, scope, name, "");
                    await JobStore.AddAsync(session, RemovalJob.JobKind, JobSubject.Of(scope, name));
                }

                await PackageStore.DeleteAsync(session, scope, name);
                await QueueSearchAsync(session, scope, name);
                await AuditLog.AppendAsync(session, principal, "delete_package", new { scope, package = name });
                return default(Done);
            },
            cancellation);
        if (result.Error is null)
        {
            jobs.Ring();
        }

        return result;
    }

    /// <summary>Hides a version from new resolutions, or shows it again; its files stay (registry.md §5.10). Possible on archived packages too.</summary>
    public async Task<Result<Done>> SetYankedAsync(Principal principal, string scope, string name, string version, bool yanked, CancellationToken cancellation)
    {
        var result = await database.WriteAsync<Done>(
            async session =>
            {
                if (await FindRefusalAsync(session, new Change(principal, scope, name, "", new { }) { EvenArchived = true }) is { } refused)
                {
                    return refused;
                }

                if (await VersionStore.SetYankedAsync(session, scope, name, version, yanked) == 0)
                {
                    return VersionNotFound(scope, name, version);
                }

                await PackageStore.BumpGenerationAsync(session, scope, name);
                await QueueSearchAsync(session, scope, name);
                await AuditLog.AppendAsync(session, principal, "yank_package_version", new { scope, package = name, version, yanked });
                return default(Done);
            },
            cancellation);
        await ShowAsync(result.Error, scope, name, isShown: true, cancellation);
        return result;
    }

    /// <summary>
    /// By staff: takes a version away, for ever. Its number stays bound to what it was and is never accepted again; its objects go by a job that follows. Nothing happens for a version that
    /// does not exist (registry.md §2.3).
    /// </summary>
    public async Task<Result<Done>> DeleteVersionAsync(Principal principal, string scope, string name, string version, CancellationToken cancellation)
    {
        if (Access.RequireStaff(principal) is { } refused)
        {
            return refused;
        }

        var result = await database.WriteAsync<bool>(
            async session =>
            {
                if (await VersionStore.FindAsync(session, scope, name, version) is null)
                {
                    return false;
                }

                if (await PackageStore.CountForeignDependentsAsync(session, scope, name) > 0)
                {
                    return new ApiError(ApiErrors.DeleteVersionHasDependents, $"Other packages need @{scope}/{name}. Yank the version instead.");
                }

                await TombstoneStore.AddAsync(session, scope, name, version);
                await VersionStore.DeleteAsync(session, scope, name, version);
                await PackageStore.BumpGenerationAsync(session, scope, name);
                await JobStore.AddAsync(session, RemovalJob.JobKind, JobSubject.Of(scope, name, version));
                await QueueSearchAsync(session, scope, name);
                await AuditLog.AppendAsync(session, principal, "delete_package_version", new { scope, package = name, version });
                return true;
            },
            cancellation);
        if (!result.TryGet(out var deleted, out var error))
        {
            return error;
        }

        await ShowAsync(null, scope, name, deleted, cancellation);
        return default(Done);
    }

    /// <summary>What the search has to look at again.</summary>
    private static async Task QueueSearchAsync(Session session, string scope, string name)
    {
        await JobStore.AddAsync(session, SymbolJob.JobKind, JobSubject.Of(scope, name));
        await JobStore.AddAsync(session, PackageSearchJob.JobKind, JobSubject.Of(scope, name));
    }

    private static async Task<ApiError?> FindRefusalAsync(Session session, Change change)
    {
        if (await PackageStore.FindAsync(session, change.Scope, change.Name) is not { } package)
        {
            return NotFound(change.Scope, change.Name);
        }

        if (await change.Require(session, change.Principal, change.Scope) is { } refused)
        {
            return refused;
        }

        if (package.IsArchived && !change.EvenArchived)
        {
            return new ApiError(ApiErrors.PackageArchived, $"@{change.Scope}/{change.Name} is archived.");
        }

        return change.Problem is null ? null : new ApiError(ApiErrors.MalformedRequest, change.Problem);
    }

    private Task<Result<Package>> SetRepositoryAsync(Principal principal, string scope, string name, VerifiedRepository? repository, CancellationToken cancellation) => UpdateAsync(
        new Change(
            principal, scope, name, repository is null ? "delete_package_github_repository" : "update_package_github_repository", new { scope, package = name, repository?.Id, repository?.Owner, repository?.Name })
        {
            IsShown = true,
        },
        session => PackageStore.SetRepositoryAsync(session, scope, name, repository),
        cancellation);

    private async Task<Result<Package>> UpdateAsync(Change change, Func<Session, Task> write, CancellationToken cancellation)
    {
        var result = await database.WriteAsync<Package>(
            async session =>
            {
                if (await FindRefusalAsync(session, change) is { } refused)
                {
                    return refused;
                }

                await write(session);
                if (change.IsShown)
                {
                    await PackageStore.BumpGenerationAsync(session, change.Scope, change.Name);
                }

                await JobStore.AddAsync(session, PackageSearchJob.JobKind, JobSubject.Of(change.Scope, change.Name));
                await AuditLog.AppendAsync(session, change.Principal, change.Action, change.Meta);
                return (await PackageStore.FindAsync(session, change.Scope, change.Name))!;
            },
            cancellation);
        await ShowAsync(result.Error, change.Scope, change.Name, change.IsShown, cancellation);
        return result;
    }

    /// <summary>After the commit. Should the writing fail, the sweeper sees the generation and repairs; the change itself stands.</summary>
    private async Task ShowAsync(ApiError? error, string scope, string name, bool isShown, CancellationToken cancellation)
    {
        if (error is not null)
        {
            return;
        }

        jobs.Ring();
        if (isShown)
        {
            await metadata.WriteAsync(scope, name, cancellation);
        }
    }

    /// <param name="Action">In the audit log, with <paramref name="Meta"/>.</param>
    private sealed record Change(Principal Principal, string Scope, string Name, string Action, object Meta)
    {
        public Func<Session, Principal, string, Task<ApiError?>> Require { get; init; } = Access.RequireAdminAsync;

        /// <summary>What is wrong with the value; said only to those who may change it.</summary>
        public string? Problem { get; init; }

        /// <summary>Package metadata or the packument show it.</summary>
        public bool IsShown { get; init; }

        public bool EvenArchived { get; init; }
    }
}
