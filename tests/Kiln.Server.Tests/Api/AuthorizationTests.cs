using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Kiln.Server.Tests.Api;

/// <summary>How a command line gets a token (registry.md §3.4), and what such a token may do.</summary>
public sealed class AuthorizationTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Verifier = "0d1f6a34-7f2e-4c55-9b0e-9a0a3b1b7a10";

    [Fact]
    public async Task A_command_line_gets_a_limited_token_once_a_person_approves()
    {
        var (scope, package, _) = await fixture.NewPackageAsync();
        var started = await StartAsync(new[] { new { permission = "package/publish", scope, package } });
        Assert.Equal(fixture.Server.Address + "auth", started["verificationUrl"]!.GetValue<string>());
        Assert.Matches("^[A-HJ-NP-Z]{4}-[A-HJ-NP-Z]{4}$", Code(started));
        Assert.Matches("^[0-9a-f]{40}$", started["exchangeToken"]!.GetValue<string>());
        Assert.Equal(2, started["pollInterval"]!.GetValue<int>());

        Assert.Equal((400, "authorizationPending"), Answer(await ExchangeAsync(started, Verifier)));
        var details = await fixture.Anyone.GetAsync($"authorizations/details/{Code(started)}");
        Assert.Equal(["code", "expires_at", "permissions"], details.Json.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal("no-store", details.Header("Cache-Control"));

        var person = await ApiClient.WebAsync(fixture.Server, "owner-of-" + scope);
        Assert.Equal(204, (await person.PostAsync($"authorizations/approve/{Code(started)}")).Status);
        Assert.Equal((404, "authorizationNotFound"), Answer(await person.PostAsync($"authorizations/deny/{Code(started)}")));

        var exchanged = await ExchangeAsync(started, Verifier);
        Assert.Equal(200, exchanged.Status);
        Assert.Equal("owner-of-" + scope, exchanged.Json["user"]!["name"]!.GetValue<string>());
        var token = new ApiClient(fixture.Server, exchanged.Json["token"]!.GetValue<string>());
        Assert.StartsWith("jsrd_", token.Secret, StringComparison.Ordinal);
        Assert.Equal((403, "missingPermission"), Answer(await token.PostAsync("scopes", new { scope = "other", description = "" })));
        Assert.Equal((403, "missingPermission"), Answer(await token.GetAsync("user")));
        Assert.Equal((404, "authorizationNotFound"), Answer(await ExchangeAsync(started, Verifier)));
    }

    [Theory]
    [InlineData("""{"challenge":"x","permissions":[null]}""")]
    [InlineData("""{"challenge":"x","permissions":[]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish"}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":null}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":"mine, only one file of it"}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":"mine","package":"p\u202e"}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":"mine","package":"pkg","version":"1.0.0"}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":"mine","package":"pkg","version":"latest","tarballHash":"sha256-00"}]}""")]
    [InlineData("""{"challenge":"x","permissions":[{"permission":"package/publish","scope":"mine","package":"pkg","version":"1.0.0","tarballHash":"sha256-none"}]}""")]
    public async Task What_reads_like_a_permission_but_is_none_is_never_shown_to_anybody(string body)
    {
        Assert.Equal((400, "malformedRequest"), Answer(await fixture.Anyone.PostAsync("authorizations", body)));
    }

    [Fact]
    public async Task A_denied_authorization_gives_nothing()
    {
        var started = await StartAsync(null);
        var person = await ApiClient.WebAsync(fixture.Server, "denier");
        Assert.Equal(204, (await person.PostAsync($"authorizations/deny/{Code(started)}")).Status);
        Assert.Equal((400, "authorizationDenied"), Answer(await ExchangeAsync(started, Verifier)));
    }

    [Fact]
    public async Task A_wrong_verifier_burns_the_authorization()
    {
        var started = await StartAsync(null);
        var person = await ApiClient.WebAsync(fixture.Server, "burned");
        Assert.Equal(204, (await person.PostAsync($"authorizations/approve/{Code(started)}")).Status);
        Assert.Equal((400, "authorizationInvalidVerifier"), Answer(await ExchangeAsync(started, "guess")));
        Assert.Equal((404, "authorizationNotFound"), Answer(await ExchangeAsync(started, Verifier)));
    }

    [Fact]
    public async Task Only_a_person_at_a_browser_approves()
    {
        var started = await StartAsync(null);
        Assert.Equal((401, "missingAuthentication"), Answer(await fixture.Anyone.PostAsync($"authorizations/approve/{Code(started)}")));
        var token = await ApiClient.PersonalAsync(fixture.Server, "script");
        Assert.Equal((403, "credentialNotInteractive"), Answer(await token.PostAsync($"authorizations/approve/{Code(started)}")));
        Assert.Equal((403, "credentialNotInteractive"), Answer(await token.PostAsync("user/tokens", new { description = "more" })));
    }

    [Fact]
    public async Task Guessing_codes_ends_after_five_wrong_ones()
    {
        var person = await ApiClient.WebAsync(fixture.Server, "guesser");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal((404, "authorizationNotFound"), Answer(await person.PostAsync($"authorizations/approve/AAAA-AAA{"ABCDE"[i]}")));
        }

        Assert.Equal(429, (await person.PostAsync("authorizations/approve/AAAA-AAAF")).Status);
    }

    [Fact]
    public async Task A_person_makes_lists_and_deletes_tokens()
    {
        var person = await ApiClient.WebAsync(fixture.Server, "token-maker");
        var created = await person.PostAsync("user/tokens", new { description = "CI", expiresAt = "2099-01-01T00:00:00Z" });
        Assert.Equal(200, created.Status);
        Assert.Matches("^jsrp_[0-9A-Za-z]{35}$", created.Json["secret"]!.GetValue<string>());
        var id = created.Json["token"]!["id"]!.GetValue<string>();
        var listed = (await person.GetAsync("user/tokens")).Body;
        Assert.Contains(id, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Json["secret"]!.GetValue<string>(), listed, StringComparison.Ordinal);
        Assert.Equal(204, (await person.DeleteAsync($"user/tokens/{id}")).Status);
        Assert.Equal(401, (await new ApiClient(fixture.Server, created.Json["secret"]!.GetValue<string>()).GetAsync("user")).Status);
        Assert.Equal((404, "tokenNotFound"), Answer(await person.DeleteAsync($"user/tokens/{id}")));
        Assert.Equal((400, "malformedRequest"), Answer(await person.PostAsync("user/tokens", new { description = "" })));
    }

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);

    private static string Code(JsonNode started) => started["code"]!.GetValue<string>();

    private async Task<JsonNode> StartAsync(object? permissions)
    {
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Verifier)));
        var reply = await fixture.Anyone.PostAsync("authorizations", new { challenge, permissions });
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }

    private Task<Reply> ExchangeAsync(JsonNode started, string verifier) =>
        fixture.Anyone.PostAsync("authorizations/exchange", new { exchangeToken = started["exchangeToken"]!.GetValue<string>(), verifier });
}
