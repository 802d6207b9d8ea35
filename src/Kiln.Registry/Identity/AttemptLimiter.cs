using System.Collections.Concurrent;

namespace Kiln.Registry.Identity;

/// <summary>
/// Five wrong codes within ten minutes, then no more from that caller until the ten minutes are over (security.md I3). In memory: a restart forgives, and the
/// codes are long enough that this only has to stop a loop.
/// </summary>
public sealed class AttemptLimiter(TimeProvider time)
{
    private const int Allowed = 5;
    private const int Remembered = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Until)> failures = new(StringComparer.Ordinal);

    public bool MayTry(string caller) => !failures.TryGetValue(caller, out var seen) || seen.Until <= time.GetUtcNow() || seen.Count < Allowed;

    public void Failed(string caller)
    {
        var now = time.GetUtcNow();
        if (failures.Count > Remembered)
        {
            foreach (var (key, value) in failures)
            {
                if (value.Until <= now)
                {
                    failures.TryRemove(key, out _);
                }
            }
        }

        failures.AddOrUpdate(caller, _ => (1, now + Window), (_, seen) => seen.Until <= now ? (1, now + Window) : (seen.Count + 1, seen.Until));
    }
}
