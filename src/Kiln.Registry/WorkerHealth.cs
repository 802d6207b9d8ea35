using Kiln.Registry.Data;

namespace Kiln.Registry;

/// <summary>Whether this process still looks for work: a loop that hangs would leave publishes waiting while everything else answers.</summary>
public sealed class WorkerHealth
{
    private readonly Database database;
    private readonly RegistryOptions options;
    private readonly Func<IEnumerable<DateTimeOffset?>> looks;

    internal WorkerHealth(Database database, RegistryOptions options, Func<IEnumerable<DateTimeOffset?>> looks)
    {
        this.database = database;
        this.options = options;
        this.looks = looks;
    }

    /// <summary>A look for work is at most this old while there is room for it.</summary>
    private TimeSpan Bound => TimeSpan.FromSeconds(30) + (options.PollInterval * 3);

    public bool IsAlive => looks().All(last => last is { } time && database.Time.GetUtcNow() - time < Bound);
}
