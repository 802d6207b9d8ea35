using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Kiln.Registry.Publishing;
using Kiln.Registry.Storage;

namespace Kiln.Registry.Integrity;

/// <summary>Publishes come to an end, their uploads are kept, and nothing else lies about (I4, I5, I9).</summary>
internal sealed class UploadsCheck(CheckContext context)
{
    private const int AtOnce = 500;

    public async Task RunAsync(FindingList findings, CancellationToken cancellation)
    {
        if (context.Store is DirectoryObjectStore directory && directory.CountAbandonedFiles() is var abandoned and > 0)
        {
            findings.Add(FindingKinds.TemporaryFiles, "tmp", $"{abandoned} files.", _ =>
            {
                directory.SweepTemporaryFiles();
                return Task.FromResult<string?>(null);
            });
        }

        // Uploads before tasks: an upload that becomes a task in between has one.
        var orphans = new List<ObjectKey>();
        await foreach (var key in context.Store.ListAsync(Bucket.Staging, "", cancellation))
        {
            if (!key.Path.StartsWith(ObjectKeys.DownloadBatches, StringComparison.Ordinal)) // counts on their way, not uploads
            {
                orphans.Add(key);
            }
        }

        var known = new HashSet<Guid>();
        for (var after = ""; ;)
        {
            var (tasks, now) = await context.Database.ReadAsync(
                async s => (await s.ListAsync<TaskRow>(
                    """
                    SELECT id, scope, name, version, status, tarball_sha256, tarball_size, run_after, lease_until FROM publishing_tasks t WHERE id > @after AND status <> 'failure'
                      AND NOT EXISTS (SELECT 1 FROM tombstones b WHERE b.scope = t.scope AND b.name = t.name AND b.version = t.version)
                    ORDER BY id LIMIT @AtOnce
                    """,
                    new { after, AtOnce }), s.Now),
                cancellation);
            if (tasks.Count == 0)
            {
                break;
            }

            after = tasks[^1].Id.ToString("D");
            known.UnionWith(tasks.Select(t => t.Id));
            await Parallel.ForEachAsync(
                tasks,
                new ParallelOptions { MaxDegreeOfParallelism = CheckContext.Readers, CancellationToken = cancellation },
                async (task, token) => await CheckTaskAsync(task, now - context.Options.TaskBound, findings, token));
        }

        foreach (var key in orphans.Where(k => ObjectKeys.TaskOf(k) is not { } id || !known.Contains(id)))
        {
            findings.Add(FindingKinds.UploadOrphan, key.ToString(), "No publish needs it.", t => DeleteAsync(key, t));
        }

        await CheckReservationsAsync(findings, cancellation);
    }

    /// <param name="bound">Who was due before it should have been taken; by the clock that made it due, the database's.</param>
    private async Task CheckTaskAsync(TaskRow task, DateTimeOffset bound, FindingList findings, CancellationToken cancellation)
    {
        var subject = $"task {task.Id} (@{task.Scope}/{task.Name}@{task.Version})";
        if (task.Status != "success" && task.RunAfter < bound && (task.LeaseUntil is null || task.LeaseUntil < bound))
        {
            findings.Add(FindingKinds.TaskStuck, subject, $"It is '{task.Status}' since {task.RunAfter:yyyy-MM-dd HH:mm} UTC, and no worker has it.", t => WakeAsync(task.Id, t));
        }

        if (task.TarballSha256 == Adopter.UnknownUpload)
        {
            return; // It was adopted without its upload.
        }

        var key = ObjectKeys.Staged(task.Id.ToString("D"));
        try
        {
            if (await context.LookAsync(key, cancellation) is not { } found)
            {
                if (await context.Database.ReadAsync(s => IsWantedAsync(s, task), cancellation))
                {
                    findings.Add(FindingKinds.UploadMissing, subject, "Its upload is not in the store.");
                }
            }
            else if (found.Length != task.TarballSize || (found.Sha256.Length > 0 && found.Sha256 != task.TarballSha256))
            {
                findings.Add(FindingKinds.UploadDamaged, subject, $"Its upload has {found.Length} bytes{(found.Sha256.Length > 0 ? $" and the SHA-256 {found.Sha256}" : "")}; received were {task.TarballSize} with {task.TarballSha256}.");
            }
        }
        catch (IOException e) when (e is not StoreUnavailableException)
        {
            findings.Add(FindingKinds.UploadDamaged, subject, $"Its upload cannot be read: {e.Message}");
        }
    }

    /// <summary>Not when the publish has failed meanwhile, or its version was deleted, and the upload with it.</summary>
    private static async Task<bool> IsWantedAsync(Session session, TaskRow task) =>
        await TaskStore.FindAsync(session, task.Id) is { Status: not "failure" } && !await TombstoneStore.BlocksVersionAsync(session, task.Scope, task.Name, task.Version);

    private async Task CheckReservationsAsync(FindingList findings, CancellationToken cancellation)
    {
        var orphans = await context.Database.ReadAsync(
            s => s.ListAsync<ReservationRow>(
                """
                SELECT c.scope, c.name, c.version, c.task_id FROM version_claims c
                WHERE c.state = 'reserved' AND NOT EXISTS (SELECT 1 FROM publishing_tasks t WHERE t.id = c.task_id AND t.status <> 'failure')
                ORDER BY c.scope, c.name, c.version LIMIT 1000
                """),
            cancellation);
        foreach (var claim in orphans)
        {
            findings.Add(
                FindingKinds.ReservationOrphan,
                $"@{claim.Scope}/{claim.Name}@{claim.Version}",
                $"Its publish {claim.TaskId} has ended.",
                async token =>
                {
                    await context.Database.ChangeAsync(s => s.ExecuteAsync("DELETE FROM version_claims WHERE task_id = @TaskId AND state = 'reserved'", claim), token);
                    return null;
                });
        }
    }

    /// <summary>Any worker may take it now; the check itself works on it when there is none.</summary>
    private async Task<string?> WakeAsync(Guid id, CancellationToken cancellation)
    {
        await context.Database.ChangeAsync(
            s => s.ExecuteAsync("UPDATE publishing_tasks SET run_after = @Now, updated_at = @Now WHERE id = @id AND status IN ('pending', 'processing', 'processed')", new { id, s.Now }), cancellation);
        return null;
    }

    private async Task<string?> DeleteAsync(ObjectKey key, CancellationToken cancellation)
    {
        if (await context.Store.StatAsync(key, cancellation) is { } info && info.LastModified > context.Database.Time.GetUtcNow() - context.Options.UploadBound)
        {
            return "it is younger than an hour: its server may be about to make a publish of it";
        }

        await context.Store.DeleteAsync(key, cancellation);
        return null;
    }

    private sealed class TaskRow
    {
        public Guid Id { get; set; }

        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string Status { get; set; } = "";

        public string TarballSha256 { get; set; } = "";

        public long TarballSize { get; set; }

        public DateTimeOffset RunAfter { get; set; }

        public DateTimeOffset? LeaseUntil { get; set; }
    }

    private sealed class ReservationRow
    {
        public string Scope { get; set; } = "";

        public string Name { get; set; } = "";

        public string Version { get; set; } = "";

        public string TaskId { get; set; } = "";
    }
}
