using System.Text.Json.Nodes;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Administration;

/// <summary>Field names and meaning: registry.md §2.2.</summary>
/// <param name="Actor">Null: the operator, with a command on the server.</param>
public sealed record AuditEntry(User? Actor, string Action, bool IsSudo, JsonNode? Meta, DateTimeOffset CreatedAt);
