using Kiln.Registry.Storage;

namespace Kiln.Registry.Backup;

/// <summary>Where backups are kept: a store of its own, with the same promises as the registry's.</summary>
internal sealed record BackupPlace(IObjectStore Store, IAsyncDisposable Owner)
{
    /// <exception cref="InvalidOperationException">There is no such folder.</exception>
    public static Task<BackupPlace> OpenAsync(string place, bool create, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!create && !Directory.Exists(place))
        {
            throw new InvalidOperationException($"there is no folder '{place}'");
        }

        var store = DirectoryObjectStore.Open(place);
        store.SweepTemporaryFiles();
        return Task.FromResult(new BackupPlace(store, new Closing(store)));
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

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
