namespace Kiln.Server.Gateway;

/// <summary>How a gateway treats a store that is not on this machine. Tests shorten it.</summary>
internal sealed record RemoteLimits
{
    /// <summary>For which a document that may change is shown without asking the store. What this process writes itself is seen at once.</summary>
    public TimeSpan Fresh { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a request waits for the store; then it is answered with what is in memory, or with 503 (security.md F13).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>After a failure, requests do not wait for as long.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How old a document may be that is shown while the store is away: security.md §3.1, stale-if-error.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromDays(1);
}
