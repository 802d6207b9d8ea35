using System.Collections.Concurrent;

namespace Kiln.Registry.Publishing;

/// <summary>Uploads that are stored but not yet a task: the sweeper must leave their staged bytes alone.</summary>
public sealed class UploadsInProgress
{
    private readonly ConcurrentDictionary<Guid, bool> ids = new();

    internal void Begin(Guid id) => ids[id] = true;

    internal void End(Guid id) => ids.TryRemove(id, out _);

    internal bool Contains(Guid id) => ids.ContainsKey(id);
}
