using System.Net;
using System.Text.RegularExpressions;

namespace Kiln.Server.Tests.Web;

/// <summary>What a browser does that matters here: keeps cookies, says where requests come from, sends forms with their hidden fields.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient client;
    private readonly RunningServer server;

    public Browser(RunningServer server)
    {
        this.server = server;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = server.Address };
    }

    public string? Cookie(string name) => cookies.GetCookies(server.Address)[name]?.Value;

    public async Task<(HttpResponseMessage Response, string Html)> OpenAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        var response = await client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the form of a page that goes to <paramref name="action"/>.</summary>
    public async Task<(HttpResponseMessage Response, string Html)> SubmitAsync(string html, string action, string site = "same-origin", params (string, string)[] fields)
    {
        var start = html.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"No form to {action} in: {html}");
        var form = html[start..html.IndexOf("</form>", start, StringComparison.Ordinal)];
        var values = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value), StringComparer.Ordinal);
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        return await PostAsync(action, values, site);
    }

    public async Task<(HttpResponseMessage Response, string Html)> PostAsync(string path, IReadOnlyDictionary<string, string> values, string site = "same-origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(values) };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        var response = await client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
