using System.Text.Json;

namespace Kiln.Server.Tests.Api;

/// <summary>security.md H8: what looks like SQL, JSON, headers, markup or terminal commands is kept as it is or refused, in every field that takes text.</summary>
public sealed class HostileTextTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    public static TheoryData<string> Texts { get; } =
    [
        "'", "\"", "'; DROP TABLE packages; --", "' OR '1'='1", "%", "_", "\\", "\\' ESCAPE", "a\0b", "a\r\nSet-Cookie: x=y", "a\u001b[2Jb", "a\u202Eb", "\uFEFFa", "<script>alert(1)</script>",
        "{\"code\":\"x\"}", "${7*7}", "{{7*7}}", "../../etc/passwd", "a\u2028b", "😀", "\uD800", "NULL", "-1", "1e999", "@scope", "$1", ":name", "%s%n",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Text_is_kept_or_refused(string text)
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();

        // A description: what is kept is what was sent, but for the spaces of registry.md §2.3.
        var reply = await owner.PatchAsync($"scopes/{scope}/packages/{package}", Body("description", text));
        var kept = (await owner.GetAsync($"scopes/{scope}/packages/{package}")).Json["description"]!.GetValue<string>();
        if (reply.Status == 200)
        {
            Assert.Equal(text.Trim().Replace('\n', ' ').Replace("\r", "", StringComparison.Ordinal), kept);
            Assert.DoesNotContain(kept, char.IsControl);
        }
        else
        {
            Assert.Equal((400, "malformedRequest", ""), (reply.Status, reply.Code, kept));
        }

        // Names and choices: nothing of this is one.
        foreach (var body in new[] { Body("readmeSource", text), $"{{\"githubRepository\":{{\"owner\":{Json(text)},\"name\":{Json(text)}}}}}", $"{{\"runtimeCompat\":{{{Json(text)}:true}}}}" })
        {
            var refused = await owner.PatchAsync($"scopes/{scope}/packages/{package}", body);
            Assert.True(refused.Status is 400 && refused.Code is "malformedRequest" or "githubRepositoryNotAuthorized", $"{body}: {refused.Body}");
        }

        // Searches: an answer, and nothing is found by it, for no name has such a text in it; but for the one that every scope of these tests begins with.
        foreach (var path in new[] { "packages?query=", "search?query=", "symbols?query=", "packages?gitHubRepoId=", $"scopes/{scope}/packages?page=", $"scopes/{scope}/packages/{package}/dependents?versions_per_package_limit=" })
        {
            var found = await fixture.Anyone.GetAsync(path + Escape(text));
            Assert.True(found.Status is 200 or 400, $"{path}: {found.Status} {found.Body}");
            if (found.Status == 200 && path.StartsWith("packages?", StringComparison.Ordinal) && text != "@scope")
            {
                Assert.Equal(0, found.Json["total"]!.GetValue<int>());
            }
        }
    }

    /// <summary>security.md H9.</summary>
    [Theory]
    [InlineData("packages?query=")]
    [InlineData("search?query=")]
    public async Task A_long_query_is_refused(string path)
    {
        var reply = await fixture.Anyone.GetAsync(path + string.Concat(Enumerable.Repeat("%25", 2_000)));
        Assert.Equal((400, "malformedRequest"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("%25")]
    [InlineData("_")]
    [InlineData("%5C")]
    [InlineData("%25%25%25%25")]
    public async Task Wildcards_mean_themselves(string query)
    {
        await fixture.NewPackageAsync();
        Assert.Equal(0, (await fixture.Anyone.GetAsync("packages?query=" + query)).Json["total"]!.GetValue<int>());
    }

    private static string Body(string key, string value) => $"{{{Json(key)}:{Json(value)}}}";

    /// <summary>As a client would write it that does not look: half a surrogate pair as its escape.</summary>
    private static string Json(string text) => text.Contains('\uD800', StringComparison.Ordinal) ? "\"\\ud800\"" : JsonSerializer.Serialize(text);

    private static string Escape(string text) => text.Contains('\uD800', StringComparison.Ordinal) ? "%ED%A0%80" : Uri.EscapeDataString(text);
}
