namespace Kiln.Registry.Data;

/// <summary>The keys with which the processes of a registry protect forms and cookies, where they share a PostgreSQL database.</summary>
public sealed class ProtectionKeyStore(Database database)
{
    /// <summary>XML, the oldest first.</summary>
    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) =>
        database.ReadAsync(s => s.ListAsync<string>("SELECT xml FROM data_protection_keys ORDER BY created_at, name"), cancellation);

    public Task AddAsync(string name, string xml, CancellationToken cancellation) => database.FencedAsync(
        s => s.ExecuteAsync("INSERT INTO data_protection_keys (name, xml, created_at) VALUES (@name, @xml, @Now) ON CONFLICT (name) DO NOTHING", new { name, xml, s.Now }), cancellation);

    /// <summary>Runs what may make the first key alone among all processes, so that there is one.</summary>
    public Task<T> ExclusiveAsync<T>(Func<Task<T>> work, CancellationToken cancellation) => database.ExclusiveAsync("data protection keys", work, cancellation);
}
