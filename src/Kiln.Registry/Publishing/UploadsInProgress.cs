using System.Collections.Concurrent;

namespace Kiln.Registry.Publishing;

/// <summary>
/// Uploads that are stored but not yet a task: the sweeper must leave their staged bytes alone. This process remembers its own. Of others it only sees the age of the object: one that is
/// older than <see cref="SweepAge"/> cannot become a task any more, because an upload that was stored longer than <see cref="ClaimWithin"/> ago is refused, by the database's clock.
/// </summary>
public sealed class UploadsInProgress
{
    /// <summary>A transaction ends within a minute, and clocks of stores may be minutes off: far enough from <see cref="ClaimWithin"/>.</summary>
    internal static readonly TimeSpan SweepAge = TimeSpan.FromHours(1);

    internal static readonly TimeSpan ClaimWithin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, bool> ids = new();

    internal void Begin(Guid id) => ids[id] = true;

    internal void End(Guid id) => ids.TryRemove(id, out _);

    internal bool Contains(Guid id) => ids.ContainsKey(id);
}
