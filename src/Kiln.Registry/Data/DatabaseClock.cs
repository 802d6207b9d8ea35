namespace Kiln.Registry.Data;

/// <summary>
/// The database's clock as this process knows it: its last answer, and the time that has passed here since. Machines whose clocks differ agree by it, because only the passing of time is
/// measured on each (security.md C10).
/// </summary>
internal sealed class DatabaseClock(TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(30);

    private volatile Answer? last;

    /// <summary>Null when the database has to be asked.</summary>
    public DateTimeOffset? Now => last is { } answer && time.GetElapsedTime(answer.At) is var passed && passed < Trusted ? answer.Time + passed : null;

    public void Learn(DateTimeOffset now) => last = new Answer(now, time.GetTimestamp());

    private sealed record Answer(DateTimeOffset Time, long At);
}
