using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Server.Tests.Api;

/// <summary>Uploads over HTTP (registry.md §5.1): the order of the checks, and the way from an upload to an installable version.</summary>
public sealed class PublishTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("?config=/deno.json")]
    [InlineData("?config=%2Fdeno.json")]
    public async Task An_upload_becomes_files_that_clients_read(string query)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0"), query);
        Assert.Equal(200, reply.Status);
        Assert.Equal(
            ["createdAt", "error", "id", "packageName", "packageScope", "packageVersion", "status", "updatedAt", "user"],
            reply.Json.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Null(reply.Json["error"]);

        var task = await EndAsync(reply.Json["id"]!.GetValue<string>());
        Assert.Equal("success", task.Json["status"]!.GetValue<string>());
        Assert.Equal("no-store", task.Header("Cache-Control"));

        using var meta = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/meta.json");
        Assert.Contains("\"latest\":\"1.0.0\"", await meta.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var module = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/1.0.0/mod.ts");
        Assert.Equal("export const answer: number = 42;\n", await module.Content.ReadAsStringAsync());
        using var packument = await fixture.Server.SendAsync("GET", $"/npm/@jsr%2f{scope}__{package}");
        var address = System.Text.Json.Nodes.JsonNode.Parse(await packument.Content.ReadAsStringAsync())!["versions"]!["1.0.0"]!["dist"]!["tarball"]!.GetValue<string>();
        Assert.Equal($"{fixture.Server.Address}npm/@jsr/{scope}__{package}/-/{scope}__{package}-1.0.0.tgz", address);
        using var tarball = await fixture.Server.SendAsync("GET", address[(fixture.Server.Address.ToString().Length - 1)..]);
        Assert.Equal(200, (int)tarball.StatusCode);

        var version = await fixture.Anyone.GetAsync($"scopes/{scope}/packages/{package}/versions/latest");
        Assert.Equal("1.0.0", version.Json["version"]!.GetValue<string>());
        Assert.Equal(1, (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/{package}/versions")).Json["total"]!.GetValue<int>());
        Assert.Equal("[]", (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/{package}/versions/1.0.0/dependencies")).Body);
        Assert.Single((await owner.GetAsync($"scopes/{scope}/packages/{package}/publishing_tasks")).Json.AsArray());
    }

    [Fact]
    public async Task The_same_bytes_again_are_the_same_task_and_other_bytes_are_refused()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var bytes = Tarball(scope, package, "1.0.0");
        var first = await PublishAsync(owner, scope, package, "1.0.0", bytes);
        var id = first.Json["id"]!.GetValue<string>();
        await EndAsync(id);
        var staged = await StagedAsync();
        var again = await PublishAsync(owner, scope, package, "1.0.0", bytes);
        Assert.Equal(200, again.Status);
        Assert.Equal(id, again.Json["id"]!.GetValue<string>());

        var other = await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0", "export const answer: number = 43;\n"));
        Assert.Equal((400, "duplicateVersionPublish"), (other.Status, other.Code));
        Assert.Equal(id, other.Json["task"]!["id"]!.GetValue<string>());
        Assert.Equal("success", other.Json["task"]!["status"]!.GetValue<string>());
        Assert.InRange(await StagedAsync(), 0, staged);
    }

    [Theory]
    [InlineData("export function answer(text: string) {\n  return text.trim();\n}\n", 1)]
    [InlineData("export function answer(text: string): string {\n  return text.trim();\n}\n", 0)]
    public async Task A_version_tells_whether_its_types_are_complete(string source, int count)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        await EndAsync((await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0", source))).Json["id"]!.GetValue<string>());

        var version = (await fixture.Anyone.GetAsync($"scopes/{scope}/packages/{package}/versions/1.0.0")).Json;
        Assert.Equal(count == 0, version["allFastCheck"]!.GetValue<bool>());
        Assert.Equal(count, version["slowTypes"]!["count"]!.GetValue<int>());
        Assert.Equal(count, version["slowTypes"]!["first"]!.AsArray().Count);

        using var browser = new Web.Browser(fixture.Server);
        var (_, html) = await browser.OpenAsync($"/@{scope}/{package}");
        Assert.Equal(count == 0, html.Contains("Complete: every type of the public API is told by the source.", StringComparison.Ordinal));
        if (count > 0)
        {
            var first = version["slowTypes"]!["first"]![0]!;
            Assert.Equal(
                ("missing-explicit-return-type", "/mod.ts", 1, 17),
                (first["code"]!.GetValue<string>(), first["path"]!.GetValue<string>(), first["line"]!.GetValue<int>(), first["column"]!.GetValue<int>()));
            Assert.Contains("In one place the public API", html, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"/@{scope}/{package}/1.0.0/mod.ts#L1\">mod.ts:1:17</a>", html, StringComparison.Ordinal);
            Assert.Contains("<code>missing-explicit-return-type</code>", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_refusal_by_the_analysis_is_told_by_the_task()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0", "export const = 1;\n"));
        var task = await EndAsync(reply.Json["id"]!.GetValue<string>());
        Assert.Equal("failure", task.Json["status"]!.GetValue<string>());
        Assert.Equal("graphError", task.Json["error"]!["code"]!.GetValue<string>());
        Assert.Contains("mod.ts:1:14", task.Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        using var meta = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/meta.json");
        Assert.Equal(404, (int)meta.StatusCode);

        // A failure may be repeated with the same number.
        var repaired = await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0"));
        Assert.Equal("success", (await EndAsync(repaired.Json["id"]!.GetValue<string>())).Json["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Checks_come_in_their_order()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var staged = await StagedAsync();
        var stranger = await ApiClient.PersonalAsync(fixture.Server, "stranger");
        byte[] bytes = [1, 2, 3];

        // Each line repairs what the line before was refused for.
        Assert.Equal((401, "invalidBearerToken"), Answer(await PublishAsync(new ApiClient(fixture.Server, "wrong"), "A", package, "1", bytes, "", encoding: null)));
        Assert.Equal((400, "malformedRequest"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0", bytes, "", encoding: null)));
        Assert.Equal((400, "malformedRequest"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes, "", encoding: null)));
        Assert.Equal((400, "malformedRequest"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes, "?config=deno.json", encoding: null)));
        Assert.Equal((400, "malformedRequest"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes, "?config=/../deno.json", encoding: null)));
        Assert.Equal((400, "missingGzipContentEncoding"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes, encoding: null)));
        Assert.Equal((400, "missingGzipContentEncoding"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes, encoding: "br")));
        Assert.Equal((401, "missingAuthentication"), Answer(await PublishAsync(fixture.Anyone, scope, package, "1.0.0", bytes)));
        Assert.Equal((404, "scopeNotFound"), Answer(await PublishAsync(stranger, "no-such-scope", package, "1.0.0", bytes)));
        Assert.Equal((403, "actorNotScopeMember"), Answer(await PublishAsync(stranger, scope, package, "1.0.0", bytes)));
        Assert.Equal((404, "packageNotFound"), Answer(await PublishAsync(owner, scope, "no-such-package", "1.0.0", bytes)));
        Assert.Equal(200, (await owner.PatchAsync($"scopes/{scope}/packages/{package}", new { isArchived = true })).Status);
        Assert.Equal((400, "packageArchived"), Answer(await PublishAsync(owner, scope, package, "1.0.0", bytes)));
        Assert.InRange(await StagedAsync(), 0, staged);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_20_MiB_is_too_large_whether_announced_or_not(bool chunked)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var staged = await StagedAsync();
        var reply = await PublishAsync(owner, scope, package, "1.0.0", new byte[(20 * 1024 * 1024) + 1], chunked: chunked);
        Assert.Equal((413, "tarballSizeLimitExceeded"), Answer(reply));
        Assert.InRange(await StagedAsync(), 0, staged);
    }

    [Fact]
    public async Task A_token_for_one_tarball_publishes_no_other()
    {
        var (scope, package, _) = await fixture.NewPackageAsync();
        var staged = await StagedAsync();
        var bytes = Tarball(scope, package, "1.0.0");
        var person = await ApiClient.WebAsync(fixture.Server, "owner-of-" + scope);
        var tarballHash = "sha256-" + Convert.ToHexStringLower(SHA256.HashData(bytes));
        var created = await person.PostAsync("user/tokens", new { description = "one", permissions = new[] { new { permission = "package/publish", scope, package, version = "1.0.0", tarballHash } } });
        var token = new ApiClient(fixture.Server, created.Json["secret"]!.GetValue<string>());
        Assert.Equal((403, "missingPermission"), Answer(await PublishAsync(token, scope, package, "1.0.1", bytes)));
        Assert.Equal((403, "missingPermission"), Answer(await PublishAsync(token, scope, package, "1.0.0", Tarball(scope, package, "1.0.0", "export const x = 1;\n"))));
        Assert.InRange(await StagedAsync(), 0, staged);
        Assert.Equal(200, (await PublishAsync(token, scope, package, "1.0.0", bytes)).Status);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var staged = await StagedAsync();
        var head = $"POST /api/scopes/{scope}/packages/{package}/versions/1.0.0?config=/deno.json HTTP/1.1\r\nHost: {fixture.Server.Address.Authority}\r\n"
            + $"Authorization: Bearer {owner.Secret}\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\nonly this";
        using (var socket = new System.Net.Sockets.TcpClient())
        {
            await socket.ConnectAsync(fixture.Server.Address.Host, fixture.Server.Address.Port);
            await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head));
            await Task.Delay(200);
        }

        for (var i = 0; i < 50 && await StagedAsync() > staged; i++)
        {
            await Task.Delay(100);
        }

        Assert.InRange(await StagedAsync(), 0, staged);
        Assert.Equal(200, (await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0"))).Status);
    }

    [Fact]
    public async Task A_yanked_version_leaves_the_lists_and_stays_readable()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        await EndAsync((await PublishAsync(owner, scope, package, "1.0.0", Tarball(scope, package, "1.0.0"))).Json["id"]!.GetValue<string>());
        Assert.Equal(404, (await owner.PatchAsync($"scopes/{scope}/packages/{package}/versions/2.0.0", new { yanked = true })).Status);
        Assert.Equal(204, (await owner.PatchAsync($"scopes/{scope}/packages/{package}/versions/1.0.0", new { yanked = true })).Status);
        using var meta = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/meta.json");
        var text = await meta.Content.ReadAsStringAsync();
        Assert.Contains("\"yanked\":true", text, StringComparison.Ordinal);
        Assert.Contains("\"latest\":null", text, StringComparison.Ordinal);
        using var module = await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/1.0.0/mod.ts");
        Assert.Equal(200, (int)module.StatusCode);
    }

    private static (int, string?) Answer(Reply reply) => (reply.Status, reply.Code);

    private static Task<Reply> PublishAsync(
        ApiClient client, string scope, string package, string version, byte[] body, string query = "?config=/deno.json", string? encoding = "gzip", bool chunked = false)
    {
        HttpContent content = chunked ? new StreamContent(new Unseekable(body)) : new ByteArrayContent(body);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return client.PostAsync($"scopes/{scope}/packages/{package}/versions/{version}{query}", content);
    }

    /// <summary>Made with the framework's writer, not with ours.</summary>
    private static byte[] Tarball(string scope, string package, string version, string source = "export const answer: number = 42;\n")
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            Add("deno.json", $$"""{"name":"@{{scope}}/{{package}}","version":"{{version}}","exports":"./mod.ts","license":"MIT"}""");
            Add("mod.ts", source);

            void Add(string name, string text) =>
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return buffer.ToArray();
    }

    private async Task<Reply> EndAsync(string id)
    {
        for (var i = 0; ; i++)
        {
            var reply = await fixture.Anyone.GetAsync($"publish_status/{id}");
            if (reply.Json["status"]!.GetValue<string>() is "success" or "failure")
            {
                return reply;
            }

            Assert.True(i < 300, "The task did not end within 30 seconds.");
            await Task.Delay(100);
        }
    }

    private async Task<int> StagedAsync()
    {
        var count = 0;
        await foreach (var _ in fixture.Server.Store.ListAsync(Bucket.Staging, "", CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
