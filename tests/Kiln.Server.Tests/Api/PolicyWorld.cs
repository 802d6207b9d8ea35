using System.Security.Cryptography;
using System.Text;
using Kiln.Registry;
using Kiln.Registry.Catalog;
using Kiln.Registry.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Api;

/// <summary>The callers of <c>policy-matrix.txt</c>, and for each request a scope of its own with what the line's "with" asks for.</summary>
public sealed class PolicyWorld : IAsyncLifetime
{
    private readonly Dictionary<string, Guid> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> sessions = new(StringComparer.Ordinal);
    private string device = "";
    private int names;
    private string? documented;

    internal RunningServer Server { get; private set; } = null!;

    internal string BlockedToken { get; private set; } = "";

    internal Database Database => Server.App.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        // A registry that can ask GitHub, and is told that all is well.
        Server = await RunningServer.StartAsync(
            b => b.Services.AddSingleton<VerifyRepository>((_, owner, name, _) => Task.FromResult<Result<VerifiedRepository>>(new VerifiedRepository(7, owner, name))));
        var admin = Server.App.Services.GetRequiredService<RegistryAdmin>();
        foreach (var login in new[] { "user", "member", "admin", "staff", "guest", "blocked" })
        {
            ids[login] = (await admin.CreateUserAsync(login, login == "staff", default)).Value.Id;
            sessions[login] = await ApiClient.SessionAsync(Server, login);
        }

        await ExecuteAsync("UPDATE users SET scope_limit = 1000000", new { });
        await ExecuteAsync("UPDATE users SET is_blocked = TRUE WHERE login = 'blocked'", new { });
        BlockedToken = sessions["blocked"];
        device = await DeviceTokenAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A scope with the package <c>lib</c>, and the placeholders of a request by this caller.</summary>
    internal async Task<Dictionary<string, string>> PrepareAsync(string? preparation, string caller)
    {
        var scope = NewName();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["scope"] = scope, ["package"] = "lib", ["version"] = "1.0.0", ["fresh"] = NewName(), ["guest"] = ids["guest"].ToString(),
        };
        var now = DateTimeOffset.UtcNow;
        await ExecuteAsync("INSERT INTO scopes (scope, creator, created_at, updated_at) VALUES (@scope, @creator, @now, @now)", new { scope, creator = ids["admin"], now });
        await AddMemberAsync(scope, ids["admin"], isAdmin: true);
        await AddMemberAsync(scope, ids["member"], isAdmin: false);
        if (preparation != "no-package")
        {
            await ExecuteAsync("INSERT INTO packages (scope, name, created_at, updated_at) VALUES (@scope, 'lib', @now, @now)", new { scope, now });
        }

        // Whose rows the request is about, when it is about the caller's own.
        var self = ids[caller switch { "anonymous" => "guest", "sudo" => "staff", "device" or "limited" => "admin", _ => caller }];
        switch (preparation)
        {
            case null or "no-package":
                break;
            case "guest":
                values["id"] = values["guest"];
                break;
            case "member":
                values["userId"] = ids["member"].ToString();
                break;
            case "invite":
                values["userId"] = values["guest"];
                await InviteAsync(scope, ids["guest"]);
                break;
            case "caller-invited":
                await ExecuteAsync("DELETE FROM scope_members WHERE scope = @scope AND user_id = @self", new { scope, self });
                await InviteAsync(scope, self);
                break;
            case "caller-token":
                values["id"] = Guid.NewGuid().ToString();
                await ExecuteAsync(
                    "INSERT INTO tokens (id, hash, user_id, type, created_at, updated_at) VALUES (@id, @id, @self, 'personal', @now, @now)", new { id = values["id"], self, now });
                break;
            case "authorization" or "approved":
                var started = await StartAuthorizationAsync();
                values["code"] = started.Code;
                values["exchangeToken"] = started.ExchangeToken;
                if (preparation == "approved")
                {
                    Assert.Equal(204, (await As("admin").PostAsync("authorizations/approve/" + started.Code)).Status);
                }

                break;
            case "task":
                values["id"] = Guid.NewGuid().ToString();
                await ExecuteAsync(
                    """
                    INSERT INTO publishing_tasks (id, status, user_id, scope, name, version, config_file, tarball_sha256, tarball_size, run_after, created_at, updated_at)
                    VALUES (@id, 'pending', @admin, @scope, 'lib', '1.0.0', '/deno.json', '', 0, @never, @now, @now)
                    """,
                    new { id = values["id"], admin = ids["admin"], scope, never = now.AddYears(1), now });
                break;
            case "ticket":
                await ExecuteAsync("UPDATE tickets SET closed = TRUE WHERE closed = FALSE", new { }); // those of the lines before: a user may have only so many
                values["id"] = (await As("user").PostAsync("tickets", new { kind = "other", meta = new { }, message = "Hello" })).Json["id"]!.GetValue<string>();
                break;
            case "published":
                await PublishAsync(scope);
                break;
            case "documented": // one for all requests that only read
                if (documented is null)
                {
                    await PublishAsync(scope);
                    await TestPackage.DocumentedAsync(Server, scope, "lib", "1.0.0");
                    documented = scope;
                }

                values["scope"] = documented;
                values["old"] = values["new"] = "1.0.0";
                break;
            default:
                Assert.Fail($"Nobody knows how to prepare '{preparation}'.");
                break;
        }

