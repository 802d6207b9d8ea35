using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Kiln.Faults;

/// <summary>A registry with an author, a scope and an empty package, made once; every test works on a copy. And what an undisturbed publish leaves in the store.</summary>
public sealed partial class Scenario : IAsyncLifetime
{
    public const string Scope = "faults";
    public const string Package = "pkg";

    private readonly string root = Directory.CreateTempSubdirectory("kiln-faults-").FullName;
    private int copies;

    public string Token { get; private set; } = "";

    /// <summary>One address for all runs: it stands in packuments.</summary>
    public int Port { get; } = ServerProcess.FreePort();

    /// <summary>Path below <c>objects</c> → bytes, of a publish of version 1.0.0 that nothing disturbed.</summary>
    public IReadOnlyDictionary<string, byte[]> Undisturbed { get; private set; } = new Dictionary<string, byte[]>();

    /// <summary>Addresses of all public files of 1.0.0, and of what tells about it.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    private string Template => Path.Combine(root, "template");

    /// <summary>Several folders and kinds of files; one dependency on npm.</summary>
    public static byte[] Tarball(string version, string word = "clay") => Tar(
        ("deno.json", $$"""{ "name": "@{{Scope}}/{{Package}}", "version": "{{version}}", "license": "MIT", "exports": { ".": "./mod.ts", "./lib": "./lib/lib.ts" } }"""),
        ("README.md", "# A package that survives\n"),
        ("data.json", """{ "fired": true }"""),
        ("lib/lib.ts", $"export enum Ware {{ Cup, Bowl }}\nexport const word: string = \"{word}\";\n"),
        ("mod.ts", "import data from \"./data.json\" with { type: \"json\" };\nimport chalk from \"npm:chalk@^5\";\nexport * from \"./lib/lib.ts\";\nexport const fired: boolean = data.fired && !!chalk;\n"));

    public async ValueTask InitializeAsync()
    {
        await ServerProcess.RunAsync("admin", "user", "create", "author", "--staff", "--data", Template);
        Token = (await ServerProcess.RunAsync("admin", "token", "create", "--user", "author", "--data", Template)).Trim();
        await using (var server = await ServerProcess.StartAsync(Template, Token, port: Port))
        {
            (await server.Client.PostAsJsonAsync("/api/scopes", new { scope = Scope, description = "" })).EnsureSuccessStatusCode();
            (await server.Client.PostAsJsonAsync($"/api/scopes/{Scope}/packages", new { package = Package })).EnsureSuccessStatusCode();
        }

        var data = NewData();
        await using (var server = await ServerProcess.StartAsync(data, Token, port: Port))
        {
            using var body = new ByteArrayContent(Tarball("1.0.0"));
            var reply = (await server.PublishAsync("1.0.0", body))!.Value;
            var task = await server.WaitForTaskAsync(reply.Body.GetProperty("id").GetString()!);
            Assert.True(task.GetProperty("status").GetString() == "success", $"{task}\n{server.Output}");
        }

        Undisturbed = ReadStore(data);
        Addresses = [.. Undisturbed.Keys.Where(k => !k.EndsWith(".gz", StringComparison.Ordinal) && !k.Contains(".install", StringComparison.Ordinal)).Select(AddressOf)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    public string NewData()
    {
        var target = Path.Combine(root, $"run-{Interlocked.Increment(ref copies)}");
        foreach (var file in Directory.GetFiles(Template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    public static Dictionary<string, byte[]> ReadStore(string data)
    {
        var objects = Path.Combine(data, "objects");
        return Directory.GetFiles(objects, "*", SearchOption.AllDirectories)
            .Select(f => (Path: Path.GetRelativePath(objects, f), File: f))
            .Where(f => f.Path.StartsWith("modules/", StringComparison.Ordinal) || f.Path.StartsWith("npm/", StringComparison.Ordinal))
            .ToDictionary(f => f.Path, f => File.ReadAllBytes(f.File), StringComparer.Ordinal);
    }

    public static IReadOnlyList<string> Staged(string data) => Directory.GetFiles(Path.Combine(data, "objects", "staging"));

    /// <summary>Temporary files that nobody will ever finish.</summary>
    public static IReadOnlyList<string> Temporary(string data) =>
        [.. Directory.GetFiles(Path.Combine(data, "tmp"), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal))];

    public static long Count(string data, string table, string where = "1 = 1")
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "kiln.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table} WHERE {where}";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Whether the database is sound by its own judgement.</summary>
    public static bool IsSound(string data)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "kiln.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()! == "ok";
    }

    /// <summary>Versions and their files never differ; documents about the package differ in the time of the publish alone.</summary>
    public void AssertAsUndisturbed(string data)
    {
        var store = ReadStore(data);
        Assert.Equal(Undisturbed.Keys.Order(StringComparer.Ordinal), store.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in Undisturbed)
        {
            if (IsMutable(path))
            {
                Assert.Equal(Text(path, bytes), Text(path, store[path]));
            }
            else
            {
                Assert.True(bytes.AsSpan().SequenceEqual(store[path]), $"{path} has other bytes than after an undisturbed publish.");
            }
        }
    }

    public static bool IsMutable(string path) => path.EndsWith("/meta.json", StringComparison.Ordinal) || (path.StartsWith("npm/", StringComparison.Ordinal) && !path.EndsWith(".tgz", StringComparison.Ordinal));

    private static string AddressOf(string path) => path switch
    {
        _ when path.StartsWith("modules/", StringComparison.Ordinal) => path["modules".Length..],
        _ when path.EndsWith(".tgz", StringComparison.Ordinal) => "/" + path,
        _ => "/" + path[..^".json".Length],
    };

    private static string Text(string path, byte[] bytes)
    {
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var plain = new MemoryStream();
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            gzip.CopyTo(plain);
            bytes = plain.ToArray();
        }

        return Timestamp().Replace(Encoding.UTF8.GetString(bytes), "TIME");
    }

    private static byte[] Tar(params (string Path, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), ModificationTime = DateTimeOffset.UnixEpoch });
            }
        }

        return buffer.ToArray();
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", RegexOptions.None, 1000)]
    private static partial Regex Timestamp();
}
