using System.Text.Json.Nodes;

namespace Kiln.Server.Tests.Api;

public sealed class ScopesAndPackagesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_scope_is_created_read_changed_and_deleted()
    {
        var scope = fixture.NewName();
        var owner = await ApiClient.PersonalAsync(fixture.Server, "scope-owner");
        var created = await owner.PostAsync("scopes", new { scope, description = "Things of mine" });
        Assert.Equal(200, created.Status);
        Assert.Equal(["createdAt", "description", "scope", "updatedAt"], Members(created));

        var full = await owner.GetAsync($"scopes/{scope}");
        Assert.Equal(["createdAt", "creator", "description", "ghActionsVerifyActor", "quotas", "requirePublishingFromCI", "scope", "updatedAt"], Members(full));
        Assert.Equal(["createdAt", "description", "scope", "updatedAt"], Members(await fixture.Anyone.GetAsync($"scopes/{scope}")));

        Assert.Equal(200, (await owner.PatchAsync($"scopes/{scope}", new { description = "Changed text" })).Status);
        var changed = await owner.PatchAsync($"scopes/{scope}", new { requirePublishingFromCI = true });
        Assert.True(changed.Json["requirePublishingFromCI"]!.GetValue<bool>());
        foreach (var body in new object[] { new { }, new { description = "Two keys", requirePublishingFromCI = true }, new { other = 1 }, new { ghActionsVerifyActor = "yes" } })
        {
            Assert.Equal("malformedRequest", (await owner.PatchAsync($"scopes/{scope}", body)).Code);
        }

        Assert.Equal(204, (await owner.DeleteAsync($"scopes/{scope}")).Status);
        Assert.Equal("scopeNotFound", (await fixture.Anyone.GetAsync($"scopes/{scope}")).Code);
    }

    [Theory]
    [InlineData("a", "malformedRequest", 400)]
    [InlineData("Upper", "malformedRequest", 400)]
    [InlineData("this-name-is-far-too-long", "malformedRequest", 400)]
    [InlineData("api", "scopeNameReserved", 400)]
    public async Task A_scope_needs_a_proper_name(string scope, string code, int status)
    {
        var owner = await ApiClient.PersonalAsync(fixture.Server, "namer");
        var reply = await owner.PostAsync("scopes", new { scope, description = "" });
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_scope_belongs_to_whoever_was_first()
    {
        var (scope, _) = await fixture.NewScopeAsync();
        var late = await ApiClient.PersonalAsync(fixture.Server, "latecomer");
        var reply = await late.PostAsync("scopes", new { scope, description = "" });
        Assert.Equal((409, "scopeAlreadyExists"), (reply.Status, reply.Code));
        Assert.Equal((403, "actorNotScopeMember"), Answer(await late.PostAsync($"scopes/{scope}/packages", new { package = "mine" })));
        Assert.Equal((403, "actorNotScopeMember"), Answer(await late.DeleteAsync($"scopes/{scope}")));
        Assert.Equal((401, "missingAuthentication"), Answer(await fixture.Anyone.PostAsync("scopes", new { scope = "xyz", description = "" })));
        Assert.Equal((401, "missingAuthentication"), Answer(await fixture.Anyone.PostAsync($"scopes/{scope}/packages", new { package = "mine" })));
    }

    [Fact]
    public async Task A_package_is_created_listed_found_described_and_archived()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        Assert.Equal((404, "packageNotFound"), Answer(await fixture.Anyone.GetAsync($"scopes/{scope}/packages/brick")));
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "brick" })).Status);
        Assert.Equal((409, "packageAlreadyExists"), Answer(await owner.PostAsync($"scopes/{scope}/packages", new { package = "brick" })));
        Assert.Equal(400, (await owner.PostAsync($"scopes/{scope}/packages", new { package = "No Name" })).Status);

        var listed = await fixture.Anyone.GetAsync($"scopes/{scope}/packages");
        Assert.Equal(1, listed.Json["total"]!.GetValue<int>());
        Assert.Equal("brick", listed.Json["items"]![0]!["name"]!.GetValue<string>());
        var found = await fixture.Anyone.GetAsync($"packages?query=@{scope}/brick&limit=5");
        Assert.Equal("brick", found.Json["items"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(0, (await fixture.Anyone.GetAsync("packages?query=zzzzzz")).Json["total"]!.GetValue<int>());
        Assert.Equal(200, (await fixture.Anyone.GetAsync("packages?page=0&limit=abc")).Status);

        var described = await owner.PatchAsync($"scopes/{scope}/packages/brick", new { description = " Fired \n clay " });
        Assert.Equal("Fired   clay", described.Json["description"]!.GetValue<string>());
        Assert.Equal("malformedRequest", (await owner.PatchAsync($"scopes/{scope}/packages/brick", new { description = new string('x', 251) })).Code);
        Assert.True((await owner.PatchAsync($"scopes/{scope}/packages/brick", new { isArchived = true })).Json["isArchived"]!.GetValue<bool>());
        Assert.Equal("packageArchived", (await owner.PatchAsync($"scopes/{scope}/packages/brick", new { description = "late" })).Code);
    }

    [Fact]
    public async Task Members_are_added_promoted_and_removed()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        var friend = await ApiClient.PersonalAsync(fixture.Server, "friend-of-" + scope);
        var id = (await friend.GetAsync("user")).Json["id"]!.GetValue<string>();
        Assert.Equal((403, "actorNotScopeMember"), Answer(await friend.PostAsync($"scopes/{scope}/members", new { id })));
        Assert.Equal(200, (await owner.PostAsync($"scopes/{scope}/members", new { id })).Status);
        Assert.Single((await fixture.Anyone.GetAsync($"scopes/{scope}/members")).Json.AsArray()); // it only invites
        Assert.Equal(200, (await friend.PostAsync($"user/invites/{scope}")).Status);
        Assert.Equal(2, (await fixture.Anyone.GetAsync($"scopes/{scope}/members")).Json.AsArray().Count);
        Assert.Equal(200, (await friend.GetAsync($"user/member/{scope}")).Status);
        Assert.Equal((403, "actorNotScopeAdmin"), Answer(await friend.DeleteAsync($"scopes/{scope}")));
        Assert.True((await owner.PatchAsync($"scopes/{scope}/members/{id}", new { isAdmin = true })).Json["isAdmin"]!.GetValue<bool>());
        Assert.Equal(204, (await owner.DeleteAsync($"scopes/{scope}/members/{id}")).Status);
        Assert.Equal((404, "scopeMemberNotFound"), Answer(await friend.GetAsync($"user/member/{scope}")));
        var self = (await owner.GetAsync("user")).Json["id"]!.GetValue<string>();
        Assert.Equal((400, "scopeMustHaveAdmin"), Answer(await owner.DeleteAsync($"scopes/{scope}/members/{self}")));
    }

    [Fact]
    public async Task Users_see_themselves_and_others_see_less()
    {
        var user = await ApiClient.PersonalAsync(fixture.Server, "somebody");
        var self = await user.GetAsync("user");
        Assert.Contains("isStaff", Members(self));
        var id = self.Json["id"]!.GetValue<string>();
        Assert.Equal(["avatarUrl", "createdAt", "githubId", "gitlabId", "id", "name", "updatedAt"], Members(await fixture.Anyone.GetAsync($"users/{id}")));
        Assert.Equal((401, "missingAuthentication"), Answer(await fixture.Anyone.GetAsync("user")));
        Assert.Equal((404, "userNotFound"), Answer(await fixture.Anyone.GetAsync($"users/{Guid.NewGuid():D}")));
    }

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);

    private static string[] Members(Reply reply) => [.. reply.Json.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal)];
}
