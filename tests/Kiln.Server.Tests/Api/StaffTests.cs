using Kiln.Registry.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Api;

/// <summary>The routes <c>admin/*</c> of registry.md §2.3, invitations, and what may be done with publishing tasks.</summary>
public sealed class StaffTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Users_are_found_sorted_and_changed()
    {
        var staff = await ApiClient.PersonalAsync(fixture.Server, "chief", staff: true);
        var user = await ApiClient.PersonalAsync(fixture.Server, "platypus-one");
        await ApiClient.PersonalAsync(fixture.Server, "platypus-two");
        var id = (await user.GetAsync("user")).Json["id"]!.GetValue<string>();
        Assert.Equal(["platypus-two", "platypus-one"], await NamesAsync("query=PLATYPUS"));
        Assert.Equal(["platypus-one", "platypus-two"], await NamesAsync("query=platypus&sortBy=!created_at"));
        Assert.Equal(["platypus-one"], await NamesAsync("query=" + id.ToUpperInvariant()));
        Assert.Equal("malformedRequest", (await staff.PatchAsync($"admin/users/{id}", new { })).Code);
        Assert.Equal("malformedRequest", (await staff.PatchAsync($"admin/users/{id}", new { scopeLimit = -1 })).Code);
        Assert.Equal("malformedRequest", (await staff.PatchAsync($"admin/users/{id}", new { isStaff = "yes" })).Code);
        Assert.Equal("userNotFound", (await staff.PatchAsync($"admin/users/{Guid.NewGuid():D}", new { isStaff = true })).Code);
        var changed = (await staff.PatchAsync($"admin/users/{id}", new { isStaff = true, scopeLimit = 9 })).Json;
        Assert.Equal((true, 9), (changed["isStaff"]!.GetValue<bool>(), changed["scopeLimit"]!.GetValue<int>()));
        Assert.Equal(["platypus-one", "platypus-two"], await NamesAsync("query=platypus&sortBy=!is_staff"));
        Assert.Equal(200, (await user.GetAsync("admin/users")).Status);

        // From now on nothing of the user's works, at once.
        Assert.Equal(200, (await staff.PatchAsync($"admin/users/{id}", new { isBlocked = true })).Status);
        Assert.Equal((403, "blocked"), Answer(await user.GetAsync("packages")));
        Assert.Equal(200, (await staff.PatchAsync($"admin/users/{id}", new { isBlocked = false })).Status);
        Assert.Equal(200, (await user.GetAsync("user")).Status);

        async Task<string[]> NamesAsync(string query) => [.. (await staff.GetAsync("admin/users?" + query)).Json["items"]!.AsArray().Select(u => u!["name"]!.GetValue<string>())];
    }

    [Fact]
    public async Task A_scope_gets_other_limits_and_they_hold()
    {
        var staff = await ApiClient.PersonalAsync(fixture.Server, "chief", staff: true);
        var (scope, owner) = await fixture.NewScopeAsync();
        Assert.Equal("malformedRequest", (await staff.PatchAsync($"admin/scopes/{scope}", new { })).Code);
        Assert.Equal("scopeNotFound", (await staff.PatchAsync("admin/scopes/no-such", new { packageLimit = 1 })).Code);
        var quotas = (await staff.PatchAsync($"admin/scopes/{scope}", new { packageLimit = 1, publishAttemptsPerWeekLimit = 0 })).Json["quotas"]!;
        Assert.Equal((1, 20, 0), (quotas["packageLimit"]!.GetValue<int>(), quotas["newPackagePerWeekLimit"]!.GetValue<int>(), quotas["publishAttemptsPerWeekLimit"]!.GetValue<int>()));
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "one" })).Status);
        Assert.Equal("packageLimitExceeded", (await owner.PostAsync($"scopes/{scope}/packages", new { package = "two" })).Code);
        Assert.Equal(200, (await staff.PatchAsync($"admin/scopes/{scope}", new { packageLimit = 5, newPackagePerWeekLimit = 1 })).Status);
        Assert.Equal("weeklyPackageLimitExceeded", (await owner.PostAsync($"scopes/{scope}/packages", new { package = "two" })).Code);
        var listed = (await staff.GetAsync($"admin/scopes?query={scope}&sortBy=!package_limit")).Json;
        Assert.Contains(listed["items"]!.AsArray(), s => s!["scope"]!.GetValue<string>() == scope && s["creator"]!["name"]!.GetValue<string>() == "owner-of-" + scope);
        Assert.Equal("one", (await staff.GetAsync($"admin/packages?query=@{scope}/")).Json["items"]![0]!["name"]!.GetValue<string>());
    }

    /// <summary>registry.md §2.3: a number also means a repository.</summary>
    [Fact]
    public async Task Packages_are_found_by_their_names_and_by_the_number_of_their_repository()
    {
        var staff = await ApiClient.PersonalAsync(fixture.Server, "chief", staff: true);
        var (scope, package, owner) = await fixture.NewPackageAsync();
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "lib-7654321" })).Status);
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "other" })).Status);
        await fixture.Server.App.Services.GetRequiredService<Database>().ChangeAsync(
            async session => await session.ExecuteAsync("INSERT INTO github_repositories (id, owner, name, created_at, updated_at) VALUES (7654321, 'potters', 'wheel', 0, 0)")
                + await session.ExecuteAsync("UPDATE packages SET github_repository_id = 7654321 WHERE scope = @scope AND name = @package", new { scope, package }),
            default);
        Assert.Equal(["lib", "lib-7654321"], await NamesAsync("7654321"));
        Assert.Equal(["lib-7654321"], await NamesAsync("765432"));
        Assert.Empty(await NamesAsync("99999999999999999999"));

        async Task<string[]> NamesAsync(string query)
        {
            var reply = (await staff.GetAsync("admin/packages?sortBy=name&query=" + query)).Json;
            var names = reply["items"]!.AsArray().Select(p => p!["name"]!.GetValue<string>()).ToArray();
            Assert.Equal(names.Length, reply["total"]!.GetValue<int>());
            return names;
        }
    }

    [Fact]
    public async Task The_audit_log_tells_who_did_what_and_with_which_powers()
    {
        var staff = await ApiClient.PersonalAsync(fixture.Server, "auditor", staff: true);
        var (scope, _) = await fixture.NewScopeAsync();
        Assert.Equal(200, (await staff.SendAsync("PATCH", $"scopes/{scope}", new { description = "Taken over" }, ("x-jsr-sudo", "true"))).Status);
        var entries = (await staff.GetAsync($"admin/audit_logs?query=%22{scope}%22")).Json;
        Assert.Equal(2, entries["total"]!.GetValue<int>());
        Assert.Equal(["scope_set_description", "create_scope"], entries["items"]!.AsArray().Select(e => e!["action"]!.GetValue<string>()));
        Assert.Equal(["auditor", "owner-of-" + scope], entries["items"]!.AsArray().Select(e => e!["actor"]!["name"]!.GetValue<string>()));
        Assert.Equal([true, false], entries["items"]!.AsArray().Select(e => e!["isSudo"]!.GetValue<bool>()));
        Assert.Equal("Taken over", entries["items"]![0]!["meta"]!["description"]!.GetValue<string>());
        var sudo = (await staff.GetAsync($"admin/audit_logs?query=%22{scope}%22&sudoOnly")).Json;
        Assert.Equal(1, sudo["total"]!.GetValue<int>());
        Assert.Equal(
            ["create_scope", "scope_set_description"],
            (await staff.GetAsync($"admin/audit_logs?query=%22{scope}%22&sortBy=action")).Json["items"]!.AsArray().Select(e => e!["action"]!.GetValue<string>()));

        // The operator's own commands have no actor.
        var commands = (await staff.GetAsync("admin/audit_logs?query=create_user")).Json["items"]!.AsArray();
        Assert.Contains(commands, e => e!["actor"] is null && e["meta"]!["login"]!.GetValue<string>() == "auditor");
    }

    [Fact]
    public async Task A_pending_publish_is_cancelled_and_its_version_is_free_again()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var id = await PendingTaskAsync(scope, package);
        Assert.Equal((403, "actorNotScopeMember"), Answer(await (await ApiClient.PersonalAsync(fixture.Server, "nosy")).PostAsync($"publishing_tasks/{id}/cancel")));
        var cancelled = (await owner.PostAsync($"publishing_tasks/{id}/cancel")).Json;
        Assert.Equal(("failure", "cancelled"), (cancelled["status"]!.GetValue<string>(), cancelled["error"]!["code"]!.GetValue<string>()));
        Assert.Equal((409, "taskNotPending"), Answer(await owner.PostAsync($"publishing_tasks/{id}/cancel")));
        Assert.Equal((404, "publishNotFound"), Answer(await owner.PostAsync($"publishing_tasks/{Guid.NewGuid():D}/cancel")));
        await TestPackage.PublishAsync(
            fixture.Server, owner, scope, package, "1.0.0", new Dictionary<string, string>(StringComparer.Ordinal) { ["."] = "./mod.ts" }, ("/mod.ts", "export const a: number = 1;\n"));
        Assert.Equal(["1.0.0", "1.0.0"], (await owner.GetAsync($"scopes/{scope}/packages/{package}/publishing_tasks")).Json.AsArray().Select(t => t!["packageVersion"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Requeueing_gives_a_task_another_chance_and_leaves_finished_ones_alone()
    {
        var staff = await ApiClient.PersonalAsync(fixture.Server, "chief", staff: true);
        var (scope, package, owner) = await fixture.NewPackageAsync();
        await TestPackage.PublishAsync(
            fixture.Server, owner, scope, package, "2.0.0", new Dictionary<string, string>(StringComparer.Ordinal) { ["."] = "./mod.ts" }, ("/mod.ts", "export const a: number = 1;\n"));
        var listed = (await staff.GetAsync($"admin/publishing_tasks?query={scope}&sortBy=version")).Json["items"]!.AsArray();
        var id = listed.Single(t => t!["packageScope"]!.GetValue<string>() == scope)!["id"]!.GetValue<string>();
        var reply = await staff.PostAsync($"admin/publishing_tasks/{id}/requeue");
        Assert.Equal((200, "null"), (reply.Status, reply.Body));
        Assert.Equal("success", (await owner.GetAsync($"publishing_tasks/{id}")).Json["status"]!.GetValue<string>());

        // A task that waits for next year is taken at once: its upload does not exist, so it fails.
        var waiting = await PendingTaskAsync(scope, package);
        Assert.Equal(200, (await staff.PostAsync($"admin/publishing_tasks/{waiting}/requeue")).Status);
        var attempts = 0L;
        for (var i = 0; i < 600 && attempts == 0; i++)
        {
            attempts = await fixture.Server.App.Services.GetRequiredService<Database>().ReadAsync(
                s => s.CountAsync("SELECT attempt + CASE WHEN status = 'failure' THEN 1 ELSE 0 END FROM publishing_tasks WHERE id = @waiting", new { waiting }), default);
            await Task.Delay(100);
        }

        Assert.True(attempts > 0, "No worker has looked at the task.");
    }

    [Fact]
    public async Task An_invitation_is_listed_taken_back_and_answered_once()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        var login = "invited-to-" + scope;
        var guest = await ApiClient.PersonalAsync(fixture.Server, login);
        var id = (await guest.GetAsync("user")).Json["id"]!.GetValue<string>();
        var invite = (await owner.PostAsync($"scopes/{scope}/members", new { login = login.ToUpperInvariant() })).Json;
        Assert.Equal((scope, login, "owner-of-" + scope), (invite["scope"]!.GetValue<string>(), invite["targetUser"]!["name"]!.GetValue<string>(), invite["requestingUser"]!["name"]!.GetValue<string>()));
        Assert.Equal("alreadyInvited", (await owner.PostAsync($"scopes/{scope}/members", new { id })).Code);
        Assert.Equal("userNotFound", (await owner.PostAsync($"scopes/{scope}/members", new { githubLogin = login })).Code);
        Assert.Equal("malformedRequest", (await owner.PostAsync($"scopes/{scope}/members", new { id, login })).Code);
        Assert.Equal(1, (await guest.GetAsync("user")).Json["inviteCount"]!.GetValue<int>());
        Assert.Single((await owner.GetAsync($"scopes/{scope}/invites")).Json.AsArray());
        Assert.Equal(204, (await owner.DeleteAsync($"scopes/{scope}/invites/{id}")).Status);
        Assert.Equal(204, (await owner.DeleteAsync($"scopes/{scope}/invites/{id}")).Status);
        Assert.Equal("scopeInviteNotFound", (await guest.PostAsync($"user/invites/{scope}")).Code);

        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/members", new { id })).Status);
        Assert.Single((await guest.GetAsync("user/invites")).Json.AsArray());
        var member = (await guest.PostAsync($"user/invites/{scope}")).Json;
        Assert.False(member["isAdmin"]!.GetValue<bool>());
        Assert.Equal("scopeInviteNotFound", (await guest.DeleteAsync($"user/invites/{scope}")).Code);
        Assert.Equal("alreadyScopeMember", (await owner.PostAsync($"scopes/{scope}/members", new { id })).Code);
        Assert.Contains((await fixture.Anyone.GetAsync($"users/{id}/scopes")).Json.AsArray(), s => s!["scope"]!.GetValue<string>() == scope);
    }

    [Fact]
    public async Task Packages_of_a_user_are_those_published_last()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        foreach (var package in new[] { "first", "second" })
        {
            await owner.PostAsync($"scopes/{scope}/packages", new { package });
            await TestPackage.PublishAsync(
                fixture.Server, owner, scope, package, "1.0.0", new Dictionary<string, string>(StringComparer.Ordinal) { ["."] = "./mod.ts" }, ("/mod.ts", "export const a: number = 1;\n"));
        }

        var id = (await owner.GetAsync("user")).Json["id"]!.GetValue<string>();
        Assert.Equal(["second", "first"], (await fixture.Anyone.GetAsync($"users/{id}/packages")).Json.AsArray().Select(p => p!["name"]!.GetValue<string>()));
    }

    /// <summary>A task that no worker takes before next year.</summary>
    private async Task<string> PendingTaskAsync(string scope, string package)
    {
        var id = Guid.NewGuid().ToString();
        var now = DateTimeOffset.UtcNow;
        await fixture.Server.App.Services.GetRequiredService<Database>().ChangeAsync(
            s => s.ExecuteAsync(
                """
                INSERT INTO publishing_tasks (id, status, scope, name, version, config_file, tarball_sha256, tarball_size, run_after, created_at, updated_at)
                VALUES (@id, 'pending', @scope, @package, '1.0.0', '/deno.json', 'x', 0, @never, @now, @now)
                """,
                new { id, scope, package, never = now.AddYears(1), now }),
            default);
        return id;
    }

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);
}
