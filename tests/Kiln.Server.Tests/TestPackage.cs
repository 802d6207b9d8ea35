using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kiln.Registry.Catalog;
using Kiln.Registry.Docs;
using Microsoft.Extensions.DependencyInjection;

namespace Kiln.Server.Tests;

/// <summary>Publishes packages over HTTP and waits for what follows.</summary>
internal static class TestPackage
{
    /// <summary>The name of a file and its text; <c>deno.json</c> is added.</summary>
    public static async Task PublishAsync(
        RunningServer server, ApiClient owner, string scope, string package, string version, IReadOnlyDictionary<string, string> exports, params (string Path, string Text)[] files)
    {
        var configuration = JsonSerializer.Serialize(new { name = $"@{scope}/{package}", version, exports, license = "MIT" });
        var content = new ByteArrayContent(Pack([.. files.Select(f => (f.Path, Encoding.UTF8.GetBytes(f.Text))), ("deno.json", Encoding.UTF8.GetBytes(configuration))]));
        content.Headers.ContentEncoding.Add("gzip");
        var reply = await owner.PostAsync($"scopes/{scope}/packages/{package}/versions/{version}?config=/deno.json", content);
        await FinishAsync(owner, reply);
    }

    /// <summary>Waits for the success of a publish that was accepted.</summary>
    public static async Task FinishAsync(ApiClient owner, Reply reply)
    {
        Assert.True(reply.Status == 200, reply.Body);
        for (var i = 0; ; i++)
        {
            var task = (await owner.GetAsync($"publish_status/{reply.Json["id"]!.GetValue<string>()}")).Json;
            if (task["status"]!.GetValue<string>() is "success" or "failure")
            {
                Assert.True(task["status"]!.GetValue<string>() == "success", task.ToJsonString());
                return;
            }

            Assert.True(i < 600, "The task did not end within a minute.");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until the documentation is there or has failed, and all other jobs are done.</summary>
    public static async Task<VersionDocumentation> DocumentedAsync(RunningServer server, string scope, string package, string version)
    {
        for (var i = 0; ; i++)
        {
            var view = await server.App.Services.GetRequiredService<PackageViews>().FindAsync(scope, package, version, CancellationToken.None);
            var settled = await server.App.Services.GetRequiredService<Registry.Data.Database>().ReadAsync(
                s => s.CountAsync("SELECT COUNT(*) FROM jobs WHERE status <> 'failed'"), CancellationToken.None) == 0;
            if (settled && view!.Documentation.State != DocumentationState.Pending)
            {
                return view.Documentation;
            }

            Assert.True(i < 600, "The documentation was not made within a minute.");
            await Task.Delay(100);
        }
    }

    /// <summary>Made with the framework's writer, not with ours.</summary>
    public static byte[] Pack(IEnumerable<(string Path, byte[] Content)> files)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
            }
        }

        return buffer.ToArray();
    }
}
