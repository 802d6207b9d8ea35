using System.Text.Json;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Data;

/// <summary>One row per accepted mutation, written in the mutation's own transaction (registry.md §3.8).</summary>
internal static class AuditLog
{
    public static Task AppendAsync(Session session, Guid? actor, bool sudo, string action, object meta) => session.ExecuteAsync(
        "INSERT INTO audit_log (actor_id, is_sudo, action, meta, created_at) VALUES (@actor, @sudo, @action, @meta, @Now)",
        new { actor, sudo, action, meta = JsonSerializer.Serialize(meta, JsonSerializerOptions.Web), session.Now });

    public static Task AppendAsync(Session session, Principal actor, string action, object meta) =>
        AppendAsync(session, actor.User?.Id, actor.Sudo, action, meta);
}
