using System.Text.Json;

namespace Kiln.Registry.Data;

/// <summary>Single facts about the registry itself, by name, as JSON.</summary>
internal static class RegistryState
{
    /// <summary>There while a restored registry must not be changed; see <see cref="Backup.RestoreMarker"/>.</summary>
    public const string Restored = "restored";

    /// <summary>The outcome of the last complete check.</summary>
    public const string Fsck = "fsck";

    /// <summary>Which words of packages the search has.</summary>
    public const string SearchWords = "search-words";

    /// <summary>Where clients reach the registry, with a trailing slash: tools that render its documents must use the address that its server uses.</summary>
    public const string PublicUrl = "public-url";

    public static async Task<T?> FindAsync<T>(Session session, string name)
        where T : class =>
        await session.FindAsync<string>("SELECT value FROM registry_state WHERE name = @name", new { name }) is { } json ? JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) : null;

    public static Task SetAsync<T>(Session session, string name, T value) => session.ExecuteAsync(
        """
        INSERT INTO registry_state (name, value, updated_at) VALUES (@name, @value, @Now)
        ON CONFLICT (name) DO UPDATE SET value = @value, updated_at = @Now
        """,
        new { name, value = JsonSerializer.Serialize(value, JsonSerializerOptions.Web), session.Now });

    public static Task<int> RemoveAsync(Session session, string name) => session.ExecuteAsync("DELETE FROM registry_state WHERE name = @name", new { name });
}
