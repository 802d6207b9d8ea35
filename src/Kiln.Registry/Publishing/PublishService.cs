using System.Security.Cryptography;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Publishing;

/// <param name="ConfigPath">The query parameter <c>config</c>.</param>
/// <param name="ContentEncoding">The header as sent; must be exactly <c>gzip</c>.</param>
/// <param name="ContentLength">Bytes, when the client says.</param>
/// <param name="Body">The compressed tarball as it comes from the network.</param>
public sealed record PublishUpload(string Scope, string Package, string Version, string? ConfigPath, string? ContentEncoding, long? ContentLength, Stream Body);

/// <summary>Takes uploads (registry.md §5.1, in the order of security.md §3.2: the task exists only after the whole body is stored) and tells about tasks.</summary>
public sealed class PublishService(Database database, IObjectStore store, RegistryOptions options, UploadsInProgress uploads, PublishSignal signal)
{
    /// <summary>
    /// The task, <c>pending</c>; or the existing one when the same bytes were sent before. Error <c>duplicateVersionPublish</c> carries the existing task
    /// in <see cref="ApiError.Extra"/>. A refused upload leaves neither row nor object.
    /// </summary>
    public async Task<Result<PublishingTask>> SubmitAsync(Principal principal, PublishUpload upload, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(upload);

        // 1. What the request says of itself.
        if (Check(upload) is { } malformed)
        {
            return malformed;
        }

        // 2. May this caller publish, and is there room for a task? Asked before the body is read, so that a refusal costs nothing.
        var admission = await database.ReadAsync(session => AdmitAsync(session, principal, upload), cancellation);
        if (!admission.TryGet(out var admitted, out var refused))
        {
            return refused;
        }

        // 3. The body. When the version has a task already it is only compared, not stored.
        if (admitted.Live is { } live)
        {
            return await CompareAsync(live, admitted.Grant, upload, cancellation);
        }

        if (!store.HasRoomFor(upload.ContentLength ?? options.MaxTarballSize))
        {
            return new ApiError(ApiErrors.InsufficientStorage, "The registry's disk is nearly full. Its operators have to make room; then send the same upload again.");
        }

        var id = Guid.NewGuid();
        uploads.Begin(id);
        try
        {
            return await StoreAsync(principal, id, upload, admitted.Grant, cancellation);
        }
        finally
        {
            uploads.End(id);
        }
    }

    public Task<Result<PublishingTask>> GetTaskAsync(Guid id, CancellationToken cancellation) => database.ReadAsync<Result<PublishingTask>>(
        async session => await TaskStore.FindAsync(session, id) is { } row
            ? await TaskStore.ToTaskAsync(session, row)
            : new ApiError(ApiErrors.PublishNotFound, "There is no such publishing task."),
        cancellation);

    /// <summary><c>GET …/publishing_tasks</c>, the highest version first, then the newest, for members.</summary>
    public Task<Result<IReadOnlyList<PublishingTask>>> ListTasksAsync(Principal principal, string scope, string package, CancellationToken cancellation) =>
        database.ReadAsync<Result<IReadOnlyList<PublishingTask>>>(
            async session =>
            {
                if (await Access.RequireMemberAsync(session, principal, scope) is { } refused)
                {
                    return refused;
                }

                var tasks = await TaskLists.ToTasksAsync(session, await TaskStore.ListAsync(session, scope, package));
                return new Result<IReadOnlyList<PublishingTask>>([.. tasks.OrderByDescending(t => PackageVersion.Parse(t.PackageVersion))]);
            },
            cancellation);

    private static ApiError Malformed(string message) => new(ApiErrors.MalformedRequest, message);

    private static ApiError TooLarge(long limit) =>
        new(ApiErrors.TarballSizeLimitExceeded, $"The compressed package is larger than {limit} bytes. Leave out what users do not need (\"publish.exclude\").");

    private static ApiError WrongTarball => new(ApiErrors.MissingPermission, "The token is for other bytes than these: their SHA-256 differs from its 'tarballHash'.");

