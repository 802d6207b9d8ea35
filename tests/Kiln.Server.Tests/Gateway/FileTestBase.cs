using System.IO.Compression;
using System.Text;
using Kiln.Registry.Storage;

namespace Kiln.Server.Tests.Gateway;

/// <summary>Tests against <see cref="FileServer"/>; the tests of one class share it.</summary>
public abstract class FileTestBase(FileServer files) : IClassFixture<FileServer>
{
    protected const string Source = FileServer.Source;
    protected const string Packument = FileServer.Packument;
    protected const string InstallPackument = FileServer.InstallPackument;

    private protected RunningServer Server => files.Server;

    private protected virtual FrontServer Front => FrontServer.Kestrel;
}

/// <summary>A server with one package in its store, put there without the pipeline: the gateway must need nothing but objects.</summary>
public class FileServer : IAsyncLifetime
{
    internal const string Source = "export const answer: number = 42;\n";
    internal const string Packument = "{\n  \"name\": \"@jsr/luca__flag\"\n}";
    internal const string InstallPackument = "{\"name\":\"@jsr/luca__flag\",\"modified\":\"2026-01-01T00:00:00.000Z\"}";

    internal RunningServer Server { get; private protected set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        var storage = await StorageAsync();
        Server = await RunningServer.StartAsync(settings: s => s with { Storage = storage });
        await Server.PutAsync(Bucket.Modules, "@luca/flag/meta.json", """{"scope":"luca","name":"flag","latest":"1.0.0","versions":{"1.0.0":{}}}""");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0_meta.json", """{"manifest":{},"exports":{".":"./mod.ts"}}""");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/mod.ts", Source);
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/deno.json", "{}");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/page.html", "<script>alert(1)</script>");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/LICENSE", "MIT");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/logo.svg", "<svg></svg>");
        await Server.PutAsync(Bucket.Modules, "@luca/flag/1.0.0/large.wasm", new byte[700_000]);
        await PutPackumentAsync(Packument, InstallPackument);
        await Server.PutAsync(Bucket.Npm, "@jsr/luca__flag/-/luca__flag-1.0.0.tgz", [0x1f, 0x8b, 1, 2, 3]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Null for folders.</summary>
    private protected virtual Task<string?> StorageAsync() => Task.FromResult<string?>(null);

    private async Task PutPackumentAsync(string full, string install)
    {
        await Server.PutAsync(Bucket.Npm, "@jsr/luca__flag", full);
        await Server.PutAsync(Bucket.Npm, "@jsr/luca__flag.json.gz", Gzip(full));
        await Server.PutAsync(Bucket.Npm, "@jsr/luca__flag.install", install);
        await Server.PutAsync(Bucket.Npm, "@jsr/luca__flag.install.json.gz", Gzip(install));
    }

    private static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return buffer.ToArray();
    }
}
