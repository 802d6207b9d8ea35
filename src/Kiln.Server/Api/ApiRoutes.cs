namespace Kiln.Server.Api;

/// <summary>Every route of the API, in the order of registry.md §2.3. All are below <c>/api/</c>.</summary>
internal static class ApiRoutes
{
    private const string Scope = "scopes/{scope}";
    private const string Package = "scopes/{scope}/packages/{package}";
    private const string Version = "scopes/{scope}/packages/{package}/versions/{version}";

    public static void MapApi(this IEndpointRouteBuilder api)
    {
        // Scopes
        api.Post("scopes", ScopesApi.CreateAsync);
        api.Get(Scope, ScopesApi.GetAsync, CachePolicy.Day);
        api.Patch(Scope, ScopesApi.UpdateAsync);
        api.Delete(Scope, ScopesApi.DeleteAsync);
        api.Get($"{Scope}/members", ScopesApi.MembersAsync, CachePolicy.Hour);
        api.Post($"{Scope}/members", ScopesApi.AddMemberAsync);
        api.Patch($"{Scope}/members/{{userId}}", ScopesApi.SetRoleAsync);
        api.Delete($"{Scope}/members/{{userId}}", ScopesApi.RemoveMemberAsync);

        // Packages
        api.Get("packages", PackagesApi.SearchAsync, CachePolicy.FiveMinutes);
        api.Get($"{Scope}/packages", PackagesApi.ListAsync, CachePolicy.Day);
        api.Post($"{Scope}/packages", PackagesApi.CreateAsync);
        api.Get(Package, PackagesApi.GetAsync, CachePolicy.Month);
        api.Patch(Package, PackagesApi.UpdateAsync);
        api.Get($"{Package}/score", SymbolsApi.ScoreAsync, CachePolicy.FiveMinutes);
        api.Get($"{Package}/publishing_tasks", PublishingApi.ListAsync);

        // Versions
        api.Get($"{Package}/versions", PackagesApi.VersionsAsync, CachePolicy.Day);
        api.Get(Version, PackagesApi.VersionAsync, CachePolicy.Minute);
        api.Post(Version, PublishingApi.PublishAsync);
        api.Patch(Version, PackagesApi.YankAsync);
        api.Get($"{Version}/dependencies", PackagesApi.DependenciesAsync, CachePolicy.Minute);

        // Kiln's own
        api.Get("symbols", SymbolsApi.SearchAsync, CachePolicy.FiveMinutes);

        // Users and the caller's own account
        api.Get("users/{id}", UserApi.GetAsync, CachePolicy.FiveMinutes);
        api.Get("users/{id}/scopes", UserApi.ScopesAsync, CachePolicy.FiveMinutes);
        api.Get("user", UserApi.SelfAsync);
        api.Get("user/scopes", UserApi.OwnScopesAsync);
        api.Get("user/member/{scope}", UserApi.MembershipAsync);
        api.Get("user/tokens", UserApi.TokensAsync);
        api.Post("user/tokens", UserApi.CreateTokenAsync);
        api.Delete("user/tokens/{id}", UserApi.DeleteTokenAsync);

        // Sign-in of command lines
        api.Post("authorizations", AuthorizationsApi.CreateAsync);
        api.Post("authorizations/exchange", AuthorizationsApi.ExchangeAsync);
        api.Get("authorizations/details/{code}", AuthorizationsApi.DetailsAsync, CachePolicy.NoStore);
        api.Post("authorizations/approve/{code}", AuthorizationsApi.ApproveAsync);
        api.Post("authorizations/deny/{code}", AuthorizationsApi.DenyAsync);

        // Publishing tasks; publish_status is the name that deno publish polls
        api.Get("publishing_tasks/{id}", PublishingApi.TaskAsync, CachePolicy.NoStore);
        api.Get("publish_status/{id}", PublishingApi.TaskAsync, CachePolicy.NoStore);

        api.MapUnknown();
    }
}