    private ApiError? Check(PublishUpload upload)
    {
        if (!ScopeName.TryParse(upload.Scope, out _, out var reason) || !PackageName.TryParse(upload.Package, out _, out reason))
        {
            return Malformed(reason);
        }

        if (!PackageVersion.TryParse(upload.Version, out var version, out reason))
        {
            return Malformed(reason);
        }

        if (version.PublishProblem() is { } problem)
        {
            return Malformed(problem);
        }

        if (upload.ConfigPath is null)
        {
            return Malformed("The query parameter 'config' is missing: the path of the configuration file, for example /deno.json.");
        }

        if (!PackagePath.TryParse(upload.ConfigPath, out _, out reason))
        {
            return Malformed($"The query parameter 'config' is no package path: {reason}");
        }

        if (upload.ContentLength > options.MaxTarballSize)
        {
            return TooLarge(options.MaxTarballSize);
        }

        return upload.ContentEncoding == "gzip" ? null : new ApiError(ApiErrors.MissingGzipContentEncoding, "The header 'Content-Encoding: gzip' is missing.");
    }

    private static async Task<Result<Admission>> AdmitAsync(Session session, Principal principal, PublishUpload upload)
    {
        var permission = await Access.RequirePublishAsync(session, principal, upload.Scope, upload.Package, upload.Version);
        if (permission.Error is not null)
        {
            return permission.Error;
        }

        if (await PackageStore.FindAsync(session, upload.Scope, upload.Package) is not { } package)
        {
            return new ApiError(ApiErrors.PackageNotFound, $"There is no package @{upload.Scope}/{upload.Package}. Create it first.");
        }

        if (package.IsArchived)
        {
            return new ApiError(ApiErrors.PackageArchived, $"@{upload.Scope}/{upload.Package} is archived.");
        }

        // Before the task is looked for: that of a deleted version is a success for ever, and the same bytes must not hear of it.
        if (await TombstoneStore.BlocksVersionAsync(session, upload.Scope, upload.Package, upload.Version))
        {
            return new ApiError(
                ApiErrors.VersionContentLocked, $"@{upload.Scope}/{upload.Package}@{upload.Version} was deleted by the registry. Its number is not given out again: raise the version number.");
        }

        var live = await TaskStore.FindLiveAsync(session, upload.Scope, upload.Package, upload.Version);
        if (live is null && await QuotaProblemAsync(session, upload.Scope) is { } problem)
        {
            return problem;
        }

        return new Admission(permission.Value, live);
    }

    private static async Task<ApiError?> QuotaProblemAsync(Session session, string scope)
    {
        // Including the one that asks.
        var limit = (await ScopeStore.FindAsync(session, scope))!.PublishAttemptsPerWeekLimit;
        return await ScopeStore.CountAttemptsAsync(session, scope, session.Now.AddDays(-7)) + 1 > limit
            ? new ApiError(ApiErrors.WeeklyPublishAttemptsLimitExceeded, $"@{scope} may publish {limit} times in seven days.")
            : null;
    }

    private async Task<Result<PublishingTask>> CompareAsync(TaskStore.Row live, PublishGrant grant, PublishUpload upload, CancellationToken cancellation)
    {
        var (hash, tooLarge) = await HashAsync(upload.Body, options.MaxTarballSize, cancellation);
        if (tooLarge)
        {
            return TooLarge(options.MaxTarballSize);
        }

        if (grant.TarballHash is { } only && only != "sha256-" + hash)
        {
            return WrongTarball;
        }

        return await database.ReadAsync(session => AnswerWithAsync(session, live, hash), cancellation);
    }

    /// <summary>Same bytes: the client asks again, and hears of its task. Other bytes: refused, for ever.</summary>
    private static async Task<Result<PublishingTask>> AnswerWithAsync(Session session, TaskStore.Row live, string hash)
    {
        var task = await TaskStore.ToTaskAsync(session, live);
        return live.TarballSha256 == hash
            ? task
            : new ApiError(
                ApiErrors.DuplicateVersionPublish,
                $"@{live.Scope}/{live.Name}@{live.Version} has been published, or is being published, with other content. A version never changes: raise the version number.",
                task);
    }

