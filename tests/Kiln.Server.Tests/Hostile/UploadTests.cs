using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Hostile;

/// <summary>Uploads that were cut, mislabelled or raced, over HTTP (security.md T11, T14, C1, C2).</summary>
public sealed class UploadTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>T11: as it was cut, so it is sent, with a length that fits: only what is inside can tell.</summary>
    [Fact]
    public async Task An_upload_cut_at_two_hundred_places_is_never_published()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var noise = new byte[6_000];
        new Random(1).NextBytes(noise);
        var good = TestPackage.Pack([("mod.ts", Encoding.UTF8.GetBytes("export const a: number = 1;\n")), ("noise.bin", noise), ("deno.json", Configuration(scope, package, "1.0.0"))]);
        Assert.True(good.Length > 400);
        for (var i = 0; i < 200; i++)
        {
            var task = await FinishAsync(owner, await SendAsync(owner, scope, package, "1.0.0", good[..(int)((long)i * good.Length / 200)]));
            Assert.Equal(("failure", "invalidTarball"), (task["status"]!.GetValue<string>(), task["error"]!["code"]!.GetValue<string>()));
        }

        Assert.Equal("[]", (await owner.GetAsync($"scopes/{scope}/packages/{package}/versions")).Json["items"]?.ToJsonString() ?? (await owner.GetAsync($"scopes/{scope}/packages/{package}/versions")).Body.Trim());
        Assert.Equal(404, (int)(await fixture.Server.SendAsync("GET", $"/@{scope}/{package}/meta.json")).StatusCode);
        Assert.Equal("success", (await FinishAsync(owner, await SendAsync(owner, scope, package, "1.0.0", good)))["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    [InlineData("identity")]
    [InlineData("")]
    public async Task Only_gzip_is_taken_and_nothing_is_unpacked_on_the_way_in(string encoding)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = await SendAsync(owner, scope, package, "1.0.0", Good(scope, package, "1.0.0", "1"), encoding);
        Assert.Equal((400, "missingGzipContentEncoding"), (reply.Status, reply.Code));
    }

    /// <summary>C1. Two contents race for one version; whoever sends the winning bytes hears of the one task, all others are refused with it.</summary>
    [Fact]
    public async Task Of_fifty_uploads_at_once_with_two_contents_one_wins_whole()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        for (var round = 0; round < Amount.Of(sample: 4, whole: 20); round++)
        {
            var version = $"1.0.{round}";
            byte[][] contents = [Good(scope, package, version, "one"), Good(scope, package, version, "another")];
            var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i => (Content: i % 2, Reply: await SendAsync(owner, scope, package, version, contents[i % 2]))));

            var winner = Assert.Single(replies.Where(r => r.Reply.Status == 200).Select(r => r.Content).Distinct());
            var task = Assert.Single(replies.Select(r => (r.Reply.Status == 200 ? r.Reply.Json : r.Reply.Json["task"]!)["id"]!.GetValue<string>()).Distinct(StringComparer.Ordinal));
            Assert.All(replies, r => Assert.Equal(r.Content == winner ? (200, null) : (400, "duplicateVersionPublish"), (r.Reply.Status, r.Reply.Status == 200 ? null : r.Reply.Code)));

            var ended = await FinishAsync(owner, replies.First(r => r.Reply.Status == 200).Reply);
            Assert.Equal(("success", task), (ended["status"]!.GetValue<string>(), ended["id"]!.GetValue<string>()));
            var module = await fixture.Server.Client.GetByteArrayAsync($"/@{scope}/{package}/{version}/mod.ts");
            Assert.Equal(Source(winner == 0 ? "one" : "another"), Encoding.UTF8.GetString(module));
            var meta = JsonNode.Parse(await fixture.Server.Client.GetStringAsync($"/@{scope}/{package}/{version}_meta.json"))!;
            Assert.Equal("sha256-" + Convert.ToHexStringLower(SHA256.HashData(module)), meta["manifest"]!["/mod.ts"]!["checksum"]!.GetValue<string>());
        }
    }

    private static string Source(string text) => $"export const text: string = \"{text}\";\n";

    private static byte[] Configuration(string scope, string package, string version) =>
        Encoding.UTF8.GetBytes($$"""{ "name": "@{{scope}}/{{package}}", "version": "{{version}}", "license": "MIT", "exports": "./mod.ts" }""");

    private static byte[] Good(string scope, string package, string version, string text) =>
        TestPackage.Pack([("mod.ts", Encoding.UTF8.GetBytes(Source(text))), ("deno.json", Configuration(scope, package, version))]);

    private static async Task<Reply> SendAsync(ApiClient owner, string scope, string package, string version, byte[] body, string encoding = "gzip")
    {
        using var content = new ByteArrayContent(body);
        if (encoding.Length > 0)
        {
            Assert.True(content.Headers.TryAddWithoutValidation("Content-Encoding", encoding));
        }

        return await owner.SendAsync("POST", $"scopes/{scope}/packages/{package}/versions/{version}?config=/deno.json", content);
    }

    private static async Task<JsonNode> FinishAsync(ApiClient owner, Reply reply)
    {
        Assert.True(reply.Status == 200, reply.Body);
        for (var attempt = 0; attempt < 1_500; attempt++)
        {
            var task = (await owner.GetAsync($"publish_status/{reply.Json["id"]!.GetValue<string>()}")).Json;
            if (task["status"]!.GetValue<string>() is "success" or "failure")
            {
                return task;
            }

            await Task.Delay(20);
        }

        Assert.Fail("The task did not end within 30 s.");
        throw new InvalidOperationException();
    }
}
