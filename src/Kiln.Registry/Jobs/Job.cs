namespace Kiln.Registry.Jobs;

/// <summary>A job as a worker has leased it.</summary>
public sealed class Job
{
    public string Kind { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Status { get; set; } = "";

    public long Requests { get; set; }

    public string? Error { get; set; }

    public string? Lease { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset RunAfter { get; set; }

    public override string ToString() => $"job {Kind} {Subject}";
}
