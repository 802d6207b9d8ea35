using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiln.Tooling;

namespace Kiln.Faults.Harness;

/// <summary>What a cluster's database and store must look like when all is quiet (security.md §3.8), asked from outside.</summary>
internal static class ClusterAftermath
{
    /// <param name="gateway">A process that serves files.</param>
    /// <param name="published">All versions there must be, with the names of their packages, and no others.</param>
    public static async Task CheckAsync(Cluster cluster, ClusterProcess gateway, IReadOnlyCollection<(string Name, SamplePackage Package)> published)
    {
        await cluster.SettleAsync();

        // I4, I5, I6, I8: each version once, by one task that succeeded, one locked claim on its bytes, one line in the log.
        var expected = published.Select(p => $"{p.Name}@{p.Package.Version}").Order(StringComparer.Ordinal).ToArray();
        Assert.Empty(await cluster.RowsAsync("SELECT id || ' ' || status FROM publishing_tasks WHERE status <> 'success' OR lease IS NOT NULL"));
        Assert.Equal(expected, await SortedAsync("SELECT name || '@' || version FROM publishing_tasks"));
        Assert.Equal(expected, await SortedAsync("SELECT name || '@' || version FROM package_versions"));
        Assert.Equal(expected, await SortedAsync("SELECT (meta::json ->> 'package') || '@' || (meta::json ->> 'version') FROM audit_log WHERE action = 'publish_version'"));
        Assert.Equal(expected, await SortedAsync("SELECT name || '@' || version FROM version_docs"));
        Assert.Equal(
            published.Select(p => $"{p.Name}@{p.Package.Version} locked {p.Package.Sha256}").Order(StringComparer.Ordinal),
            await SortedAsync("SELECT name || '@' || version || ' ' || state || ' ' || tarball_sha256 FROM version_claims"));
        Assert.Empty(await cluster.RowsAsync("SELECT name FROM packages WHERE shown_gen <> meta_gen"));

        // I1, I2, I7: what the gateway gives: the lists are complete, and everything they name has the bytes that were published.
        foreach (var group in published.GroupBy(p => p.Name, p => p.Package))
        {
            var versions = group.Select(p => p.Version).ToHashSet(StringComparer.Ordinal);
            Assert.Equal(versions, PublicView.VersionsIn(await GetAsync(gateway, $"@{SamplePackage.Scope}/{group.Key}/meta.json")).ToHashSet(StringComparer.Ordinal));
            using var packument = JsonDocument.Parse(await GetAsync(gateway, $"npm/@jsr/{SamplePackage.Scope}__{group.Key}"));
            Assert.Equal(versions, packument.RootElement.GetProperty("versions").EnumerateObject().Select(v => v.Name).ToHashSet(StringComparer.Ordinal));
            foreach (var package in group)
            {
                using var meta = JsonDocument.Parse(await GetAsync(gateway, $"@{SamplePackage.Scope}/{group.Key}/{package.Version}_meta.json"));
                Assert.Equal(package.Files.Keys.Order(StringComparer.Ordinal), meta.RootElement.GetProperty("manifest").EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
                foreach (var (path, content) in package.Files)
                {
                    Assert.Equal(content, await GetAsync(gateway, $"@{SamplePackage.Scope}/{group.Key}/{package.Version}{path}"));
                    Assert.Equal("sha256-" + Convert.ToHexStringLower(SHA256.HashData(content)), meta.RootElement.GetProperty("manifest").GetProperty(path).GetProperty("checksum").GetString());
                }

                var tarball = await GetAsync(gateway, $"npm/@jsr/{SamplePackage.Scope}__{group.Key}/-/{SamplePackage.Scope}__{group.Key}-{package.Version}.tgz");
                Assert.Equal(
                    "sha512-" + Convert.ToBase64String(SHA512.HashData(tarball)),
                    packument.RootElement.GetProperty("versions").GetProperty(package.Version).GetProperty("dist").GetProperty("integrity").GetString());
            }
        }

        // I10: no process has said a secret.
        Assert.DoesNotContain(cluster.Token, cluster.Said, StringComparison.Ordinal);

        await CheckedAsync(cluster);

        async Task<string[]> SortedAsync(string sql) => [.. (await cluster.RowsAsync(sql)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The registry's own check finds nothing.</summary>
    public static async Task CheckedAsync(Cluster cluster)
    {
        string[] storage = cluster.Storage is null ? [] : ["--storage", cluster.Storage];
        var fsck = await Child.RunAsync(
            Path.Combine(ToolPaths.Root, "kiln"), ["fsck", "--data", cluster.Data, "--database", cluster.Database, "--public-url", "http://kiln.example/", .. storage], ToolPaths.Root, seconds: 600);
        Assert.True(fsck.ExitCode == 0, $"kiln fsck: {fsck.ExitCode}\n{fsck.Everything}");
    }

    /// <summary>All that is public about a version of the sample package.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ViewAsync(ClusterProcess gateway, SamplePackage package)
    {
        var view = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var url in package.ImmutableUrls.Append(SamplePackage.MetaUrl).Append(SamplePackage.PackumentUrl))
        {
            view[url] = Encoding.Latin1.GetString(await GetAsync(gateway, url));
        }

        return view;
    }

    public static async Task<byte[]> GetAsync(ClusterProcess gateway, string url)
    {
        using var response = await gateway.Http.GetAsync(new Uri(gateway.Address, url));
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"GET {url}: {(int)response.StatusCode}");
        return await response.Content.ReadAsByteArrayAsync();
    }
}
