using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiln.Server.Tests.Commands;
using Kiln.Server.Tests.Telemetry;
using Kiln.Tooling;

namespace Kiln.Server.Tests.Hosting;

/// <summary>The log of a whole run at its most talkative (security.md H8, H12, I10).</summary>
public sealed class LogTests : IDisposable
{
    private readonly string data = Path.Combine(Path.GetTempPath(), "kiln-log-tests", Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task No_secret_that_was_ever_issued_is_in_it_and_every_line_is_one_object()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        var secrets = new Dictionary<string, string>();
        await using var server = ServerProgram.Start($"serve --data \"{data}\" --urls {address}", ("KILN_LOG", "trace"));
        await server.WaitForAsync("Stop with Ctrl+C");
        secrets["first sign-in link"] = Regex.Match(server.Output, @"token=([0-9a-zA-Z]+)").Groups[1].Value;
        await ServerProgram.RunAsync($"admin user create author --staff --data \"{data}\"");
        var token = secrets["personal token"] = (await ServerProgram.RunAsync($"admin token create --user author --data \"{data}\"")).Output.Trim();
        var link = (await ServerProgram.RunAsync($"admin user link author --data \"{data}\" --public-url {address}")).Output.Trim();
        secrets["sign-in link"] = Regex.Match(link, @"token=([0-9a-zA-Z]+)").Groups[1].Value;

        using var http = new HttpClient { BaseAddress = new Uri(address) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await ExportTests.PublishAsync(http);

        // A browser signs in by the link.
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        var page = await browser.GetStringAsync(new Uri(link));
        var fields = Regex.Matches(page, "name=\"([^\"]+)\" value=\"([^\"]*)\"").ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        using (var signedIn = await browser.PostAsync("/login/link", new FormUrlEncodedContent(fields)))
        {
            Assert.True((int)signedIn.StatusCode < 400, $"{(int)signedIn.StatusCode} {await signedIn.Content.ReadAsStringAsync()}");
        }

        foreach (Cookie cookie in cookies.GetAllCookies())
        {
            secrets["cookie " + cookie.Name] = cookie.Value;
        }

        Assert.Contains(secrets.Keys, k => k.StartsWith("cookie", StringComparison.Ordinal));

        // A command line signs in by a code, and what is wrong with it is refused.
        var verifier = "a-verifier-of-some-length-that-nobody-guesses-0123456789";
        var challenge = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var begun = await PostAsync(http, "/api/authorizations", new { challenge });
        secrets["code"] = begun["code"]!.GetValue<string>();
        secrets["exchange token"] = begun["exchangeToken"]!.GetValue<string>();
        using (await http.GetAsync($"/api/authorizations/details/{secrets["code"]}"))
        using (await http.GetAsync($"/auth?code={secrets["code"]}"))
        using (await http.PostAsync($"/api/authorizations/approve/{secrets["code"]}", null))
        {
        }

        secrets["verifier"] = verifier;
        await PostAsync(http, "/api/authorizations/exchange", new { exchangeToken = secrets["exchange token"], verifier });

        // Strangers write what they like.
        foreach (var path in new[] { $"/api/user?token={token}", $"/nowhere?state={secrets["code"]}", "/api/scopes/%1b%5b31m%0a%22%7d", "/@a/%e2%80%ae/x" })
        {
            using var reply = await http.GetAsync(path);
        }

        using (var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/user"))
        {
            secrets["wrong token"] = "jsrp_00000000000000000000000000000000000";
            wrong.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secrets["wrong token"]);
            using var reply = await http.SendAsync(wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }

        Assert.Equal(0, await server.TerminateAsync());
        var log = server.Errors;
        Assert.True(log.Split('\n').Length > 20, "the log is not the talkative one:\n" + log);
        foreach (var (name, secret) in secrets)
        {
            Assert.True(secret.Length > 5, name);
            Assert.False(log.Contains(secret, StringComparison.Ordinal), $"the log has the {name}: {log.Split('\n').FirstOrDefault(l => l.Contains(secret, StringComparison.Ordinal))}");
        }

        foreach (var line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
            Assert.DoesNotContain(line, c => char.IsControl(c) && c != '\r');
        }
    }

    [Fact]
    public async Task An_error_the_log_and_the_reply_have_one_name_for_the_request()
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        await using var server = ServerProgram.Start($"serve --data \"{data}\" --urls {address}");
        await server.WaitForAsync("Stop with Ctrl+C");
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        foreach (var (method, path) in new[] { ("GET", "/api/scopes/nobody-has-this"), ("GET", "/api/nothing/here"), ("POST", "/api/scopes") })
        {
            await RayAsync(method, path);
        }

        // A failure of the server itself: a table is gone.
        using (var database = Registry.RegistryAdmin.OpenDatabase(new Registry.RegistryOptions { DataDirectory = data, PublicUrl = address + "/" }, TimeProvider.System))
        {
            await database.ChangeAsync(session => session.ExecuteAsync("ALTER TABLE scopes RENAME TO scopes_that_were"), default);
        }

        var failed = await RayAsync("GET", "/api/scopes/nobody-has-this", HttpStatusCode.InternalServerError);
        Assert.Equal(0, await server.TerminateAsync());
        var lines = server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).Where(l => l["LogLevel"]!.GetValue<string>() == "Error").ToList();
        var line = Assert.Single(lines, l => l["State"]?["Ray"]?.GetValue<string>() == failed);
        Assert.Contains("no such table: scopes", line["Exception"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(line["Scopes"]!.AsArray(), s => s?["Ray"]?.GetValue<string>() == failed); // as every line about the request has it

        async Task<string> RayAsync(string method, string path, HttpStatusCode? status = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var reply = await http.SendAsync(request);
            Assert.Equal(status ?? reply.StatusCode, reply.StatusCode);
            var ray = reply.Headers.GetValues("x-deno-ray").Single();
            Assert.Matches("^[0-9a-f]{32}$", ray);
            if (reply.Content.Headers.ContentType?.MediaType == "application/json")
            {
                Assert.Equal(ray, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["ray"]!.GetValue<string>());
            }

            return ray;
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, object body)
    {
        using var reply = await http.PostAsync(path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
        var text = await reply.Content.ReadAsStringAsync();
        return JsonNode.Parse(text)!;
    }
}
