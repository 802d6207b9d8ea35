using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kiln.Faults.Harness;

/// <summary>All that the public can read about the sample package, by address. Bytes as they are; in documents, points in time are masked.</summary>
internal static partial class PublicView
{
    public static async Task<IReadOnlyDictionary<string, string>> TakeAsync(HttpClient http, IEnumerable<SamplePackage> versions)
    {
        var view = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var url in versions.SelectMany(v => v.ImmutableUrls))
        {
            view[url] = Encoding.Latin1.GetString(await GetAsync(http, url));
        }

        view[SamplePackage.MetaUrl] = MaskTimes(await GetAsync(http, SamplePackage.MetaUrl));
        view[SamplePackage.PackumentUrl] = MaskTimes(await GetAsync(http, SamplePackage.PackumentUrl));
        view[SamplePackage.PackumentUrl + " (install)"] = MaskTimes(await GetAsync(http, SamplePackage.PackumentUrl, "application/vnd.npm.install-v1+json"));
        return view;
    }

    public static void MustEqual(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (url, bytes) in expected)
        {
            Assert.True(bytes == actual[url], $"{url} differs from the undisturbed run.\nexpected: {bytes}\nactual:   {actual[url]}");
        }
    }

    public static async Task<byte[]> GetAsync(HttpClient http, string url, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accept is not null)
        {
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        }

        using var response = await http.SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {url}: {(int)response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The versions that a meta.json or a packument lists.</summary>
    public static IReadOnlySet<string> VersionsIn(byte[] document)
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.GetProperty("versions").EnumerateObject().Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
    }

    private static string MaskTimes(byte[] document) => Time().Replace(Encoding.UTF8.GetString(document), "\"<time>\"");

    [GeneratedRegex("\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+]00:00)\"", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
