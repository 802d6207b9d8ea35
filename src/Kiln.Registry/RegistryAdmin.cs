using Kiln.Registry.Data;
using Kiln.Registry.Identity;

namespace Kiln.Registry;

/// <summary>
/// What the <c>admin</c> commands do. They run in a process of their own while the server runs: short transactions on the same database, no objects.
/// </summary>
public sealed class RegistryAdmin(Database database, RegistryOptions options)
{
    public const int MaxLogin = 64;

    /// <summary>Creates the folder and the embedded database when missing, and brings the schema up to date.</summary>
    /// <exception cref="DatabaseUnavailableException">The PostgreSQL database does not answer.</exception>
    /// <exception cref="InvalidOperationException">A migration failed.</exception>
    /// <param name="migrations">The migrations that may run, by name; null: all.</param>
    public static Task PrepareAsync(RegistryOptions options, TimeProvider time, CancellationToken cancellation, IReadOnlyCollection<string>? migrations = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Database is not null)
        {
            return Migrator.MigratePostgresAsync(options.Database, cancellation, migrations);
        }

        Directory.CreateDirectory(options.DataDirectory);
        return Migrator.MigrateSqliteAsync(options.DatabaseFile, time, cancellation, migrations);
    }

    public static Database OpenDatabase(RegistryOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ColumnTypes.Register();
        return new Database(options.Database is null ? new SqliteEngine(options.DatabaseFile) : new PostgresEngine(options.Database, time, ownClock: !ReferenceEquals(time, TimeProvider.System)), time);
    }

    public Task<bool> HasUsersAsync(CancellationToken cancellation) => database.ReadAsync(async s => await UserStore.CountAsync(s) > 0, cancellation);

    public Task<IReadOnlyList<FullUser>> ListUsersAsync(CancellationToken cancellation) => database.ReadAsync(UserStore.ListAsync, cancellation);

    /// <summary>Null when nobody has that login (case-insensitive).</summary>
    public Task<FullUser?> FindUserAsync(string login, CancellationToken cancellation) => database.ReadAsync(s => UserStore.FindByLoginAsync(s, login), cancellation);

    /// <summary>Error <c>malformedRequest</c> when the name is taken or no name.</summary>
    public Task<Result<FullUser>> CreateUserAsync(string login, bool isStaff, CancellationToken cancellation) => database.WriteAsync<FullUser>(
        async session =>
        {
            if (string.IsNullOrWhiteSpace(login) || login.Length > MaxLogin || login.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            {
                return new ApiError(ApiErrors.MalformedRequest, $"A user's name must have 1 to {MaxLogin} characters and no spaces.");
            }

            if (await UserStore.FindByLoginAsync(session, login) is not null)
            {
                return new ApiError(ApiErrors.MalformedRequest, $"There is a user '{login}' already.");
            }

            var id = Guid.NewGuid();
            await UserStore.InsertAsync(session, id, login, login, "", isStaff, isStaff ? int.MaxValue : options.ScopeLimit);
            await AuditLog.AppendAsync(session, null, sudo: true, "create_user", new { user_id = id, login, isStaff });
            return (await UserStore.FindAsync(session, id))!;
        },
        cancellation);

    /// <summary>A personal token that may do everything its user may.</summary>
    /// <param name="expiresAt">Null: never.</param>
    public Task<Result<CreatedToken>> CreateTokenAsync(string login, string description, DateTimeOffset? expiresAt, CancellationToken cancellation) => database.WriteAsync<CreatedToken>(
        async session =>
        {
            if (await UserStore.FindByLoginAsync(session, login) is not { } user)
            {
                return new ApiError(ApiErrors.UserNotFound, $"There is no user '{login}'. Create one with: kiln admin user create {login}");
            }

            var created = await TokenStore.CreateAsync(session, user.Id, TokenType.Personal, description, expiresAt, null);
            await AuditLog.AppendAsync(session, null, sudo: true, "create_token", new { user_id = user.Id, token_id = created.Token.Id });
            return created;
        },
        cancellation);

    /// <summary>The secret of a link that signs a browser in once.</summary>
    public Task<Result<string>> CreateSignInLinkAsync(string login, TimeSpan lifetime, CancellationToken cancellation) => database.WriteAsync<string>(
        async session =>
        {
            if (await UserStore.FindByLoginAsync(session, login) is not { } user)
            {
                return new ApiError(ApiErrors.UserNotFound, $"There is no user '{login}'.");
            }

            await AuditLog.AppendAsync(session, null, sudo: true, "create_sign_in_link", new { user_id = user.Id });
            return await SignInService.CreateLinkAsync(session, user.Id, lifetime);
        },
        cancellation);

    /// <summary>Throws when the registry's tables cannot be read. Asked at every probe, so it looks at one row.</summary>
    public Task CheckAsync(CancellationToken cancellation) => database.ReadAsync(s => s.FindAsync<long?>("SELECT 1 FROM users LIMIT 1"), cancellation);
}
