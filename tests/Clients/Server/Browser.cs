using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Kiln.Clients.Server;

/// <summary>
/// A person with a browser that runs no script: follows links and redirects, keeps cookies, and submits forms with the fields that the page
/// shows and the headers that browsers send.
/// </summary>
internal sealed partial class Browser(KilnServer server) : IDisposable
{
    private readonly CookieContainer cookies = new();
    private HttpClient? client;

    private HttpClient Client => client ??= new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = true, UseProxy = false }) { BaseAddress = server.Address };

    /// <summary>Follows a one-time link and presses its button.</summary>
    public async Task<Browser> SignInAsync(string link)
    {
        await SubmitAsync(await OpenAsync(link), "sign in");
        Assert.Contains(cookies.GetCookies(server.Address), c => c.Name == "token");
        return this;
    }

    /// <summary>Signs in as somebody new.</summary>
    public async Task<Browser> SignInAsNewAsync(string name)
    {
        await server.AdminAsync("user", "create", name);
        return await SignInAsync(await server.AdminAsync("user", "link", name, "--public-url", server.Address.ToString()));
    }

    public async Task<WebPage> OpenAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        Dress(request, "none");
        using var response = await Client.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Presses the button whose name, value or text is <paramref name="button"/>, ignoring case.</summary>
    public async Task<WebPage> SubmitAsync(WebPage page, string button)
    {
        foreach (Match form in Form().Matches(page.Html))
        {
            var body = form.Groups["body"].Value;
            foreach (Match candidate in Button().Matches(body))
            {
                var attributes = Attributes(candidate.Groups["attributes"].Value);
                var label = Tag().Replace(candidate.Groups["text"].Value, " ").Trim();
                if (!new[] { attributes.GetValueOrDefault("name"), attributes.GetValueOrDefault("value"), label }.Any(t => t is not null && t.Contains(button, StringComparison.OrdinalIgnoreCase))
                    && !(Attributes(form.Groups["attributes"].Value).GetValueOrDefault("action") ?? "").Contains(button, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                var fields = Input().Matches(body).Select(i => Attributes(i.Groups["attributes"].Value)).Where(a => a.ContainsKey("name"))
                    .Select(a => KeyValuePair.Create(a["name"], a.GetValueOrDefault("value") ?? "")).ToList();
                if (attributes.TryGetValue("name", out var name))
                {
                    fields.Add(KeyValuePair.Create(name, attributes.GetValueOrDefault("value") ?? ""));
                }

                var action = Attributes(form.Groups["attributes"].Value).GetValueOrDefault("formaction") ?? attributes.GetValueOrDefault("formaction") ?? Attributes(form.Groups["attributes"].Value).GetValueOrDefault("action") ?? "";
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, action)) { Content = new FormUrlEncodedContent(fields) };
                Dress(request, "same-origin");
                request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
                using var response = await Client.SendAsync(request);
                return await ReadAsync(response);
            }
        }

        Assert.Fail($"No form with a button '{button}' on {page.Address}:\n{page.Html}");
        throw new InvalidOperationException();
    }

    /// <summary>Makes a scope and packages through the API with the session that the browser has.</summary>
    public async Task NewScopeAsync(string scope, params string[] packages)
    {
        await PostAsync("api/scopes", $$"""{"scope":"{{scope}}","description":""}""");
        foreach (var package in packages)
        {
            await PostAsync($"api/scopes/{scope}/packages", $$"""{"package":"{{package}}"}""");
        }
    }

    public void Dispose() => client?.Dispose();

    private async Task PostAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private static void Dress(HttpRequestMessage request, string site)
    {
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Dest", "document");
        request.Headers.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64)");
    }

    private static async Task<WebPage> ReadAsync(HttpResponseMessage response)
    {
        var html = await response.Content.ReadAsStringAsync();
        var address = response.RequestMessage!.RequestUri!;
        Assert.True(response.IsSuccessStatusCode, $"{address}: {(int)response.StatusCode}\n{html}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return new WebPage(address, html, WebUtility.HtmlDecode(Tag().Replace(html, " ")));
    }

    private static Dictionary<string, string> Attributes(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match m in Attribute().Matches(text))
        {
            found[m.Groups["name"].Value] = WebUtility.HtmlDecode(m.Groups["value"].Value.Trim('"', '\''));
        }

        return found;
    }

    [GeneratedRegex(@"<form(?<attributes>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"<button(?<attributes>[^>]*)>(?<text>.*?)</button>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Button();

    [GeneratedRegex(@"<input(?<attributes>[^>]*)>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Input();

    [GeneratedRegex(@"(?<name>[\w-]+)(=(?<value>""[^""]*""|'[^']*'|[^\s>]+))?", RegexOptions.None, 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"<(style|script)\b.*?</\1>|<[^>]+>", RegexOptions.Singleline | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Tag();
}

/// <param name="Text">The page without its markup.</param>
internal sealed record WebPage(Uri Address, string Html, string Text);
