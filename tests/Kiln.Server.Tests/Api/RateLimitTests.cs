using Microsoft.Extensions.DependencyInjection;
using Kiln.Registry.Storage;

namespace Kiln.Server.Tests.Api;

/// <summary>security.md H7 and H10 over HTTP.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_forwarded_address_of_a_stranger_changes_nothing_and_modules_are_never_limited()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "read=10" });
        await server.PutAsync(Bucket.Modules, "@clay/pot/meta.json", "{}");
        var anyone = new ApiClient(server);
        var statuses = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            statuses.Add((await anyone.SendAsync("GET", "packages", null, ("X-Forwarded-For", $"198.51.{i / 250}.{i % 250}"), ("X-Real-IP", $"198.51.100.{i % 250}"))).Status);
        }

        // Forty at once for an address, and what came back meanwhile.
        Assert.InRange(statuses.Count(s => s == 200), 40, 500);
        Assert.All(statuses.Where(s => s != 200), s => Assert.Equal(429, s));
        using var module = await server.SendAsync("GET", "/@clay/pot/meta.json");
        Assert.Equal(200, (int)module.StatusCode);
    }

    [Fact]
    public async Task A_refusal_has_a_code_a_ray_and_the_time_to_wait()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "change=1" });
        var anyone = new ApiClient(server);
        Reply reply;
        do
        {
            reply = await anyone.PostAsync("authorizations/approve/ABCD-EFGH");
        }
        while (reply.Status == 401);
        Assert.Equal((429, "tooManyRequests"), (reply.Status, reply.Code));
        Assert.InRange(int.Parse(reply.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Matches("^[0-9a-f]{32}$", reply.Header("x-deno-ray"));
        Assert.Equal(200, (await anyone.GetAsync("packages")).Status);
    }

    [Fact]
    public async Task A_trusted_proxy_tells_whose_request_it_is()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "change=1", TrustedProxies = "127.0.0.1,10.0.0.0/8" });
        var anyone = new ApiClient(server);
        Assert.Equal(429, await LastOfAsync("192.0.2.1"));
        Assert.Equal(401, await OneOfAsync("192.0.2.2"));
        Assert.Equal(429, await OneOfAsync("198.51.100.9, 192.0.2.1")); // what the client itself claims stands in front
        Assert.Equal(429, await OneOfAsync("198.51.100.9, 192.0.2.1, 10.1.2.3")); // through two proxies

        async Task<int> OneOfAsync(string forwarded) => (await anyone.SendAsync("POST", "authorizations/approve/ABCD-EFGH", null, ("X-Forwarded-For", forwarded))).Status;

        async Task<int> LastOfAsync(string forwarded)
        {
            for (var i = 0; i < 10; i++)
            {
                await OneOfAsync(forwarded);
            }

            return await OneOfAsync(forwarded);
        }
    }

    [Fact]
    public async Task A_token_an_account_and_an_address_are_limited_each()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "change=3" });
        var clients = new[] { await ApiClient.PersonalAsync(server, "first"), await ApiClient.PersonalAsync(server, "first"), await ApiClient.PersonalAsync(server, "first") };
        var allowed = new List<int>();
        foreach (var client in clients)
        {
            var count = 0;
            while ((await client.DeleteAsync("user/invites/nothing")).Status == 404)
            {
                count++;
            }

            allowed.Add(count);
        }

        Assert.InRange(allowed[0], 3, 4);
        Assert.InRange(allowed[1], 2, 4);
        Assert.InRange(allowed[2], 0, 1); // the account's six are used up
        Assert.Equal(404, (await (await ApiClient.PersonalAsync(server, "second")).DeleteAsync("user/invites/nothing")).Status);
    }

    [Fact]
    public async Task Pages_are_limited_and_their_assets_are_not()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "page=2" });
        HttpResponseMessage page;
        do
        {
            page = await server.SendAsync("GET", "/", ("Accept", "text/html"));
        }
        while ((int)page.StatusCode == 200);
        Assert.Equal(429, (int)page.StatusCode);
        Assert.Equal("Too Many Requests", await page.Content.ReadAsStringAsync());
        Assert.True(page.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(200, (int)(await server.SendAsync("GET", "/assets/icon.svg")).StatusCode);
        Assert.Equal(200, (await new ApiClient(server).GetAsync("packages")).Status);
    }

    [Fact]
    public async Task Ten_thousand_starts_leave_a_bounded_table()
    {
        await using var server = await RunningServer.StartAsync(settings: s => s with { RateLimits = "authorize=25" });
        var anyone = new ApiClient(server);
        var statuses = new List<int>();
        for (var i = 0; i < 10_000; i++)
        {
            statuses.Add((await anyone.PostAsync("authorizations", new { challenge = "c29tZXRoaW5n" })).Status);
        }

        var rows = await server.App.Services.GetService<Kiln.Registry.Data.Database>()!.ReadAsync(s => s.CountAsync("SELECT COUNT(*) FROM authorizations"), default);
        Assert.Equal(statuses.Count(s => s == 200), rows);
        Assert.InRange(rows, 100, 1000);
        Assert.Equal(429, statuses.Last());
    }
}
