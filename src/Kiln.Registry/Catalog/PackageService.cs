using Kiln.Packages.Names;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Catalog;

/// <summary>The package and version routes of registry.md §2.3.</summary>
public sealed partial class PackageService(Database database, RegistryOptions options, PackageMetadataWriter metadata, JobSignal jobs, VerifyRepository verify)
{
    /// <summary>Characters of a search; nobody types more.</summary>
    private const int LongestQuery = 200;

    private const int MostOfUser = 10;
    private const int MostVersionsOfDependent = 10;

    /// <summary><c>POST scopes/:scope/packages</c>.</summary>
    public async Task<Result<Package>> CreateAsync(Principal principal, string scope, string? name, CancellationToken cancellation) => await database.WriteAsync<Package>(
        async session =>
        {
            // Before the scope is looked up: a scope that does not exist has no members.
            if (await Access.RequireMemberAsync(session, principal, scope) is { } refused)
            {
                return refused;
            }

            if (!PackageName.TryParse(name, out var package, out var reason))
            {
                return new ApiError(ApiErrors.MalformedRequest, reason);
            }

            if (options.ForbiddenNames.Contains(package.Value, StringComparer.Ordinal))
            {
                return new ApiError(ApiErrors.PackageNameNotAllowed, $"The package name '{package}' is not allowed.");
            }

            if (await ScopeStore.FindAsync(session, scope) is not { } row)
            {
                return new ApiError(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.");
            }

            if (await PackageStore.FindSimilarAsync(session, scope, package.Value) is { } taken)
            {
                return new ApiError(ApiErrors.PackageAlreadyExists, $"The package @{scope}/{taken.Name} exists already.");
            }

            if (await TombstoneStore.BlocksPackageAsync(session, scope, package.Value))
            {
                return new ApiError(ApiErrors.PackageNameNotAllowed, $"@{scope}/{package} existed and was deleted. Its name is not given out again.");
            }

            if (await PackageStore.CountSinceAsync(session, scope, session.Now.AddDays(-7)) >= row.NewPackagePerWeekLimit)
            {
                return new ApiError(ApiErrors.WeeklyPackageLimitExceeded, $"@{scope} may get {row.NewPackagePerWeekLimit} new packages in seven days.");
            }

            if (await PackageStore.CountAsync(session, scope) >= row.PackageLimit)
            {
                return new ApiError(ApiErrors.PackageLimitExceeded, $"@{scope} may have {row.PackageLimit} packages.");
            }

            await PackageStore.InsertAsync(session, scope, package.Value);
            await AuditLog.AppendAsync(session, principal, "create_package", new { scope, package = package.Value });
            return (await PackageStore.FindAsync(session, scope, package.Value))!;
        },
        cancellation);

    public Task<Result<Package>> GetAsync(string scope, string name, CancellationToken cancellation) => database.ReadAsync<Result<Package>>(
        async session =>
        {
            if (await PackageStore.FindAsync(session, scope, name) is not { } package)
            {
                return NotFound(scope, name);
            }

            return package with
            {
                DependencyCount = package.LatestVersion is { } latest ? (int)await PackageStore.CountDependenciesAsync(session, scope, name, latest) : 0,
                DependentCount = (int)await PackageStore.CountDependentsAsync(session, scope, name),
            };
        },
        cancellation);

    /// <summary>Archived packages are listed for admins of the scope only.</summary>
    public Task<Result<Page<Package>>> ListAsync(Principal principal, string scope, PageRequest page, CancellationToken cancellation) => database.ReadAsync<Result<Page<Package>>>(
        async session => await ScopeStore.FindAsync(session, scope) is null
            ? new ApiError(ApiErrors.ScopeNotFound, $"There is no scope @{scope}.")
            : await PackageStore.ListAsync(session, scope, await Access.RequireAdminAsync(session, principal, scope) is null, page),
        cancellation);

    /// <summary>
    /// <c>GET packages?query=</c>: a leading <c>@</c> goes; the first space, else the first slash, parts scope from package; without one both are the whole query.
    /// </summary>
    /// <param name="repository">GitHub's number of the repository that packages must be linked to; null for any.</param>
    public async Task<Result<Page<Package>>> FindAsync(string? query, long? repository, PageRequest page, CancellationToken cancellation)
    {
        if (query is { Length: > LongestQuery })
        {
            return new ApiError(ApiErrors.MalformedRequest, $"'query' must have at most {LongestQuery} characters.");
        }

        var text = (query ?? "").Trim().ToLowerInvariant();
        text = text.StartsWith('@') ? text[1..] : text;
        var cut = text.IndexOf(' ', StringComparison.Ordinal);
        cut = cut < 0 ? text.IndexOf('/', StringComparison.Ordinal) : cut;
        var (scopeTerm, packageTerm) = cut < 0 ? (text, text) : (text[..cut].Trim(), text[(cut + 1)..].Trim());
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return new Page<Package>([], 0); // No name holds one, and not every database takes it as text.
        }

        return await database.ReadAsync(s => PackageStore.SearchAsync(s, scopeTerm, packageTerm, repository, page), cancellation);
    }

