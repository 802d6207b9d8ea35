using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Kiln.Clients.BadInput;

/// <summary>security.md H8 and H9: texts that other programs stumble over are kept as they are or refused, and no line of the log is anything but one JSON object.</summary>
public sealed class HostileTextTests(BadInputServer fixture) : IClassFixture<BadInputServer>
{
    private static readonly string[] Texts =
    [
        "'\";--", "'; DROP TABLE packages; --", "%", "_%_", "\\", "nul \0 nul", "two\r\nlines: \r\n\r\nHTTP/1.1 200 OK", "esc \u001b[2J \u001b]0;title\a", "bidi \u202eevil\u2066", "bell \a tab \t", "one\u2028two\u2029three",
        "{\"json\":1}", "<script>alert(1)</script>", "${jndi:ldap://x}", "{0} {Exception} {@x}", "\ud83d\ude00 emoji",
    ];

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Texts.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_text_is_kept_as_it_is_or_refused(int number)
    {
        var text = Texts[number];
        await KeepsOrRefusesAsync("PATCH", "api/scopes/bad", new { description = text }, "api/scopes/bad", text);
        await KeepsOrRefusesAsync("PATCH", "api/scopes/bad/packages/pkg", new { description = text }, "api/scopes/bad/packages/pkg", text);

        // Where it is only looked for or looked up, it is found or not, and never a failure.
        var escaped = Uri.EscapeDataString(text);
        foreach (var path in new[] { $"api/packages?query={escaped}", $"api/symbols?query={escaped}", $"search?q={escaped}", $"api/scopes/{escaped}", $"api/scopes/bad/packages/{escaped}", $"@bad/{escaped}", $"npm/{escaped}", $"login?redirect={escaped}" })
        {
            using var response = await fixture.Server.Http.GetAsync(path);
            Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
            Assert.DoesNotContain(response.Headers, h => h.Value.Any(v => v.Contains('\n', StringComparison.Ordinal)));
        }

        // And in headers, as far as they can carry it.
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/packages");
        if (text.All(char.IsAscii) && request.Headers.TryAddWithoutValidation("User-Agent", text.ReplaceLineEndings(" ").Replace("\0", "", StringComparison.Ordinal)))
        {
            using var response = await fixture.Server.Http.SendAsync(request);
            Assert.True((int)response.StatusCode < 500);
        }

        foreach (var line in fixture.Server.Said.Split('\n').Where(l => l.StartsWith('{')))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
        }

        Assert.DoesNotContain(fixture.Server.Said, c => c is '\u001b' or '\u202e' or '\u2066' or '\a' or '\0');
        Assert.True(fixture.Server.IsAlive);
    }

    /// <summary>Wildcards by the thousand: an answer, and soon another one.</summary>
    [Theory]
    [InlineData("%", 2_000)]
    [InlineData("%", 10_000)]
    [InlineData("_", 6_000)]
    [InlineData("*", 6_000)]
    [InlineData("a ", 3_000)]
    [InlineData("\"", 6_000)]
    [InlineData("(", 6_000)]
    public async Task A_long_query_is_answered_or_refused(string piece, int times)
    {
        var query = Uri.EscapeDataString(string.Concat(Enumerable.Repeat(piece, times)));
        foreach (var path in new[] { "api/packages?query=", "api/symbols?query=", "search?q=" })
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            using var response = await fixture.Server.Http.GetAsync(path + query, limit.Token);
            Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
        }
    }

    private async Task KeepsOrRefusesAsync(string method, string path, object body, string read, string text)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", fixture.Token);
        using var response = await fixture.Server.Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.BadRequest, $"{path}: {(int)response.StatusCode} {answer}");
        if (response.StatusCode != HttpStatusCode.BadRequest)
        {
            Assert.Contains((await fixture.Server.GetJsonAsync(read)).GetProperty("description").GetString(), new[] { text, text.ReplaceLineEndings(" ") }); // a description is one line
        }
    }
}
