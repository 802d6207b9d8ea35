using System.Text;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Jobs;
using Kiln.Registry.Publishing;
using Kiln.Registry.Search;

namespace Kiln.Registry.Catalog;

/// <summary>The package and version routes of registry.md §2.3.</summary>
public sealed class PackageService(Database database, RegistryOptions options, PackageMetadataWriter metadata, JobSignal jobs)
{
    private const int MaxDescription = 250;
    private static readonly string[] Runtimes = ["browser", "deno", "node", "workerd", "bun"];

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
    public Task<Page<Package>> SearchAsync(string? query, PageRequest page, CancellationToken cancellation)
    {
        var text = (query ?? "").Trim().ToLowerInvariant();
        text = text.StartsWith('@') ? text[1..] : text;
        var cut = text.IndexOf(' ', StringComparison.Ordinal);
        cut = cut < 0 ? text.IndexOf('/', StringComparison.Ordinal) : cut;
        var (scopeTerm, packageTerm) = cut < 0 ? (text, text) : (text[..cut].Trim(), text[(cut + 1)..].Trim());
        return database.ReadAsync(s => PackageStore.SearchAsync(s, scopeTerm, packageTerm, page), cancellation);
    }

    public async Task<Result<Package>> SetDescriptionAsync(Principal principal, string scope, string name, string? description, CancellationToken cancellation)
    {
        var text = (description ?? "").Trim().Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal);
        var problem = Encoding.UTF8.GetByteCount(text) > MaxDescription || text.Any(char.IsControl) ? "'description' must have at most 250 bytes and no control characters." : null;
        var result = await UpdateAsync(
            principal, scope, name, admin: false, problem, "update_package_description", new { scope, package = name, description = text },
            async session =>
            {
                await PackageStore.SetDescriptionAsync(session, scope, name, text);
                await PackageStore.BumpGenerationAsync(session, scope, name);
            },
            cancellation);
        if (result.Error is null)
        {
            // The packument carries the description. Should this fail, the sweeper sees the generation and repairs.
            await metadata.WriteAsync(scope, name, cancellation);
        }

        return result;
    }

    /// <param name="runtimeCompat">Replaces the whole object; values true, false, or absent for unknown.</param>
    public Task<Result<Package>> SetRuntimeCompatAsync(
        Principal principal, string scope, string name, IReadOnlyDictionary<string, bool?> runtimeCompat, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(runtimeCompat);
        var unknown = runtimeCompat.Keys.FirstOrDefault(k => !Runtimes.Contains(k, StringComparer.Ordinal));
        var json = JsonSerializer.Serialize(Runtimes.Where(r => runtimeCompat.GetValueOrDefault(r) is not null).ToDictionary(r => r, r => runtimeCompat[r]));
        return UpdateAsync(
            principal, scope, name, admin: true, unknown is null ? null : $"'{unknown}' is not a runtime.", "update_package_runtime_compat", new { scope, package = name, runtimeCompat = json },
            s => PackageStore.SetRuntimeCompatAsync(s, scope, name, json), cancellation);
    }

    public Task<Result<Package>> SetArchivedAsync(Principal principal, string scope, string name, bool isArchived, CancellationToken cancellation) => UpdateAsync(
        principal, scope, name, admin: true, null, "archive_package", new { scope, package = name, isArchived }, s => PackageStore.SetArchivedAsync(s, scope, name, isArchived),
        cancellation, evenArchived: true);

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

    public Task<Result<IReadOnlyList<Dependency>>> ListDependenciesAsync(string scope, string name, string version, CancellationToken cancellation) =>
        database.ReadAsync<Result<IReadOnlyList<Dependency>>>(
            async session => await VersionStore.FindAsync(session, scope, name, version) is null
                ? VersionNotFound(scope, name, version)
                : new Result<IReadOnlyList<Dependency>>(await VersionStore.ListDependenciesAsync(session, scope, name, version)),
            cancellation);

    /// <summary>Hides a version from new resolutions, or shows it again; its files stay (registry.md §5.10).</summary>
    public async Task<Result<Done>> SetYankedAsync(Principal principal, string scope, string name, string version, bool yanked, CancellationToken cancellation)
    {
        var result = await database.WriteAsync<Done>(
            async session =>
            {
                if (await PackageStore.FindAsync(session, scope, name) is null)
                {
                    return NotFound(scope, name);
                }

                if (await Access.RequireAdminAsync(session, principal, scope) is { } refused)
                {
                    return refused;
                }

                if (await VersionStore.SetYankedAsync(session, scope, name, version, yanked) == 0)
                {
                    return VersionNotFound(scope, name, version);
                }

                await PackageStore.BumpGenerationAsync(session, scope, name);
                await JobStore.AddAsync(session, SymbolJob.JobKind, JobSubject.Of(scope, name));
                await AuditLog.AppendAsync(session, principal, "yank_package_version", new { scope, package = name, version, yanked });
                return default(Done);
            },
            cancellation);
        if (result.Error is null)
        {
            jobs.Ring();
            await metadata.WriteAsync(scope, name, cancellation);
        }

        return result;
    }

    private static ApiError NotFound(string scope, string name) => new(ApiErrors.PackageNotFound, $"There is no package @{scope}/{name}.");

    private static ApiError VersionNotFound(string scope, string name, string version) => new(ApiErrors.PackageVersionNotFound, $"There is no version {version} of @{scope}/{name}.");

    private Task<Result<Package>> UpdateAsync(
        Principal principal, string scope, string name, bool admin, string? problem, string action, object meta, Func<Session, Task> change, CancellationToken cancellation,
        bool evenArchived = false) => database.WriteAsync<Package>(
        async session =>
        {
            if (await PackageStore.FindAsync(session, scope, name) is not { } package)
            {
                return NotFound(scope, name);
            }

            var refused = admin ? await Access.RequireAdminAsync(session, principal, scope) : await Access.RequireMemberAsync(session, principal, scope);
            if (refused is not null)
            {
                return refused;
            }

            if (package.IsArchived && !evenArchived)
            {
                return new ApiError(ApiErrors.PackageArchived, $"@{scope}/{name} is archived.");
            }

            if (problem is not null)
            {
                return new ApiError(ApiErrors.MalformedRequest, problem);
            }

            await change(session);
            await AuditLog.AppendAsync(session, principal, action, meta);
            return (await PackageStore.FindAsync(session, scope, name))!;
        },
        cancellation);
}
