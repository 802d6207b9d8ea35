using Kiln.Registry.Identity;

namespace Kiln.Registry.Catalog;

public sealed class CatalogTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    private ScopeService Scopes => registry.Get<ScopeService>();

    private InviteService Invites => registry.Get<InviteService>();

    private PackageService Packages => registry.Get<PackageService>();

    public async ValueTask InitializeAsync() => registry = await TestRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Creates_a_scope_with_its_description_and_its_creator_as_admin()
    {
        var author = await registry.SignInAsync("author");
        var scope = (await Scopes.CreateAsync(author, "my-scope", "Things of mine", default)).Value;
        Assert.Equal(("my-scope", "Things of mine"), (scope.Name, scope.Description));
        var full = Assert.IsType<FullScope>((await Scopes.GetAsync(author, "my-scope", default)).Value);
        Assert.Equal(author.User!.Id, full.Creator.Id);
        Assert.True(full.VerifyOidcActor);
        Assert.IsType<Scope>((await Scopes.GetAsync(Principal.Anonymous, "my-scope", default)).Value);
        Assert.True(Assert.Single((await Scopes.ListMembersAsync("my-scope", default)).Value).IsAdmin);
        Assert.Equal(1, await registry.CountAsync("audit_log", "action = 'create_scope'"));
    }

    [Theory]
    [InlineData("A", "malformedRequest")]
    [InlineData("a", "malformedRequest")]
    [InlineData("-ab", "malformedRequest")]
    [InlineData("a--b", "malformedRequest")]
    [InlineData("a-name-of-21-letters-", "malformedRequest")]
    [InlineData("internal", "scopeNameReserved")]
    [InlineData("inter-nal", "scopeNameReserved")]
    public async Task Refuses_scope_names(string name, string code)
    {
        var author = await registry.SignInAsync("author");
        Assert.Equal(code, (await Scopes.CreateAsync(author, name, "", default)).Error?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("abcd")]
    public async Task Refuses_a_missing_or_short_description(string? description)
    {
        var author = await registry.SignInAsync("author");
        Assert.Equal("malformedRequest", (await Scopes.CreateAsync(author, "scope", description, default)).Error?.Code);
    }

    [Fact]
    public async Task Names_that_differ_in_hyphens_are_the_same_name()
    {
        var author = await registry.SignInAsync("author");
        await Scopes.CreateAsync(author, "foo-bar", "", default);
        Assert.Equal("scopeAlreadyExists", (await Scopes.CreateAsync(author, "foobar", "", default)).Error?.Code);
        await Packages.CreateAsync(author, "foo-bar", "a-b", default);
        Assert.Equal("packageAlreadyExists", (await Packages.CreateAsync(author, "foo-bar", "ab", default)).Error?.Code);
    }

    [Fact]
    public async Task Twenty_creations_at_once_make_one_scope()
    {
        var author = await registry.SignInAsync("author");
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Scopes.CreateAsync(author, "scope", "", default))));
        Assert.Single(results, r => r.Error is null);
        Assert.All(results.Where(r => r.Error is not null), r => Assert.Equal("scopeAlreadyExists", r.Error!.Code));
    }

    [Fact]
    public async Task A_user_may_create_three_scopes()
    {
        var author = await registry.SignInAsync("author");
        foreach (var name in new[] { "aa", "bb", "cc" })
        {
            Assert.Null((await Scopes.CreateAsync(author, name, "", default)).Error);
        }

        Assert.Equal("scopeLimitReached", (await Scopes.CreateAsync(author, "dd", "", default)).Error?.Code);
    }

    [Fact]
    public async Task Members_create_packages_admins_do_the_rest_and_others_nothing()
    {
        var author = await registry.SignInAsync("author");
        var member = await registry.SignInAsync("member");
        var other = await registry.SignInAsync("other");
        await Scopes.CreateAsync(author, "scope", "", default);
        Assert.Equal("actorNotScopeMember", (await Packages.CreateAsync(member, "scope", "pkg", default)).Error?.Code);
        Assert.Equal("actorNotScopeMember", (await Invites.InviteAsync(other, "scope", other.User!.Id, default)).Error?.Code);
        Assert.Null((await Invites.InviteAsync(author, "scope", member.User!.Id, default)).Error);
        Assert.Equal("alreadyInvited", (await Invites.InviteAsync(author, "scope", member.User.Id, default)).Error?.Code);
        Assert.Equal("actorNotScopeMember", (await Packages.CreateAsync(member, "scope", "pkg", default)).Error?.Code);
        Assert.Equal("scopeInviteNotFound", (await Invites.AcceptAsync(other, "scope", default)).Error?.Code);
        Assert.Null((await Invites.AcceptAsync(member, "scope", default)).Error);
        Assert.Equal("alreadyScopeMember", (await Invites.InviteAsync(author, "scope", member.User.Id, default)).Error?.Code);
        Assert.Null((await Packages.CreateAsync(member, "scope", "pkg", default)).Error);
        Assert.Equal("actorNotScopeAdmin", (await Scopes.SetDescriptionAsync(member, "scope", "A description", default)).Error?.Code);
        Assert.Equal("missingAuthentication", (await Packages.CreateAsync(Principal.Anonymous, "scope", "pkg2", default)).Error?.Code);
        Assert.Equal("actorNotScopeMember", (await Packages.CreateAsync(member, "no-such-scope", "pkg", default)).Error?.Code);
        Assert.Null((await Packages.SetDescriptionAsync(member, "scope", "pkg", "Does it", default)).Error);
        Assert.Equal("actorNotScopeAdmin", (await Packages.SetYankedAsync(member, "scope", "pkg", "1.0.0", true, default)).Error?.Code);
    }

    [Fact]
    public async Task Staff_reaches_into_scopes_only_with_sudo()
    {
        var author = await registry.SignInAsync("author");
        var staff = await registry.SignInAsync("staff-member", staff: true);
        await Scopes.CreateAsync(author, "scope", "", default);
        Assert.Equal("actorNotScopeMember", (await Packages.CreateAsync(staff, "scope", "pkg", default)).Error?.Code);
        Assert.Null((await Packages.CreateAsync(staff with { Sudo = true }, "scope", "pkg", default)).Error);
        Assert.Equal(1, await registry.CountAsync("audit_log", "action = 'create_package' AND is_sudo = TRUE"));
    }

    [Fact]
    public async Task A_scope_keeps_an_admin_and_gets_an_heir()
    {
        var author = await registry.SignInAsync("author");
        var second = await registry.SignInAsync("second");
        await Scopes.CreateAsync(author, "scope", "", default);
        Assert.Equal("scopeMustHaveAdmin", (await Scopes.RemoveMemberAsync(author, "scope", author.User!.Id, default)).Error?.Code);
        await Invites.InviteByLoginAsync(author, "scope", "SECOND", default);
        await Invites.AcceptAsync(second, "scope", default);
        await Scopes.SetRoleAsync(author, "scope", second.User!.Id, true, default);
        Assert.Null((await Scopes.RemoveMemberAsync(author, "scope", author.User.Id, default)).Error);
        var full = Assert.IsType<FullScope>((await Scopes.GetAsync(second, "scope", default)).Value);
        Assert.Equal(second.User.Id, full.Creator.Id);
    }

    [Fact]
    public async Task A_scope_with_packages_cannot_be_deleted()
    {
        var author = await registry.WithPackageAsync("scope", "pkg");
        Assert.Equal("scopeNotEmpty", (await Scopes.DeleteAsync(author, "scope", default)).Error?.Code);
        await Scopes.CreateAsync(author, "empty", "", default);
        Assert.Null((await Scopes.DeleteAsync(author, "empty", default)).Error);
        Assert.Equal("scopeNotFound", (await Scopes.GetAsync(author, "empty", default)).Error?.Code);
    }

    [Fact]
    public async Task Package_quotas_hold()
    {
        var author = await registry.WithPackageAsync("scope");
        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await Packages.CreateAsync(author, "scope", $"pkg{i}", default)).Error);
        }

        Assert.Equal("weeklyPackageLimitExceeded", (await Packages.CreateAsync(author, "scope", "one-more", default)).Error?.Code);
        registry.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Null((await Packages.CreateAsync(author, "scope", "one-more", default)).Error);
    }

    [Fact]
    public async Task Search_puts_the_exact_name_first_and_hides_the_archived()
    {
        await registry.WithPackageAsync("alpha", "path", "my-path");
        var author = await registry.WithPackageAsync("path", "zebra", "gone");
        await Packages.SetArchivedAsync(author, "path", "gone", true, default);

        var found = await Packages.SearchAsync("path", PageRequest.First, default);
        Assert.Equal(["@alpha/path", "@path/zebra", "@alpha/my-path"], found.Items.Select(p => $"@{p.Scope}/{p.Name}"));
        Assert.Equal(3, found.Total);
        Assert.Equal(["path"], (await Packages.SearchAsync("@alpha/path", new PageRequest(1, 1), default)).Items.Select(p => p.Name));
        Assert.Empty((await Packages.SearchAsync("%", PageRequest.First, default)).Items);
        Assert.Equal(3, (await Packages.SearchAsync(null, PageRequest.First, default)).Total);
    }

    [Fact]
    public async Task A_package_can_be_read_by_all()
    {
        await registry.WithPackageAsync("scope", "pkg");
        var package = (await Packages.GetAsync("scope", "pkg", default)).Value;
        Assert.Equal((0, null, "jsdoc"), (package.VersionCount, package.LatestVersion, package.ReadmeSource));
        Assert.Equal("packageNotFound", (await Packages.GetAsync("scope", "none", default)).Error?.Code);
        Assert.Equal("packageVersionNotFound", (await Packages.GetVersionAsync("scope", "pkg", "1.0.0", default)).Error?.Code);
        Assert.Equal("packageVersionNotFound", (await Packages.GetVersionAsync("scope", "pkg", "latest", default)).Error?.Code);
        Assert.Empty((await Packages.ListVersionsAsync("scope", "pkg", PageRequest.First, default)).Value.Items);
    }
}