        return values;
    }

    internal ApiClient As(string caller) => new(Server, caller == "device" ? device : sessions[caller == "sudo" ? "staff" : caller]);

    /// <summary>Somebody's personal token that may only publish to the scope.</summary>
    internal async Task<ApiClient> LimitedAsync(string user, string scope)
    {
        var created = await As(user).PostAsync("user/tokens", new { description = "For CI", permissions = new[] { new { permission = "package/publish", scope } } });
        return new ApiClient(Server, created.Json["secret"]!.GetValue<string>());
    }

    /// <summary>Without what workers write when they finish a publish, whenever that is.</summary>
    internal Task<IReadOnlyList<string>> AuditedAfterAsync(long id) =>
        Database.ReadAsync(s => s.ListAsync<string>("SELECT action FROM audit_log WHERE id > @id AND action <> 'publish_version' ORDER BY id", new { id }), default);

    internal Task<long> LastAuditedAsync() => Database.ReadAsync(s => s.CountAsync("SELECT COALESCE(MAX(id), 0) FROM audit_log"), default);

    private Task PublishAsync(string scope) => TestPackage.PublishAsync(
        Server, As("admin"), scope, "lib", "1.0.0", new Dictionary<string, string>(StringComparer.Ordinal) { ["."] = "./mod.ts" },
        ("/mod.ts", "/** A number. */\nexport const a: number = 1;\n"));

    private string NewName() => $"case{Interlocked.Increment(ref names)}x";

    private Task<int> ExecuteAsync(string sql, object arguments) => Database.ChangeAsync(s => s.ExecuteAsync(sql, arguments), default);

    private Task<int> AddMemberAsync(string scope, Guid user, bool isAdmin) => ExecuteAsync(
        "INSERT INTO scope_members (scope, user_id, is_admin, created_at, updated_at) VALUES (@scope, @user, @isAdmin, @now, @now)", new { scope, user, isAdmin, now = DateTimeOffset.UtcNow });

    private Task<int> InviteAsync(string scope, Guid target) => ExecuteAsync(
        "INSERT INTO scope_invites (scope, target_user_id, requesting_user_id, created_at, updated_at) VALUES (@scope, @target, @admin, @now, @now)",
        new { scope, target, admin = ids["admin"], now = DateTimeOffset.UtcNow });

    private async Task<(string Code, string ExchangeToken)> StartAuthorizationAsync()
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("verifier")));
        var started = (await new ApiClient(Server).PostAsync("authorizations", new { challenge })).Json;
        return (started["code"]!.GetValue<string>(), started["exchangeToken"]!.GetValue<string>());
    }

    private async Task<string> DeviceTokenAsync()
    {
        var (code, exchangeToken) = await StartAuthorizationAsync();
        Assert.Equal(204, (await As("admin").PostAsync("authorizations/approve/" + code)).Status);
        return (await new ApiClient(Server).PostAsync("authorizations/exchange", new { exchangeToken, verifier = "verifier" })).Json["token"]!.GetValue<string>();
    }
}
