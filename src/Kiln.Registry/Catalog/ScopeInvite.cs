using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

/// <summary>Field names and meaning: registry.md §2.2.</summary>
public sealed record ScopeInvite(string Scope, User TargetUser, User RequestingUser, DateTimeOffset UpdatedAt, DateTimeOffset CreatedAt);
