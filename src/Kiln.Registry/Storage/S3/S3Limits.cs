namespace Kiln.Registry.Storage.S3;

/// <summary>Patience with a server. Tests shorten it.</summary>
public sealed record S3Limits
{
    /// <summary>Attempts at one call, the first included.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait before the second attempt, doubled with each; jitter takes up to half of it away.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>For the headers of an answer, and for the next bytes of a body. A put gets as much again for every MiB.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Objects that are written at the same time by one call.</summary>
    public int Parallel { get; init; } = 16;
}
