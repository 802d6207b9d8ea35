namespace Kiln.Registry.Jobs;

/// <summary>Does what a test says.</summary>
internal sealed class FakeHandler(string kind = "fake") : IJobHandler
{
    public string Kind => kind;

    public int Revision { get; set; } = 1;

    /// <summary>Subjects in the order in which they were worked at.</summary>
    public List<string> Seen { get; } = [];

    public Func<Job, CancellationToken, Task<string?>> Work { get; set; } = (_, _) => Task.FromResult<string?>(null);

    public Func<Task> Prepare { get; set; } = () => Task.CompletedTask;

    public Task PrepareAsync(CancellationToken cancellation) => Prepare();

    public Task<string?> RunAsync(Job job, CancellationToken cancellation)
    {
        lock (Seen)
        {
            Seen.Add(job.Subject);
        }

        return Work(job, cancellation);
    }
}
