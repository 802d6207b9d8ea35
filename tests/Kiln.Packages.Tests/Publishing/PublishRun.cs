using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Names;
using Kiln.Packages.Publishing;
using Kiln.Packages.Tests.Support;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>Publishes files as <c>@sc/pkg</c> 1.2.3 through the whole pipeline, from tarball to artifacts.</summary>
internal static class PublishRun
{
    public const string Config = """{ "name": "@sc/pkg", "version": "1.2.3", "license": "MIT", "exports": "./mod.ts" }""";

    public static readonly DateTimeOffset Timestamp = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public static readonly PublishRequest Request = new(
        ScopeName.Parse("sc"), PackageName.Parse("pkg"), PackageVersion.Parse("1.2.3"), PackagePath.Parse("/deno.json"), "http://h:1/", Timestamp);

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Adds the usual configuration unless there is one.</summary>
    public static Task<PublishResult> BuildAsync(params (string Path, string Text)[] files)
    {
        var all = files.Any(f => f.Path.TrimStart('/') == "deno.json") ? files : [("deno.json", Config), .. files];
        return BuildAsync(Archive(all));
    }

    public static async Task<PublishResult> BuildAsync(byte[] gzip, PublishRequest? request = null)
    {
        using var stream = new MemoryStream(gzip);
        return await PackageBuilder.BuildAsync(stream, request ?? Request, TestContext.Current.CancellationToken);
    }

    public static byte[] Archive(params (string Path, string Text)[] files)
    {
        var forge = new TarForge();
        foreach (var (path, text) in files)
        {
            forge.File(path, text);
        }

        return forge.Gzip();
    }

    public static async Task<PublishArtifacts> SucceedAsync(params (string Path, string Text)[] files)
    {
        var result = await BuildAsync(files);
        Assert.True(result.IsSuccess, $"{result.Error?.Code}: {result.Error?.Message}");
        return result.Artifacts;
    }

    public static async Task<PublishError> FailAsync(params (string Path, string Text)[] files)
    {
        var result = await BuildAsync(files);
        Assert.False(result.IsSuccess);
        Assert.Null(result.Artifacts);
        return result.Error;
    }

    /// <summary>The entries of a tarball, read by the runtime's reader; names without <c>package</c>.</summary>
    /// <param name="programs">Those that are executable.</param>
    public static Dictionary<string, string> Unpack(byte[] tarball, params string[] programs)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        using var gzip = new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress);
#pragma warning disable RS0030 // The judge must not be our own reader.
        using var reader = new TarReader(gzip);
#pragma warning restore RS0030
        string? previous = null;
        while (reader.GetNextEntry() is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            Assert.Equal(Timestamp, entry.ModificationTime);
            Assert.StartsWith("package/", entry.Name, StringComparison.Ordinal);
            Assert.Equal(programs.Contains(entry.Name["package".Length..]) ? Readable | Executable : Readable, entry.Mode);
            Assert.True(previous is null || string.CompareOrdinal(previous, entry.Name) < 0, $"{previous} stands before {entry.Name}.");
            previous = entry.Name;
            using var content = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            entries.Add(entry.Name["package".Length..], content.ReadToEnd());
        }

        return entries;
    }

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
