using Kiln.Registry.Administration;
using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

internal static class ScopeStore
{
    public static readonly ListOrder Order = new(
        "s.scope",
        ("scope", "s.scope", false), ("creator", "c.name", false), ("package_limit", "s.package_limit", false), ("new_package_per_week_limit", "s.new_package_per_week_limit", false),
        ("publish_attempts_per_week_limit", "s.publish_attempts_per_week_limit", false), ("created_at", "s.created_at", true));

    internal sealed class Row
    {
        public string Scope { get; set; } = "";

        public string Description { get; set; } = "";

        public Guid Creator { get; set; }

        public int PackageLimit { get; set; }

        public int NewPackagePerWeekLimit { get; set; }

        public int PublishAttemptsPerWeekLimit { get; set; }

        public bool VerifyOidcActor { get; set; }

        public bool RequirePublishingFromCi { get; set; }

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public Scope ToScope() => new() { Name = Scope, Description = Description, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt };
    }

    public static Task<Row?> FindAsync(Session session, string scope) => session.FindAsync<Row>("SELECT * FROM scopes WHERE scope = @scope", new { scope });

    /// <summary>Hyphens do not count: <c>foo-bar</c> finds <c>foobar</c>.</summary>
    public static Task<Row?> FindSimilarAsync(Session session, string scope) =>
        session.FindAsync<Row>("SELECT * FROM scopes WHERE replace(scope, '-', '') = replace(@scope, '-', '')", new { scope });

    public static async Task<FullScope?> FindFullAsync(Session session, string scope)
    {
        if (await FindAsync(session, scope) is not { } row)
        {
            return null;
        }

        var week = session.Now.AddDays(-7);
        var creator = await UserStore.FindAsync(session, row.Creator);
        return new FullScope
        {
            Name = row.Scope,
            Description = row.Description,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            Creator = creator!.ToPublic(),
            VerifyOidcActor = row.VerifyOidcActor,
            RequirePublishingFromCi = row.RequirePublishingFromCi,
            Quotas = new ScopeQuotas(
                (int)await PackageStore.CountAsync(session, scope),
                row.PackageLimit,
                (int)await PackageStore.CountSinceAsync(session, scope, week),
                row.NewPackagePerWeekLimit,
                (int)await CountAttemptsAsync(session, scope, week),
                row.PublishAttemptsPerWeekLimit),
        };
    }

    /// <param name="query">Part of the scope's or its creator's name.</param>
    public static async Task<Page<FullScope>> ListFullAsync(Session session, string query, string order, PageRequest page)
    {
        const string From = """
             FROM scopes s JOIN users c ON c.id = s.creator WHERE lower(s.scope) LIKE lower(@like) ESCAPE '\' OR lower(c.name) LIKE lower(@like) ESCAPE '\'
            """;
        var arguments = new { like = LikeText.Contains(query), page.Size, page.Offset };
        var scopes = new List<FullScope>();
        foreach (var scope in await session.ListAsync<string>($"SELECT s.scope{From} ORDER BY {order} LIMIT @Size OFFSET @Offset", arguments))
        {
            scopes.Add((await FindFullAsync(session, scope))!);
        }

        return new Page<FullScope>(scopes, await session.CountAsync("SELECT COUNT(*)" + From, arguments));
    }

    /// <param name="column">One of ours, never of a request.</param>
    public static Task SetLimitAsync(Session session, string scope, string column, int limit) =>
        session.ExecuteAsync($"UPDATE scopes SET {column} = @limit, updated_at = @Now WHERE scope = @scope", new { scope, limit, session.Now });

    /// <summary>Failed attempts count too.</summary>
    public static Task<long> CountAttemptsAsync(Session session, string scope, DateTimeOffset since) =>
        session.CountAsync("SELECT COUNT(*) FROM publishing_tasks WHERE scope = @scope AND created_at > @since", new { scope, since });

    public static async Task<IReadOnlyList<Scope>> ListOfUserAsync(Session session, Guid userId) =>
    [
        .. (await session.ListAsync<Row>(
            "SELECT s.* FROM scopes s JOIN scope_members m ON m.scope = s.scope WHERE m.user_id = @userId ORDER BY s.scope", new { userId })).Select(r => r.ToScope()),
    ];

    public static Task InsertAsync(Session session, string scope, string description, Guid creator) => session.ExecuteAsync(
        "INSERT INTO scopes (scope, description, creator, created_at, updated_at) VALUES (@scope, @description, @creator, @Now, @Now)",
        new { scope, description, creator, session.Now });

    public static Task SetDescriptionAsync(Session session, string scope, string description) => session.ExecuteAsync(
        "UPDATE scopes SET description = @description, updated_at = @Now WHERE scope = @scope", new { scope, description, session.Now });

