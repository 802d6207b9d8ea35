using System.Diagnostics;
using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

public sealed class PackTests : IDisposable
{
    private readonly CliProgram program = new();

    public PackTests()
    {
        program.Write("p/deno.json", """{ "name": "@tt/aa", "version": "1.0.0", "exports": "./mod.ts", "license": "MIT", "imports": { "chalk": "npm:chalk@5", "lib/": "./lib/" } }""");
        program.Write("p/mod.ts", "import \"chalk\";\nexport * from \"lib/b.ts\";\n");
        program.Write("p/lib/b.ts", "export const b: number = 1;\n");
    }

    [Fact]
    public async Task The_tarball_holds_what_the_list_says()
    {
        var (code, output, errors) = await program.RunAsync("pack", "p", "--out", "out/x.tgz");
        Assert.Equal(0, code);
        Assert.Contains("@jsr/tt__aa@1.0.0: ", errors, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(program.Folder, "unpacked"));
        using var tar = Process.Start("tar", ["-xzf", Path.Combine(program.Folder, "out/x.tgz"), "-C", Path.Combine(program.Folder, "unpacked")]);
        await tar.WaitForExitAsync();
        var files = Directory.EnumerateFiles(Path.Combine(program.Folder, "unpacked/package"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(program.Folder, "unpacked/package"), f)).Order(StringComparer.Ordinal);
        Assert.Equal(files, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[12..]).Order(StringComparer.Ordinal));
        Assert.Equal("import \"chalk\";\nexport * from \"./lib/b.js\";\n", (await File.ReadAllTextAsync(Path.Combine(program.Folder, "unpacked/package/mod.js"))).Split("//#")[0]);
    }

    [Fact]
    public async Task JSON_tells_names_sizes_and_hashes()
    {
        var (code, output, _) = await program.RunAsync("pack", "p", "--json");
        Assert.Equal(0, code);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("@jsr/tt__aa", "1.0.0", "tt__aa-1.0.0.tgz", 0), (json.GetProperty("name").GetString(), json.GetProperty("version").GetString(), json.GetProperty("file").GetString(), json.GetProperty("slowTypes").GetInt32()));
        Assert.Equal(new FileInfo(Path.Combine(program.Folder, "tt__aa-1.0.0.tgz")).Length, json.GetProperty("size").GetInt64());
        Assert.Equal(json.GetProperty("unpackedSize").GetInt64(), json.GetProperty("files").EnumerateArray().Sum(f => f.GetProperty("size").GetInt64()));
        Assert.Equal(
            "sha512-" + Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(await File.ReadAllBytesAsync(Path.Combine(program.Folder, "tt__aa-1.0.0.tgz")))),
            json.GetProperty("integrity").GetString());
    }

    [Fact]
    public async Task Slow_types_are_reported_and_packed()
    {
        program.Write("p/lib/b.ts", "export const b = f();\n");
        var (code, _, errors) = await program.RunAsync("pack", "p");
        Assert.Equal(0, code);
        Assert.Contains("error missing-explicit-type", errors, StringComparison.Ordinal);
        Assert.Contains("1 type cannot be told from the source", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_sources_give_equal_bytes()
    {
        await program.RunAsync("pack", "p", "--out", "1.tgz");
        await program.RunAsync("pack", "p", "--out", "2.tgz");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(program.Folder, "1.tgz")), await File.ReadAllBytesAsync(Path.Combine(program.Folder, "2.tgz")));
    }

    [Fact]
    public async Task What_could_not_be_published_is_not_packed()
    {
        program.Write("p/mod.ts", "export * from \"./none.ts\";\n");
        var (code, _, errors) = await program.RunAsync("pack", "p", "--out", "x.tgz");
        Assert.Equal(1, code);
        Assert.Contains("p/mod.ts:1:15: error module-not-found", errors, StringComparison.Ordinal);
        Assert.False(program.Exists("x.tgz"));
    }

    [Fact]
    public async Task There_has_to_be_one_package()
    {
        Assert.Equal(2, (await program.RunAsync("pack", "missing")).Code);
        program.Write("plain/a.ts", "");
        Assert.Contains("is no package", (await program.RunAsync("pack", "plain")).Errors, StringComparison.Ordinal);
        program.Write("deno.json", """{ "workspace": ["p", "q"] }""");
        program.Write("q/deno.json", """{ "name": "@tt/qq", "version": "1.0.0", "exports": "./mod.ts" }""");
        var (code, _, errors) = await program.RunAsync("pack", ".");
        Assert.Equal(2, code);
        Assert.Contains("name the folder of one: ./p, ./q", errors, StringComparison.Ordinal);
    }

    public void Dispose() => program.Dispose();
}
