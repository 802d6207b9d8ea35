using System.Globalization;
using System.Text;
using System.Xml;
using Kiln.Registry;
using Kiln.Registry.Statistics;

namespace Kiln.Server.Web;

/// <summary>What search engines should know (registry.md §2.3): an index, the scopes, the packages.</summary>
internal static class SitemapPages
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string IndexCache = "public, max-age=3600, s-maxage=86400, stale-while-revalidate=86400";
    private const string ListCache = "public, max-age=300, s-maxage=3600, stale-while-revalidate=3600";

    public static Task IndexAsync(HttpContext context) => SendAsync(context, IndexCache, "sitemapindex", (xml, site) =>
    {
        foreach (var name in (string[])["sitemap-scopes.xml", "sitemap-packages.xml"])
        {
            xml.WriteStartElement("sitemap");
            xml.WriteElementString("loc", site + name);
            xml.WriteEndElement();
        }
    });

    public static async Task ScopesAsync(HttpContext context) =>
        await SendAsync(context, await context.RequestServices.GetRequiredService<StatisticsService>().ListScopesAsync(context.RequestAborted));

    public static async Task PackagesAsync(HttpContext context) =>
        await SendAsync(context, await context.RequestServices.GetRequiredService<StatisticsService>().ListPackagesAsync(context.RequestAborted));

    /// <summary>How often to look again: what has changed of late will change again.</summary>
    internal static string FrequencyOf(TimeSpan age) => age.TotalDays switch
    {
        < 7 => "daily",
        < 30 => "weekly",
        < 365 => "monthly",
        _ => "yearly",
    };

    private static Task SendAsync(HttpContext context, IReadOnlyList<SitemapEntry> entries)
    {
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return SendAsync(context, ListCache, "urlset", (xml, site) =>
        {
            foreach (var entry in entries)
            {
                xml.WriteStartElement("url");
                xml.WriteElementString("loc", site + entry.Path[1..]);
                xml.WriteElementString("lastmod", entry.LastModified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                xml.WriteElementString("changefreq", FrequencyOf(now - entry.LastModified));
                xml.WriteEndElement();
            }
        });
    }

    private static Task SendAsync(HttpContext context, string cache, string root, Action<XmlWriter, string> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement(root, Namespace);
            write(xml, context.RequestServices.GetRequiredService<RegistryOptions>().PublicUrl);
            xml.WriteEndElement();
        }

        return SiteAssets.SendAsync(context, buffer.ToArray(), "application/xml", cache);
    }
}
