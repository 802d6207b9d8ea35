using Kiln.Registry.Administration;

namespace Kiln.Registry.Catalog;

/// <summary>security.md N1 and C7.</summary>
public sealed class NameRuleTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    private ScopeService Scopes => registry.Get<ScopeService>();

    public async ValueTask InitializeAsync() => registry = await TestRegistry.StartAsync(o => o with { ReservedScopes = ["acme", "kiln"], ForbiddenNames = ["rude"], ScopeLimit = 100 });

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Theory]
    [InlineData("std", "s-td", "scopeAlreadyExists")]
    [InlineData("tool", "to0l", "scopeAlreadyExists")]
    [InlineData("tool", "t-oo1", "scopeAlreadyExists")]
    [InlineData("lib1", "l1bl", "scopeAlreadyExists")]
    [InlineData("std", "5td", null)]
    [InlineData("std", "sdt", null)]
    [InlineData("std", "stdd", null)]
    [InlineData("other", "ki1n", "scopeNameReserved")]
    [InlineData("other", "a-c-m-e", "scopeNameReserved")]
    [InlineData("other", "ru-de", "scopeNameNotAllowed")]
    [InlineData("std", "\u0455td", "malformedRequest")]
    public async Task A_name_that_reads_like_another_is_refused(string existing, string wanted, string? code)
    {
        var owner = await registry.SignInAsync("owner");
        var other = await registry.SignInAsync("other");
        Assert.Null((await Scopes.CreateAsync(owner, existing, "", default)).Error);
        Assert.Equal(code, (await Scopes.CreateAsync(other, wanted, "", default)).Error?.Code);
    }

    [Fact]
    public async Task An_admin_may_have_what_looks_like_the_own_scope_and_staff_gives_anything_but_forbidden_names()
    {
        var owner = await registry.SignInAsync("owner");
        var staff = await registry.SignInAsync("boss", staff: true);
        Assert.Null((await Scopes.CreateAsync(owner, "tool", "", default)).Error);
        Assert.Null((await Scopes.CreateAsync(owner, "to0l", "", default)).Error);
        Assert.Equal("scopeAlreadyExists", (await Scopes.CreateAsync(staff with { Sudo = true }, "too1", "", default)).Error?.Code);
        Assert.Equal("scopeNameReserved", (await Scopes.CreateAsync(staff with { Sudo = true }, "acme", "", default)).Error?.Code);
        var desk = registry.Get<StaffService>();
        Assert.Null((await desk.AssignScopeAsync(staff, "too1", owner.User!.Id, default)).Error);
        Assert.Null((await desk.AssignScopeAsync(staff, "acme", owner.User.Id, default)).Error);
        Assert.Equal("scopeNameNotAllowed", (await desk.AssignScopeAsync(staff, "rude", owner.User.Id, default)).Error?.Code);
        Assert.Equal("scopeAlreadyExists", (await desk.AssignScopeAsync(staff, "ac-me", owner.User.Id, default)).Error?.Code);
        Assert.Equal("userNotFound", (await desk.AssignScopeAsync(staff, "fine", Guid.NewGuid(), default)).Error?.Code);
    }

    [Theory]
    [InlineData("potter", "poter", true)]
    [InlineData("potter", "pottter", true)]
    [InlineData("potter", "pottre", true)]
    [InlineData("potter", "p0tters", false)]
    [InlineData("potter", "petter", true)]
    [InlineData("potter", "pettre", false)]
    [InlineData("abc", "abd", false)]
    public async Task A_slip_of_the_finger_is_noted(string existing, string wanted, bool noted)
    {
        var owner = await registry.SignInAsync("owner");
        await Scopes.CreateAsync(owner, existing, "", default);
        Assert.Null((await Scopes.CreateAsync(owner, wanted, "", default)).Error);
        Assert.Equal(noted ? 1 : 0, await registry.CountAsync("audit_log", $"action = 'create_scope' AND meta LIKE '%similarTo%{existing}%'"));
    }

    [Fact]
    public async Task Names_of_deleted_packages_stay_blocked_in_a_scope_that_somebody_else_made_again()
    {
        var owner = await registry.SignInAsync("owner");
        var other = await registry.SignInAsync("other");
        var packages = registry.Get<PackageService>();
        await Scopes.CreateAsync(owner, "clay", "", default);
        await packages.CreateAsync(owner, "clay", "pot", default);

        // A version was public and has been deleted by staff.
        await registry.Database.ChangeAsync(
            s => s.ExecuteAsync(
                "INSERT INTO version_claims (scope, name, version, tarball_sha256, state, task_id, created_at, updated_at) VALUES ('clay', 'pot', '1.0.0', 'x', 'locked', 't', 0, 0)"), default);
        Assert.Null((await packages.DeleteAsync(owner, "clay", "pot", default)).Error);
        Assert.Null((await Scopes.DeleteAsync(owner, "clay", default)).Error);
        Assert.Null((await Scopes.CreateAsync(other, "clay", "", default)).Error);
        Assert.Equal("packageNameNotAllowed", (await packages.CreateAsync(other, "clay", "pot", default)).Error?.Code);
        Assert.Equal("packageNameNotAllowed", (await packages.CreateAsync(other, "clay", "p-ot", default)).Error?.Code);
    }

    [Fact]
    public void The_operators_file_adds_names_and_takes_some_off()
    {
        Assert.True(NameList.TryParse(["# ours", "reserved acme", "", "forbidden  rude # comment", "allowed node"], out var list, out _));
        Assert.Contains("acme", list.Reserved);
        Assert.Contains("admin", list.Reserved);
        Assert.DoesNotContain("node", list.Reserved);
        Assert.Equal(["rude"], list.Forbidden);
        foreach (var line in new[] { "acme", "reserved", "reserved A", "reserved a b", "other acme" })
        {
            Assert.False(NameList.TryParse(["reserved fine", line], out _, out var problem));
            Assert.StartsWith("line 2:", problem, StringComparison.Ordinal);
        }
    }
}
