using System.Collections.Concurrent;
using Kiln.Registry.Storage;

namespace Kiln.Server.Gateway;

/// <summary>
/// Remote stores (security.md §3.1, F13). Requests for one object that have to ask the store ask it once together; a document that may change is shown for a moment without asking. When the store does
/// not answer, what is in memory is shown, and what is not there is a quick failure. The first answer after that ends it.
/// </summary>
internal sealed partial class ObjectCache
{
    private const int MostReplacements = 3;

    private readonly RemoteLimits limits;
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Task<CachedEntry?>>> asking = new();

    // An answer that was under way when this process wrote may be older than the write: it is used for the requests that wait for it, and not believed by later ones.
    private long writes;
    private long pausedUntil;

    private static long Now => Environment.TickCount64;

    /// <summary>Long enough ago to be asked for again, not so long that it may not be shown while the store is away.</summary>
    private long Doubtful => Now - Math.Max(Trust, (long)limits.Fresh.TotalMilliseconds) - 1;

    private async ValueTask<CachedObject?> GetRemoteAsync(ObjectKey key, bool immutable, CancellationToken cancellation)
    {
        if (entries.TryGetValue(key, out var entry))
        {
            entry.Used = true;
            if (Now - Volatile.Read(ref entry.SeenAt) < (immutable ? Trust : (long)limits.Fresh.TotalMilliseconds))
            {
                return await WithBodyAsync(key, entry, fromMemory: true, cancellation);
            }
        }

        CachedEntry? found;
        try
        {
            found = await AskAsync(key).WaitAsync(cancellation);
        }
        catch (StoreUnavailableException) when (entry?.Content is not null && (immutable || Now - Volatile.Read(ref entry.SeenAt) < (long)limits.Stale.TotalMilliseconds))
        {
            return new CachedObject(entry, null, FromMemory: true);
        }

        return found is null ? null : await WithBodyAsync(key, found, fromMemory: ReferenceEquals(found, entry), cancellation);
    }

    private async ValueTask<CachedObject?> WithBodyAsync(ObjectKey key, CachedEntry entry, bool fromMemory, CancellationToken cancellation)
    {
        if (entry.Content is not null)
        {
            return new CachedObject(entry, null, fromMemory);
        }

        for (var attempt = 0; attempt < MostReplacements; attempt++)
        {
            var stored = await LimitedAsync(key, token => store.OpenAsync(key, token).AsTask(), cancellation);
            if (stored is null || stored.Version == entry.Version)
            {
                return stored is null ? null : new CachedObject(entry, stored);
            }

            // Replaced in between: headers and body must belong together, so the headers are made anew. To tell the hash may take the body, which is then opened again.
            await using (stored)
            {
                entry = await LimitedAsync(key, token => ReadAsync(stored, token), cancellation);
            }

            Volatile.Write(ref entry.SeenAt, Doubtful);
            Add(key, entry);
            if (entry.Content is not null)
            {
                return new CachedObject(entry, null);
            }
        }

        throw new StoreUnavailableException($"'{key}' is replaced again and again while it is asked for.", refused: false, null);
    }

    /// <summary>The entry as the store has it now. All who ask meanwhile get the same answer.</summary>
    private Task<CachedEntry?> AskAsync(ObjectKey key)
    {
        if (Now < Volatile.Read(ref pausedUntil))
        {
            return Task.FromException<CachedEntry?>(new StoreUnavailableException("The object store did not answer a moment ago.", refused: false, null));
        }

        return asking.GetOrAdd(key, k => new Lazy<Task<CachedEntry?>>(() => Task.Run(() => AskOnceAsync(k)))).Value;
    }

    private async Task<CachedEntry?> AskOnceAsync(ObjectKey key)
    {
        try
        {
            var (started, writesBefore) = (Now, Volatile.Read(ref writes));
            var known = entries.GetValueOrDefault(key);
            var entry = await LimitedAsync(key, token => LoadAsync(key, known, token), CancellationToken.None);
            if (entry is null)
            {
                Remove(key);
                return null;
            }

            Volatile.Write(ref entry.SeenAt, Volatile.Read(ref writes) == writesBefore ? started : Doubtful);
            if (!ReferenceEquals(entry, known))
            {
                Add(key, entry);
            }

            return entry;
        }
        finally
        {
            asking.TryRemove(key, out _);
        }
    }

    private async Task<CachedEntry?> LoadAsync(ObjectKey key, CachedEntry? known, CancellationToken cancellation)
    {
        if (known is not null)
        {
            var info = await store.StatAsync(key, cancellation);
            if (info is null || info.Version == known.Version)
            {
                return info is null ? null : known;
            }
        }

        await using var stored = await store.OpenAsync(key, cancellation);
        return stored is null ? null : await ReadAsync(stored, cancellation);
    }

    private async Task<T> LimitedAsync<T>(ObjectKey key, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limits.Patience);
        try
        {
            return await call(time.Token);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // Damaged bytes, or a refusal, which some stores give for what is not there, say nothing about the other objects.
            if (e is OperationCanceledException or StoreUnavailableException { Refused: false })
            {
                Volatile.Write(ref pausedUntil, Now + (long)limits.Pause.TotalMilliseconds);
            }

            // Here and not where requests are answered: one failed call is the answer to many, and during the pause nobody calls.
            var failure = e as StoreUnavailableException
                ?? new StoreUnavailableException(e is OperationCanceledException ? "The object store does not answer in time." : $"'{key}': {e.Message}", refused: false, e);
            LogFailed(key, failure.Message);
            throw failure;
        }
    }

    private void Forget(ObjectKey key)
    {
        Interlocked.Increment(ref writes);
        if (entries.TryGetValue(key, out var entry))
        {
            Volatile.Write(ref entry.SeenAt, Doubtful);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "'{Key}' cannot be read from the store: {Problem}")]
    private partial void LogFailed(ObjectKey key, string problem);
}
