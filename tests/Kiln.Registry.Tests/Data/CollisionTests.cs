using Kiln.Registry.Catalog;
using Kiln.Registry.Identity;

namespace Kiln.Registry.Data;

/// <summary>What is decided by reading first stays true when many decide at once, on whichever engine.</summary>
public sealed class CollisionTests
{
    [Fact]
    public async Task A_limit_holds_when_all_ask_at_once()
    {
        await using var registry = await TestRegistry.StartAsync();
        var author = await registry.SignInAsync("author");
        var scopes = registry.Get<ScopeService>();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => scopes.CreateAsync(author, $"scope{(char)('a' + i)}", "", default))));
        Assert.Equal(registry.Options.ScopeLimit, results.Count(r => r.Error is null));
        Assert.All(results.Where(r => r.Error is not null), r => Assert.Equal(ApiErrors.ScopeLimitReached, r.Error!.Code));
        Assert.Equal(registry.Options.ScopeLimit, await registry.CountAsync("scopes"));
        Assert.Equal(registry.Options.ScopeLimit, await registry.CountAsync("audit_log", "action = 'create_scope'"));
    }

    [Fact]
    public async Task A_name_is_given_once_and_the_others_hear_the_same_as_always()
    {
        await using var registry = await TestRegistry.StartAsync();
        var authors = new List<Principal>();
        for (var i = 0; i < 12; i++)
        {
            authors.Add(await registry.SignInAsync($"author{i}"));
        }

        var scopes = registry.Get<ScopeService>();
        var results = await Task.WhenAll(authors.Select((a, i) => Task.Run(() => scopes.CreateAsync(a, i % 2 == 0 ? "my-scope" : "myscope", "", default))));
        Assert.Single(results, r => r.Error is null);
        Assert.All(results.Where(r => r.Error is not null), r => Assert.Equal(ApiErrors.ScopeAlreadyExists, r.Error!.Code));
    }

    [Fact]
    public async Task A_scope_keeps_an_admin_when_all_leave_at_once()
    {
        await using var registry = await TestRegistry.StartAsync();
        var owner = await registry.WithPackageAsync("scope");
        var other = await registry.SignInAsync("other");
        await registry.Database.ChangeAsync(async s => { await ScopeStore.AddMemberAsync(s, "scope", other.User!.Id, isAdmin: true); return 0; }, default);
        var scopes = registry.Get<ScopeService>();
        var left = await Task.WhenAll(new[] { owner, other }.Select(p => Task.Run(() => scopes.RemoveMemberAsync(p, "scope", p.User!.Id, default))));
        Assert.Single(left, r => r.Error is null);
        Assert.Equal(1, await registry.CountAsync("scope_members", "is_admin = TRUE"));
    }
}
