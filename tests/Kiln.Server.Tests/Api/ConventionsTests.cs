using System.Text.Json.Nodes;

namespace Kiln.Server.Tests.Api;

/// <summary>What all routes have in common (registry.md §2.1, §1.9, §3.1).</summary>
public sealed class ConventionsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("GET", "nothing")]
    [InlineData("GET", "scopes/a/b/c")]
    [InlineData("PUT", "scopes/abc")]
    [InlineData("POST", "publish_status/0a0a0a0a-0000-0000-0000-000000000000")]
    public async Task An_unknown_address_is_a_plain_404(string method, string path)
    {
        var reply = await fixture.Anyone.SendAsync(method, path);
        Assert.Equal(404, reply.Status);
        Assert.Equal("text/plain; charset=utf-8", reply.Header("Content-Type"));
    }

    [Fact]
    public async Task Errors_are_pretty_and_success_is_compact()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        var missing = await fixture.Anyone.GetAsync("scopes/no-such-scope");
        Assert.Equal(404, missing.Status);
        Assert.StartsWith("{\n  \"code\": \"scopeNotFound\",\n  \"message\": \"", missing.Body, StringComparison.Ordinal);
        var found = await owner.GetAsync($"scopes/{scope}");
        Assert.Equal(200, found.Status);
        Assert.DoesNotContain("\n", found.Body, StringComparison.Ordinal);
        Assert.Equal("application/json", found.Header("Content-Type"));
    }

    [Fact]
    public async Task Every_reply_has_the_headers_of_the_api_and_a_ray_of_its_own()
    {
        var first = await fixture.Anyone.GetAsync("scopes/no-such-scope");
        var second = await fixture.Anyone.GetAsync("nothing/here");
        foreach (var reply in new[] { first, second })
        {
            Assert.Equal("noindex", reply.Header("X-Robots-Tag"));
            Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
            Assert.Equal("cross-origin", reply.Header("Cross-Origin-Resource-Policy"));
            Assert.Equal("*", reply.Header("Access-Control-Allow-Origin"));
            Assert.Equal("Cookie, Authorization, Origin", reply.Header("Vary"));
            Assert.Equal("api", reply.Header("X-JSR-Backend"));
            Assert.Null(reply.Header("Access-Control-Allow-Credentials"));
        }

        Assert.NotEqual(first.Header("x-deno-ray"), second.Header("x-deno-ray"));
    }

    [Fact]
    public async Task Public_reads_may_be_cached_shortly_and_private_ones_only_by_their_owner()
    {
        var (scope, owner) = await fixture.NewScopeAsync();
        Assert.Equal("public, stale-while-revalidate=180, max-age=30, s-maxage=60", Sorted((await fixture.Anyone.GetAsync($"scopes/{scope}")).Header("Cache-Control")));
        Assert.Equal("max-age=60, private", Sorted((await owner.GetAsync($"scopes/{scope}")).Header("Cache-Control")));
        Assert.Contains("s-maxage=60", (await fixture.Anyone.GetAsync("scopes/no-such")).Header("Cache-Control")!, StringComparison.Ordinal);
        Assert.Equal("no-store, private", Sorted((await owner.GetAsync("scopes/no-such")).Header("Cache-Control")));
        Assert.Equal("no-store, private", Sorted((await owner.GetAsync("user")).Header("Cache-Control")));
        Assert.Equal("no-store", (await fixture.Anyone.GetAsync($"publish_status/{Guid.NewGuid():D}")).Header("Cache-Control"));

        static string Sorted(string? value)
        {
            var parts = value!.Split(", ");
            return parts.Length == 4
                ? string.Join(", ", parts.OrderBy(p => Array.IndexOf(["public", "stale-while-revalidate=180", "max-age=30", "s-maxage=60"], p)))
                : string.Join(", ", parts.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        var (scope, _) = await fixture.NewScopeAsync();
        var get = await fixture.Anyone.GetAsync($"scopes/{scope}");
        var head = await fixture.Anyone.SendAsync("HEAD", $"scopes/{scope}");
        Assert.Equal(200, head.Status);
        Assert.Empty(head.Body);
        Assert.Equal(get.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), head.Header("Content-Length"));
    }

    [Fact]
    public async Task A_preflight_names_the_methods_and_headers_of_the_api()
    {
        var reply = await fixture.Anyone.SendAsync("OPTIONS", "scopes/abc", null, ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(204, reply.Status);
        Assert.Equal("*", reply.Header("Access-Control-Allow-Origin"));
        Assert.Equal("HEAD, GET, POST, PUT, PATCH, DELETE", reply.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Authorization, X-Cloud-Trace-Context, Content-Type", reply.Header("Access-Control-Allow-Headers"));
        Assert.Null(reply.Header("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("{\"description\":\"\"}")]
    [InlineData("{\"scope\":1,\"description\":\"\"}")]
    [InlineData("{\"scope\":\"abc\",\"scope\":\"abd\",\"description\":\"\"}")]
    [InlineData("{\"scope\":{\"a\":1},\"description\":\"\"}")]
    [InlineData("{\"scope\":\"\\ud800\",\"description\":\"\"}")]
    [InlineData("{\"\\ud800\":1,\"scope\":\"abc\",\"description\":\"\"}")]
    public async Task A_body_that_is_not_what_it_should_be_is_malformed(string body)
    {
        var owner = await ApiClient.PersonalAsync(fixture.Server, "malformer");
        var reply = await owner.PostAsync("scopes", body);
        Assert.Equal(400, reply.Status);
        Assert.Equal("malformedRequest", reply.Code);
    }

    [Fact]
    public async Task A_deeply_nested_or_large_body_is_refused()
    {
        var owner = await ApiClient.PersonalAsync(fixture.Server, "nester");
        var deep = await owner.PostAsync("scopes", "{\"scope\":" + new string('[', 100_000) + "}");
        Assert.Equal("malformedRequest", deep.Code);
        var large = await owner.PostAsync("scopes", "{\"scope\":\"" + new string('a', 2_000_000) + "\"}");
        Assert.Equal((413, "tarballSizeLimitExceeded"), (large.Status, large.Code));
        Assert.Matches("^[0-9a-f]{32}$", large.Header("x-deno-ray"));
        Assert.Equal(["code", "message"], large.Json.AsObject().Select(m => m.Key));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_sends_all_of_a_large_body_before_it_listens_hears_why_it_was_refused(bool chunked)
    {
        var token = (await ApiClient.PersonalAsync(fixture.Server, "sender")).Secret;
        var body = "{\"scope\":\"" + new string('a', 4_000_000) + "\"}";
        var framed = chunked ? $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n" : $"Content-Length: {body.Length}\r\n\r\n{body}";
        var host = $"Host: {fixture.Server.Address.Authority}\r\n";

        // The second request shows that the first was read to its end: a connection that is closed over unread bytes is reset.
        var replies = await fixture.Server.SendRawAsync(
            $"POST /api/scopes HTTP/1.1\r\n{host}Authorization: Bearer {token}\r\n{framed}GET /api/packages HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", replies, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"tarballSizeLimitExceeded\"", replies, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 OK", replies, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scopes/A")]
    [InlineData("scopes/a--b")]
    [InlineData("scopes/abc/packages/-x")]
    [InlineData("scopes/abc/packages/lib/versions/1.0")]
    [InlineData("scopes/abc/packages/lib/versions/v1.0.0")]
    [InlineData("scopes/abc/packages/lib/versions/latest/dependencies")]
    [InlineData("publishing_tasks/42")]
    [InlineData("users/me")]
    public async Task A_parameter_that_cannot_be_read_is_malformed(string path)
    {
        var reply = await fixture.Anyone.GetAsync(path);
        Assert.Equal((400, "malformedRequest"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("Bearer jsrp_000000000000000000000000000000000", 401)]
    [InlineData("Bearer nonsense", 401)]
    [InlineData("Basic YTpi", 200)]
    [InlineData("bearer nonsense", 200)]
    public async Task A_bad_credential_breaks_even_public_reads_but_another_scheme_is_nobody(string authorization, int status)
    {
        var reply = await fixture.Anyone.SendAsync("GET", "packages", null, ("Authorization", authorization));
        Assert.Equal(status, reply.Status);
        if (status == 401)
        {
            Assert.Equal("invalidBearerToken", reply.Code);
        }
    }

    [Fact]
    public async Task The_cookie_wins_over_the_header()
    {
        var session = await ApiClient.SessionAsync(fixture.Server, "cookie-user");
        var other = await ApiClient.PersonalAsync(fixture.Server, "header-user");
        var reply = await new ApiClient(fixture.Server, other.Secret, session).GetAsync("user");
        Assert.Equal("cookie-user", reply.Json["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 401)]
    [InlineData("Sec-Fetch-Site", "same-site", 401)]
    [InlineData("Sec-Fetch-Site", "none", 401)]
    [InlineData("Origin", "https://evil.example", 401)]
    [InlineData("Origin", "null", 401)]
    [InlineData("X-Nothing", "1", 401)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    public async Task A_cookie_changes_something_only_for_our_own_pages(string header, string value, int status)
    {
        var session = await ApiClient.SessionAsync(fixture.Server, "browser-user");
        var client = new ApiClient(fixture.Server, cookie: session);
        var reply = await client.SendAsync("POST", "user/tokens", new { description = "x" }, (header, value));
        Assert.Equal(status, reply.Status);
        Assert.Equal(200, (await client.SendAsync("GET", "user", null, (header, value))).Status);
    }

    [Fact]
    public async Task Times_are_UTC_with_a_Z_and_optional_values_are_null()
    {
        var (scope, package, owner) = await fixture.NewPackageAsync();
        var reply = (await owner.GetAsync($"scopes/{scope}/packages/{package}")).Json.AsObject();
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$", reply["createdAt"]!.GetValue<string>());
        string[] expected =
        [
            "scope", "name", "description", "githubRepository", "runtimeCompat", "updatedAt", "createdAt", "versionCount", "dependencyCount", "dependentCount", "score",
            "latestVersion", "whenFeatured", "isArchived", "readmeSource",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), reply.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Null(reply["latestVersion"]);
        Assert.IsType<JsonObject>(reply["runtimeCompat"]);
    }
}