    /// <summary>As <see cref="FindAsync"/>, for text that a page has bounded.</summary>
    public async Task<Page<Package>> SearchAsync(string? query, PageRequest page, CancellationToken cancellation) =>
        (await FindAsync(query is { Length: > LongestQuery } ? query[..LongestQuery] : query, null, page, cancellation)).Value;

    /// <summary><c>GET users/:id/packages</c>: what the user has published, the most recent first; archived ones are left out.</summary>
    public Task<IReadOnlyList<Package>> ListOfUserAsync(Guid userId, CancellationToken cancellation) =>
        database.ReadAsync(s => PackageStore.ListOfUserAsync(s, userId, MostOfUser), cancellation);

    /// <summary><c>GET …/dependents</c>.</summary>
    /// <param name="versions">How many versions of each, the newest first: 1 to 10.</param>
    public Task<Result<Page<Dependent>>> ListDependentsAsync(string scope, string name, int versions, PageRequest page, CancellationToken cancellation) =>
        database.SnapshotAsync<Result<Page<Dependent>>>(
            async session => await PackageStore.FindAsync(session, scope, name) is null
                ? NotFound(scope, name)
                : await PackageStore.ListDependentsAsync(session, scope, name, Math.Clamp(versions, 1, MostVersionsOfDependent), page),
            cancellation);

    public Task<Result<Page<PublishedVersion>>> ListVersionsAsync(string scope, string name, PageRequest page, CancellationToken cancellation) =>
        database.ReadAsync<Result<Page<PublishedVersion>>>(
            async session => await PackageStore.FindAsync(session, scope, name) is null ? NotFound(scope, name) : await VersionStore.ListAsync(session, scope, name, page),
            cancellation);

    /// <param name="version">A version or <c>latest</c>.</param>
    public Task<Result<PublishedVersion>> GetVersionAsync(string scope, string name, string version, CancellationToken cancellation) => database.ReadAsync<Result<PublishedVersion>>(
        async session =>
        {
            if (await PackageStore.FindAsync(session, scope, name) is null)
            {
                return NotFound(scope, name);
            }

            var row = version == "latest" ? await VersionStore.FindLatestAsync(session, scope, name) : await VersionStore.FindAsync(session, scope, name, version);
            return row is null
                ? VersionNotFound(scope, name, version)
                : row.ToVersion() with { NewerVersionsCount = (int)await VersionStore.CountNewerAsync(session, row) };
        },
        cancellation);

    /// <summary>The version that documentation means by <c>latest</c>: the highest stable one that is not yanked, else the highest pre-release (registry.md §7).</summary>
    public Task<Result<string>> FindOfferedAsync(string scope, string name, CancellationToken cancellation) => database.ReadAsync<Result<string>>(
        async session => await PackageStore.FindAsync(session, scope, name) is null ? NotFound(scope, name)
            : await VersionStore.FindOfferedAsync(session, scope, name) is { } row ? row.Version
            : VersionNotFound(scope, name, "latest"),
        cancellation);

    /// <summary>Where the upload of a version is stored, as it was sent.</summary>
    public Task<Result<ObjectKey>> FindUploadAsync(string scope, string name, string version, CancellationToken cancellation) => database.SnapshotAsync<Result<ObjectKey>>(
        async session => await VersionStore.FindAsync(session, scope, name, version) is not null && await TaskStore.FindLiveAsync(session, scope, name, version) is { } task
            ? ObjectKeys.Staged(task.Id.ToString("D"))
            : VersionNotFound(scope, name, version),
        cancellation);

    public Task<Result<IReadOnlyList<Dependency>>> ListDependenciesAsync(string scope, string name, string version, CancellationToken cancellation) =>
        database.ReadAsync<Result<IReadOnlyList<Dependency>>>(
            async session => await VersionStore.FindAsync(session, scope, name, version) is null
                ? VersionNotFound(scope, name, version)
                : new Result<IReadOnlyList<Dependency>>(await VersionStore.ListDependenciesAsync(session, scope, name, version)),
            cancellation);

    private static ApiError NotFound(string scope, string name) => new(ApiErrors.PackageNotFound, $"There is no package @{scope}/{name}.");

    private static ApiError VersionNotFound(string scope, string name, string version) => new(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{name}.");
}