    public static Task SetVerifyOidcActorAsync(Session session, string scope, bool value) => session.ExecuteAsync(
        "UPDATE scopes SET verify_oidc_actor = @value, updated_at = @Now WHERE scope = @scope", new { scope, value, session.Now });

    public static Task SetRequirePublishingFromCiAsync(Session session, string scope, bool value) => session.ExecuteAsync(
        "UPDATE scopes SET require_publishing_from_ci = @value, updated_at = @Now WHERE scope = @scope", new { scope, value, session.Now });

    public static Task SetCreatorAsync(Session session, string scope, Guid userId) => session.ExecuteAsync(
        "UPDATE scopes SET creator = @userId, updated_at = @Now WHERE scope = @scope", new { scope, userId, session.Now });

    public static Task<int> DeleteAsync(Session session, string scope) => session.ExecuteAsync("DELETE FROM scopes WHERE scope = @scope", new { scope });

    /// <summary>Null: not a member. Else whether the member is an admin.</summary>
    public static async Task<bool?> FindRoleAsync(Session session, string scope, Guid userId)
    {
        var role = await session.FindAsync<long?>(
            "SELECT CASE WHEN is_admin THEN 1 ELSE 0 END FROM scope_members WHERE scope = @scope AND user_id = @userId", new { scope, userId });
        return role is null ? null : role == 1;
    }

    public static async Task<ScopeMember?> FindMemberAsync(Session session, string scope, Guid userId) =>
        (await session.FindAsync<MemberRow>(Members + " AND m.user_id = @userId", new { scope, userId }))?.ToMember();

    public static async Task<IReadOnlyList<ScopeMember>> ListMembersAsync(Session session, string scope) =>
        [.. (await session.ListAsync<MemberRow>(Members + " ORDER BY u.name, u.id", new { scope })).Select(r => r.ToMember())];

    public static Task AddMemberAsync(Session session, string scope, Guid userId, bool isAdmin) => session.ExecuteAsync(
        "INSERT INTO scope_members (scope, user_id, is_admin, created_at, updated_at) VALUES (@scope, @userId, @isAdmin, @Now, @Now)",
        new { scope, userId, isAdmin, session.Now });

    public static Task<int> SetRoleAsync(Session session, string scope, Guid userId, bool isAdmin) => session.ExecuteAsync(
        "UPDATE scope_members SET is_admin = @isAdmin, updated_at = @Now WHERE scope = @scope AND user_id = @userId", new { scope, userId, isAdmin, session.Now });

    public static Task<int> RemoveMemberAsync(Session session, string scope, Guid userId) =>
        session.ExecuteAsync("DELETE FROM scope_members WHERE scope = @scope AND user_id = @userId", new { scope, userId });

    /// <summary>The admin of longest standing who may still create scopes.</summary>
    public static Task<Guid?> FindHeirAsync(Session session, string scope) => session.FindAsync<Guid?>(
        """
        SELECT m.user_id FROM scope_members m JOIN users u ON u.id = m.user_id
        WHERE m.scope = @scope AND m.is_admin = TRUE AND (SELECT COUNT(*) FROM scopes s WHERE s.creator = u.id) < u.scope_limit
        ORDER BY m.created_at, m.user_id LIMIT 1
        """,
        new { scope });

    public static Task<long> CountAdminsAsync(Session session, string scope) =>
        session.CountAsync("SELECT COUNT(*) FROM scope_members WHERE scope = @scope AND is_admin = TRUE", new { scope });

    private const string Members =
        """
        SELECT m.scope, m.is_admin, m.created_at AS member_created_at, m.updated_at AS member_updated_at,
          u.id, u.name, u.github_id, u.gitlab_id, u.avatar_url, u.created_at, u.updated_at
        FROM scope_members m JOIN users u ON u.id = m.user_id
        WHERE m.scope = @scope
        """;

    internal sealed class MemberRow
    {
        public string Scope { get; set; } = "";

        public bool IsAdmin { get; set; }

        public DateTimeOffset MemberCreatedAt { get; set; }

        public DateTimeOffset MemberUpdatedAt { get; set; }

        public Guid Id { get; set; }

        public string Name { get; set; } = "";

        public long? GithubId { get; set; }

        public long? GitlabId { get; set; }

        public string AvatarUrl { get; set; } = "";

        public DateTimeOffset CreatedAt { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public ScopeMember ToMember() => new(
            Scope,
            new User { Id = Id, Name = Name, GithubId = GithubId, GitlabId = GitlabId, AvatarUrl = AvatarUrl, CreatedAt = CreatedAt, UpdatedAt = UpdatedAt },
            IsAdmin,
            MemberUpdatedAt,
            MemberCreatedAt);
    }
}
