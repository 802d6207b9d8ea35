namespace Kiln.Registry.Storage;

/// <summary>Runs something alone among all processes that share a store and name the same (ADR 0015). A delegate, because the store must not know what a database is.</summary>
public delegate Task Exclusion(string name, Func<Task> work, CancellationToken cancellation);
