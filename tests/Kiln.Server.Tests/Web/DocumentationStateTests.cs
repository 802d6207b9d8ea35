using Kiln.Registry.Docs;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests.Web;

/// <summary>What pages say before there is documentation, and when there will be none.</summary>
public sealed class DocumentationStateTests
{
    private static readonly (string, string)[] Files = [("mod.ts", "/** Text. */\nexport const answer: number = 42;\n")];

    [Fact]
    public async Task A_page_waits_for_its_documentation_and_looks_again_by_itself()
    {
        var go = new TaskCompletionSource();
        await using var server = await StartAsync(async (request, cancellation) =>
        {
            await go.Task;
            return await DocumentationBuilder.BuildAsync(request, cancellation);
        });
        var owner = await PublishAsync(server);
        using var browser = new Browser(server);
        foreach (var path in new[] { "/@clay/pot", "/@clay/pot/doc", "/@clay/pot@1.0.0/doc/~/answer" })
        {
            var (response, html) = await browser.OpenAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.True(response.Headers.CacheControl?.NoStore);
            Assert.Contains("Documentation is being prepared", html, StringComparison.Ordinal);
            Assert.Contains("<meta http-equiv=\"refresh\" content=\"3\"", html, StringComparison.Ordinal);
        }

        // Everything else is there.
        Assert.Contains("being prepared", (await browser.OpenAsync("/@clay/pot/score")).Html, StringComparison.Ordinal);
        Assert.Contains("answer", (await browser.OpenAsync("/@clay/pot/1.0.0/mod.ts")).Html, StringComparison.Ordinal);
        Assert.Null((await owner.GetAsync("scopes/clay/packages/pot")).Json["score"]);
        Assert.Equal(404, (int)(await browser.OpenAsync("/@clay/pot/symbols.json")).Response.StatusCode);

        go.SetResult();
        await TestPackage.DocumentedAsync(server, "clay", "pot", "1.0.0");
        var (ready, shown) = await browser.OpenAsync("/@clay/pot/doc/~/answer");
        Assert.Equal(200, (int)ready.StatusCode);
        Assert.DoesNotContain("http-equiv", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documentation_that_cannot_be_made_is_not_promised()
    {
        await using var server = await StartAsync((_, _) => throw new DocumentationException("It has <too> much."));
        var owner = await PublishAsync(server);
        Assert.Equal(DocumentationState.Failed, (await TestPackage.DocumentedAsync(server, "clay", "pot", "1.0.0")).State);
        using var browser = new Browser(server);
        foreach (var path in new[] { "/@clay/pot", "/@clay/pot/doc", "/@clay/pot/doc/~/answer" })
        {
            var (response, html) = await browser.OpenAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Contains("There is no documentation of this version", html, StringComparison.Ordinal);
            Assert.Contains("It has &lt;too&gt; much.", html, StringComparison.Ordinal);
            Assert.DoesNotContain("http-equiv", html, StringComparison.Ordinal);
        }

        Assert.Contains("could not be made", (await browser.OpenAsync("/@clay/pot/score")).Html, StringComparison.Ordinal);
        Assert.Equal(0, (await owner.GetAsync("scopes/clay/packages/pot/score")).Json["total"]!.GetValue<int>());
    }

    private static Task<RunningServer> StartAsync(BuildDocumentation build) => RunningServer.StartAsync(builder => builder.Services.AddSingleton(build));

    private static async Task<ApiClient> PublishAsync(RunningServer server)
    {
        var owner = await ApiClient.PersonalAsync(server, "potter");
        Assert.Equal(200, (await owner.PostAsync("scopes", new { scope = "clay", description = "" })).Status);
        Assert.Equal(200, (await owner.PostAsync("scopes/clay/packages", new { package = "pot" })).Status);
        await TestPackage.PublishAsync(server, owner, "clay", "pot", "1.0.0", new Dictionary<string, string> { ["."] = "./mod.ts" }, Files);
        return owner;
    }
}