    private async Task<Result<PublishingTask>> StoreAsync(Principal principal, Guid id, PublishUpload upload, PublishGrant grant, CancellationToken cancellation)
    {
        var key = ObjectKeys.Staged(id.ToString("D"));
        var stored = await store.CreateFromStreamAsync(key, upload.Body, options.MaxTarballSize, cancellation);
        if (stored.LimitExceeded)
        {
            return TooLarge(options.MaxTarballSize);
        }

        var accepted = false;
        try
        {
            var storedAt = await database.ReadAsync(session => Task.FromResult(session.Now), cancellation);
            if (upload.ContentLength is { } promised && promised != stored.Length)
            {
                return new ApiError(ApiErrors.UploadIncomplete, $"The upload ended after {stored.Length} of {promised} bytes.");
            }

            if (grant.TarballHash is { } only && only != "sha256-" + stored.Sha256)
            {
                return WrongTarball;
            }

            // 4. One transaction makes it a task. Not cancellable: the client may be gone, its upload is complete.
            CrashPoint.Hit(CrashPoint.BeforeClaim);
            var result = await database.WriteAsync(session => ClaimAsync(session, principal, id, upload, stored, storedAt), CancellationToken.None);
            CrashPoint.Hit(CrashPoint.AfterClaim);
            accepted = result.Error is null && result.Value.Id == id;
            signal.Ring();
            return result;
        }
        catch (DatabaseUnavailableException e) when (e.OutcomeUnknown)
        {
            // It may be a task. Then a worker needs the upload; if it is none, the sweeper takes it.
            accepted = true;
            throw;
        }
        finally
        {
            if (!accepted)
            {
                await store.DeleteAsync(key, CancellationToken.None);
            }
        }
    }

    private static async Task<Result<PublishingTask>> ClaimAsync(Session session, Principal principal, Guid id, PublishUpload upload, Upload stored, DateTimeOffset storedAt)
    {
        if (session.Now - storedAt > UploadsInProgress.ClaimWithin)
        {
            return new ApiError(ApiErrors.UploadIncomplete, "The upload has waited too long to be accepted; send it again.");
        }

        // Everything once more: while the body came in, anything may have changed.
        var admission = await AdmitAsync(session, principal, upload);
        if (!admission.TryGet(out var admitted, out var refused))
        {
            return refused;
        }

        if (admitted.Live is { } live)
        {
            return await AnswerWithAsync(session, live, stored.Sha256);
        }

        // A failed publish may have left bytes in public: then only the same tarball may finish it (security.md C6).
        var claim = await TaskStore.FindClaimAsync(session, upload.Scope, upload.Package, upload.Version);
        if (claim is { IsLocked: true } && claim.TarballSha256 != stored.Sha256)
        {
            return new ApiError(
                ApiErrors.VersionContentLocked,
                $"@{upload.Scope}/{upload.Package}@{upload.Version} is bound to other content. A version never changes: raise the version number.");
        }

        var task = new TaskStore.Row
        {
            Id = id, UserId = principal.User!.Id, Scope = upload.Scope, Name = upload.Package, Version = upload.Version, ConfigFile = upload.ConfigPath!,
            TarballSha256 = stored.Sha256, TarballSize = stored.Length,
            Trace = System.Diagnostics.Activity.Current is { IdFormat: System.Diagnostics.ActivityIdFormat.W3C, Id: { } trace } ? trace : null, RunAfter = session.Now, CreatedAt = session.Now, UpdatedAt = session.Now,
        };
        await TaskStore.ClaimAsync(session, task);
        await TaskStore.InsertAsync(session, task);
        await AuditLog.AppendAsync(
            session, principal, "create_publishing_task", new { scope = task.Scope, package = task.Name, version = task.Version, publishing_task_id = id, tarball_sha256 = task.TarballSha256 });
        CrashPoint.Hit(CrashPoint.TaskInserted);
        return await TaskStore.ToTaskAsync(session, (await TaskStore.FindAsync(session, id))!);
    }

    private static async Task<(string Hash, bool TooLarge)> HashAsync(Stream body, long limit, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if ((length += read) > limit)
            {
                return ("", true);
            }

            hash.AppendData(buffer, 0, read);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), false);
    }

    private sealed record Admission(PublishGrant Grant, TaskStore.Row? Live);
}
