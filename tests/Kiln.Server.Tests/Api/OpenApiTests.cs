using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Kiln.Registry;
using Kiln.Server.Api.OpenApi;
using Kiln.Server.Api.Routes;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Api;

/// <summary>The OpenAPI document and the page of all routes (registry.md §2.3), read by programs that are not ours.</summary>
public sealed class OpenApiTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_document_is_valid_for_the_schema_of_the_specification()
    {
        var reply = await fixture.Anyone.GetAsync(".well-known/openapi");
        Assert.Equal((200, "application/x-yaml"), (reply.Status, reply.Header("Content-Type")));
        Assert.StartsWith("3.0.", (await ReadAsync())["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_has_every_route_with_every_code()
    {
        var document = await ReadAsync();
        var paths = document["paths"]!.AsObject();
        var operations = paths.SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key[1..]}"));
        Assert.Equal(ApiRoutes.All.Select(r => r.Name).Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
        foreach (var route in ApiRoutes.All)
        {
            var operation = paths["/" + route.Template]![route.Method.ToLowerInvariant()]!;
            var responses = operation["responses"]!.AsObject();
            Assert.Equal(route.Replies.Count == 0 ? "204" : "200", responses.First().Key);
            var codes = responses.Where(r => r.Key[0] is not '2').SelectMany(r => CodesOf(r.Value!).Select(c => (r.Key, c)));
            Assert.Equal(
                route.AllErrors.Select(c => (ApiErrors.StatusOf(c).ToString(System.Globalization.CultureInfo.InvariantCulture), c)).Order(), codes.Order());
            Assert.Equal(route.Policy == RoutePolicy.Public ? 3 : 2, operation["security"]!.AsArray().Count);
        }

        static IEnumerable<string> CodesOf(JsonNode response) =>
            response["content"]!["application/json"]!["schema"]!["properties"]!["code"]!["enum"]!.AsArray().Select(c => c!.GetValue<string>());
    }

    /// <summary>registry.md §2.4, missingGzipContentEncoding.</summary>
    [Fact]
    public async Task An_upload_says_that_it_must_be_compressed()
    {
        var parameters = (await ReadAsync())["paths"]!["/scopes/{scope}/packages/{package}/versions/{version}"]!["post"]!["parameters"]!.AsArray();
        var encoding = Assert.Single(parameters, p => p!["in"]!.GetValue<string>() == "header")!;
        Assert.Equal("Content-Encoding", encoding["name"]!.GetValue<string>());
        Assert.True(encoding["required"]!.GetValue<bool>());
        Assert.Equal("gzip", Assert.Single(encoding["schema"]!["enum"]!.AsArray())!.GetValue<string>());
    }

    /// <summary>registry.md §2.2, written out from there, plus what docs/differences.md names.</summary>
    [Theory]
    [InlineData("User", "id name githubId gitlabId avatarUrl updatedAt createdAt")]
    [InlineData("FullUser", "id name email avatarUrl updatedAt createdAt githubId gitlabId isBlocked isStaff scopeUsage scopeLimit inviteCount newerTicketMessagesCount login")]
    [InlineData("Scope", "scope description updatedAt createdAt")]
    [InlineData("FullScope", "scope description updatedAt createdAt creator quotas ghActionsVerifyActor requirePublishingFromCI")]
    [InlineData("ScopeMember", "scope user isAdmin updatedAt createdAt")]
    [InlineData("ScopeInvite", "scope targetUser requestingUser updatedAt createdAt")]
    [InlineData("PublishingTask", "id status error user packageScope packageName packageVersion createdAt updatedAt")]
    [InlineData("Token", "id description userId type expiresAt updatedAt createdAt permissions")]
    [InlineData("CreatedToken", "secret token")]
    [InlineData("Authorization", "code permissions expires_at")]
    [InlineData("Ticket", "id kind creator meta closed messages updatedAt createdAt")]
    [InlineData("TicketMessage", "author message updatedAt createdAt")]
    [InlineData("Overview", "id kind creator meta closed events updatedAt createdAt")]
    [InlineData("AuditEntry", "actor action isSudo meta createdAt")]
    [InlineData("ScopeQuotas", "packageUsage packageLimit newPackagePerWeekUsage newPackagePerWeekLimit publishAttemptsPerWeekUsage publishAttemptsPerWeekLimit")]
    public async Task The_schemas_have_the_members_of_the_specification(string schema, string members)
    {
        var properties = (await ReadAsync())["components"]!["schemas"]![schema]!["properties"]!.AsObject();
        Assert.Equal(members.Split(' ').Order(StringComparer.Ordinal), properties.Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_of_all_routes_is_up_to_date()
    {
        const string Marker = "<!-- From here on generated from the table of routes. -->\n";
        var file = Path.Combine(ToolPaths.Root, "docs", "api.md");
        var text = File.ReadAllText(file);
        var start = text.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(start >= 0, file);
        var written = text[..(start + Marker.Length)] + "\n" + ApiPage.Write();
        if (Environment.GetEnvironmentVariable("KILN_UPDATE_API_PAGE") is { Length: > 0 })
        {
            File.WriteAllText(file, written);
        }

        Assert.True(text == written || File.ReadAllText(file) == written, "docs/api.md is not what the table of routes says. Run this test with KILN_UPDATE_API_PAGE=1.");
    }

    /// <summary>Checked by the official schema and read as YAML, both in another language.</summary>
    private async Task<JsonNode> ReadAsync()
    {
        var start = new ProcessStartInfo(ToolPaths.Python)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false),
        };
        start.ArgumentList.Add(Path.Combine(ToolPaths.Scripts, "openapi_check.py"));
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync((await fixture.Anyone.GetAsync(".well-known/openapi")).Body);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode == 3)
        {
            ToolPaths.Missing(await error + "; ./test installs it.");
        }

        Assert.True(process.ExitCode == 0, await error);
        return JsonNode.Parse(await output)!;
    }
}
