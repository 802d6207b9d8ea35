using System.Net.Http.Headers;
using System.Text;
using Kiln.Server.Api.Routes;

namespace Kiln.Server.Tests.Hostile;

/// <summary>security.md H6: 20 MiB for an upload, 1 MiB for every other body, announced or not.</summary>
public sealed class BodyLimitTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const int Limit = 1024 * 1024;

    public static TheoryData<string, bool> Routes
    {
        get
        {
            var routes = new TheoryData<string, bool>();
            foreach (var route in ApiRoutes.All.Where(r => r.Body is not null))
            {
                routes.Add(route.Name, false);
                routes.Add(route.Name, true);
            }

            return routes;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_of_more_than_a_mebibyte_is_too_large_for_every_route_that_reads_one(string route, bool chunked)
    {
        var declared = ApiRoutes.All.Single(r => r.Name == route);
        // Somebody whom every policy lets in, and whose scope and package are there, so that the body is read.
        await ApiClient.PersonalAsync(fixture.Server, "large", staff: true);
        var secret = await ApiClient.SessionAsync(fixture.Server, "large");
        var owner = new ApiClient(fixture.Server, secret);
        if ((await owner.GetAsync("scopes/large/packages/large")).Status == 404)
        {
            Assert.Equal(200, (await owner.PostAsync("scopes", new { scope = "large", description = "" })).Status);
            Assert.Equal(200, (await owner.PostAsync("scopes/large/packages", new { package = "large" })).Status);
        }

        var path = declared.Template;
        foreach (var parameter in declared.Parameters)
        {
            path = path.Replace($"{{{parameter}}}", parameter.EndsWith("d", StringComparison.OrdinalIgnoreCase) ? Guid.NewGuid().ToString() : parameter == "version" ? "1.0.0" : "large", StringComparison.Ordinal);
        }

        var status = await SendAsync(declared.Method, "/api/" + path, secret, "{\"x\":\"" + new string('a', Limit) + "\"}", chunked);
        Assert.True(status == 413, $"{route}: {status}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_scope_is_made_of_just_under_a_mebibyte_and_not_of_more(bool chunked)
    {
        var secret = await ApiClient.SessionAsync(fixture.Server, "borders" + chunked);
        Assert.Equal(400, await SendAsync("POST", "/api/scopes", secret, Padded(Limit), chunked)); // read, and refused for what it says
        Assert.Equal(413, await SendAsync("POST", "/api/scopes", secret, Padded(Limit + 1), chunked));
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/auth")]
    [InlineData("/new")]
    [InlineData("/logout")]
    public async Task Forms_of_the_site_are_no_larger(string path)
    {
        using var content = new StringContent("a=" + new string('b', Limit), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var response = await fixture.Server.Client.PostAsync(path, content);
        Assert.True((int)response.StatusCode is 413 or 303, $"{(int)response.StatusCode}"); // too large, or sent to the sign-in page without having been read
        Assert.True((await fixture.Server.Client.GetAsync("/healthz/live")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_form_of_too_many_fields_is_refused()
    {
        using var content = new StringContent(string.Join('&', Enumerable.Range(0, 5_000).Select(i => $"f{i}=x")), Encoding.ASCII, "application/x-www-form-urlencoded");
        using var response = await fixture.Server.Client.PostAsync("/login", content);
        Assert.Equal(400, (int)response.StatusCode);
    }

    private static string Padded(int length)
    {
        const string Start = "{\"description\":\"";
        return Start + new string('a', length - Start.Length - 2) + "\"}";
    }

    private async Task<int> SendAsync(string method, string path, string secret, string body, bool chunked)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await fixture.Server.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
