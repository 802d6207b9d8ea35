using Kiln.Registry.Storage;
using Kiln.Registry.Storage.S3;

namespace Kiln.Registry.Backup;

/// <summary>Where backups are kept: a store of its own, with the same promises as the registry's.</summary>
internal sealed record BackupPlace(IObjectStore Store, IAsyncDisposable Owner)
{
    /// <param name="create">False: it is only read, and must have been a place of backups before.</param>
    /// <exception cref="InvalidOperationException">There is no such place.</exception>
    /// <exception cref="StoreUnavailableException">The bucket cannot be reached.</exception>
    public static async Task<BackupPlace> OpenAsync(string place, bool create, CancellationToken cancellation)
    {
        if (place.Length == 0)
        {
            throw new InvalidOperationException("the place of the backups is empty; write a folder or s3://bucket?endpoint=…");
        }

        if (place.StartsWith("s3://", StringComparison.Ordinal))
        {
            if (!StorageAddress.TryParse(place, out var address, out var problem))
            {
                throw new InvalidOperationException(problem);
            }

            // Where the server cannot create without replacing, turns within this process have to do: two backups do not write the same names, and equal objects are equal.
            var spool = Path.Combine(Path.GetTempPath(), "kiln-backup-" + Guid.NewGuid().ToString("N"));
            var turns = new SemaphoreSlim(1);
            async Task AloneAsync(string name, Func<Task> work, CancellationToken token)
            {
                await turns.WaitAsync(token);
                try
                {
                    await work();
                }
                finally
                {
                    turns.Release();
                }
            }

            var bucket = S3ObjectStore.Open(address, spool, AloneAsync);
            if (create)
            {
                await bucket.PrepareAsync(cancellation);
            }

            return new BackupPlace(bucket, new Closing(bucket, turns));
        }

        if (!create)
        {
            if (!Directory.Exists(Path.Combine(place, "objects", "backups")))
            {
                throw new InvalidOperationException(Directory.Exists(place) ? $"there are no backups in the folder '{place}'" : $"there is no folder '{place}'");
            }

            var shelf = DirectoryObjectStore.OpenToRead(place);
            return new BackupPlace(shelf, new Closing(shelf));
        }

        var store = DirectoryObjectStore.Open(place);
        store.SweepTemporaryFiles();
        return new BackupPlace(store, new Closing(store));
    }

    /// <param name="name">Null: the newest.</param>
    /// <exception cref="InvalidOperationException">There is no such backup.</exception>
    public static async Task<BackupManifest> FindAsync(IObjectStore place, string? name, CancellationToken cancellation)
    {
        var names = await BackupWriter.ListAsync(place, cancellation);
        if (names.Count == 0)
        {
            throw new InvalidOperationException("there is no complete backup");
        }

        return name is null || names.Contains(name)
            ? (await BackupWriter.ReadManifestAsync(place, name ?? names[0], cancellation))!
            : throw new InvalidOperationException($"there is no backup '{name}'; there are {string.Join(", ", names.Take(10))}");
    }

    private sealed class Closing(params IDisposable[] inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            foreach (var part in inner)
            {
                part.Dispose();
            }

            return ValueTask.CompletedTask;
        }
    }
}
