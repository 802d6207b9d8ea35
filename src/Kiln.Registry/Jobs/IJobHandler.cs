namespace Kiln.Registry.Jobs;

/// <summary>Does the jobs of one kind. A job may run twice, and be killed anywhere: what it writes is the same each time and becomes visible at once, in its last step.</summary>
public interface IJobHandler
{
    /// <summary>The value in the database; never renamed.</summary>
    string Kind { get; }

    /// <summary>Raised when the work would give another result; jobs that failed under an older one are tried again.</summary>
    int Revision { get; }

    /// <summary>Queues what is missing; runs once when the server starts.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>
    /// Null when it is done or there is nothing to do any more; else the reason, for people, why no other attempt can succeed. An exception means that this attempt failed.
    /// </summary>
    /// <param name="job">Its subject says about what; its lease is the fence for the last step.</param>
    Task<string?> RunAsync(Job job, CancellationToken cancellation);
}
