using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Kiln.Clients.Server;

namespace Kiln.Clients.BadInput;

/// <summary>Uploads that are refused at the door: no task, no row, no object (registry.md §5.1).</summary>
public sealed class RefusedRequestTests(BadInputServer fixture) : IClassFixture<BadInputServer>
{
    private const string Good = "bad/packages/pkg/versions/1.0.0?config=/deno.json";

    [Theory]
    [InlineData("bad/packages/pkg/versions/1.0.0", 400, "malformedRequest")]
    [InlineData("bad/packages/pkg/versions/1.0.0?config=deno.json", 400, "malformedRequest")]
    [InlineData("bad/packages/pkg/versions/1.0.0?config=/../deno.json", 400, "malformedRequest")]
    [InlineData("bad/packages/pkg/versions/v1.0.0?config=/deno.json", 400, "malformedRequest")]
    [InlineData("bad/packages/pkg/versions/1.0?config=/deno.json", 400, "malformedRequest")]
    [InlineData("BAD/packages/pkg/versions/1.0.0?config=/deno.json", 400, "malformedRequest")]
    [InlineData("bad/packages/nothing/versions/1.0.0?config=/deno.json", 404, "packageNotFound")]
    [InlineData("nowhere/packages/pkg/versions/1.0.0?config=/deno.json", 404, "scopeNotFound")]
    public Task Refuses_an_address(string path, int status, string code) => RefusesAsync(() => fixture.UploadAsync(path, Archive.Of(), fixture.Token), status, code);

    [Fact]
    public Task Refuses_a_body_that_says_it_is_too_large() => RefusesAsync(() => fixture.UploadAsync(Good, new byte[(20 * 1024 * 1024) + 1], fixture.Token), 413, "tarballSizeLimitExceeded");

    [Fact]
    public Task Refuses_a_body_that_turns_out_too_large() => RefusesAsync(() => fixture.UploadAsync(Good, new byte[(20 * 1024 * 1024) + 1], fixture.Token, chunked: true), 413, "tarballSizeLimitExceeded");

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public Task Refuses_a_body_that_does_not_say_gzip(string? encoding) => RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(), fixture.Token, encoding), 400, "missingGzipContentEncoding");

    [Fact]
    public Task Refuses_somebody_unknown() => RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(), null), 401, "missingAuthentication");

    [Fact]
    public Task Refuses_a_token_that_never_was() => RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(), "jsrp_" + new string('0', 35)), 401, "invalidBearerToken");

    [Fact]
    public async Task Refuses_a_token_whose_time_is_over()
    {
        var token = await fixture.Server.AdminAsync("token", "create", "--user", "owner", "--days", "1");
        Traces.Expire(fixture.Server, token);

        await RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(), token), 401, "invalidBearerToken");
    }

    [Fact]
    public async Task Refuses_somebody_who_is_not_a_member()
    {
        var stranger = await fixture.Server.NewUserAsync("stranger");

        await RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(), stranger), 403, "actorNotScopeMember");
    }

    [Fact]
    public async Task Refuses_other_bytes_than_a_token_was_given_for()
    {
        using var browser = new Browser(fixture.Server);
        await browser.SignInAsync(await fixture.Server.AdminAsync("user", "link", "owner", "--public-url", fixture.Server.Address.ToString()));
        var token = await AuthorizeAsync(browser, new { permission = "package/publish", scope = "bad", package = "pkg", version = "1.0.0", tarballHash = "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Archive.Of())) });

        await RefusesAsync(() => fixture.UploadAsync(Good, Archive.Of(("extra.txt", "x")), token), 403, "missingPermission");
        await RefusesAsync(() => fixture.UploadAsync("bad/packages/pkg/versions/1.0.1?config=/deno.json", Archive.Of(), token), 403, "missingPermission");
    }

    [Fact]
    public async Task Answers_the_same_bytes_with_the_same_task_and_refuses_others_for_ever()
    {
        static byte[] Version(string text) => Archive.Of(("deno.json", Archive.Config.Replace("1.0.0", "3.0.0", StringComparison.Ordinal)), ("mod.ts", text));
        const string path = "bad/packages/pkg/versions/3.0.0?config=/deno.json";
        var bytes = Version("export {};"); // once: an archive tells when it was made
        var first = await fixture.UploadAsync(path, bytes, fixture.Token);
        Assert.Equal("success", (await fixture.FinishAsync(first)).GetProperty("status").GetString());
        var before = await Traces.BeforeAsync(fixture.Server);

        var same = await fixture.UploadAsync(path, bytes, fixture.Token);
        Assert.Equal(200, same.Status);
        Assert.Equal(first.Body.GetProperty("id").GetString(), same.Body.GetProperty("id").GetString());
        var other = await fixture.UploadAsync(path, Version("export const x = 1;"), fixture.Token);

        Assert.Equal(400, other.Status);
        Assert.Equal("duplicateVersionPublish", other.Body.GetProperty("code").GetString());
        Assert.Equal(first.Body.GetProperty("id").GetString(), other.Body.GetProperty("task").GetProperty("id").GetString());
        await Traces.MustBecomeAsync(fixture.Server, before, failedTask: false);
        Assert.Equal("export {};", await fixture.Server.Http.GetStringAsync("@bad/pkg/3.0.0/mod.ts"));
    }

    [Fact]
    public async Task Keeps_nothing_of_an_upload_that_was_cut_off()
    {
        var before = await Traces.BeforeAsync(fixture.Server);
        using (var socket = new TcpClient(fixture.Server.Address.Host, fixture.Server.Address.Port))
        {
            var stream = socket.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/scopes/{Good} HTTP/1.1\r\nHost: {fixture.Server.Address.Authority}\r\nAuthorization: Bearer {fixture.Token}\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n"));
            await stream.WriteAsync(new byte[50_000]);
            await stream.FlushAsync();
            await Task.Delay(300);
        }

        await Traces.MustBecomeAsync(fixture.Server, before, failedTask: false);
        Assert.True(fixture.Server.IsAlive);
    }

    private async Task RefusesAsync(Func<Task<Reply>> send, int status, string code)
    {
        var before = await Traces.BeforeAsync(fixture.Server);

        var reply = await send();

        Assert.True(status == reply.Status && code == reply.Body.GetProperty("code").GetString(), $"expected {status} {code}, got {reply.Status} {reply.Body}");
        Assert.NotEmpty(reply.Body.GetProperty("message").GetString()!);
        await Traces.MustBecomeAsync(fixture.Server, before, failedTask: false);
        Assert.True(fixture.Server.IsAlive);
    }

    /// <summary>The command line's flow: ask, let the person approve on the page, fetch the token.</summary>
    private async Task<string> AuthorizeAsync(Browser browser, object permission)
    {
        var verifier = Guid.NewGuid().ToString();
        var challenge = Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var asked = await fixture.Server.PostAsync(null, "api/authorizations", new { challenge, permissions = new[] { permission } });
        await browser.SubmitAsync(await browser.OpenAsync($"{asked.GetProperty("verificationUrl").GetString()}?code={asked.GetProperty("code").GetString()}"), "approve");
        var granted = await fixture.Server.PostAsync(null, "api/authorizations/exchange", new { exchangeToken = asked.GetProperty("exchangeToken").GetString(), verifier });
        return granted.GetProperty("token").GetString()!;
    }
}
