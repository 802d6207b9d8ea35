using System.Formats.Tar;
using System.Text;

namespace Kiln.Clients.BadInput;

/// <summary>Uploads that are taken and then found wrong: the task fails with its code, and nothing else remains (registry.md §5.3 to §5.7).</summary>
public sealed class RefusedPackageTests(BadInputServer fixture) : IClassFixture<BadInputServer>
{
    private static readonly Dictionary<string, (string Code, Func<byte[]> Archive, string? Message)> Cases = new(StringComparer.Ordinal)
    {
        ["not an archive"] = ("invalidTarball", () => Encoding.UTF8.GetBytes(new string('x', 2000)), null),
        ["nothing"] = ("invalidTarball", () => [], null),
        ["gzip of noise"] = ("invalidTarball", () => Archive.Gzip(Noise(4000)), null),
        ["truncated gzip"] = ("invalidTarball", () => Cut(Archive.Of(("noise.txt", Convert.ToBase64String(Noise(9000)))), 2), null),
        ["truncated tar"] = ("invalidTarball", () => Archive.Gzip(Archive.Tar(("deno.json", Encoding.UTF8.GetBytes(Archive.Config)), ("big.txt", Noise(5000))).AsSpan(0, 3000)), null),
        ["damaged checksum of the compression"] = ("invalidTarball", () => Flip(Archive.Of(), -6), null),
        ["symlink"] = ("linkInTarball", () => Archive.WithEntry(TarEntryType.SymbolicLink, "link.ts", "/etc/passwd"), "link.ts"),
        ["hard link"] = ("linkInTarball", () => Archive.WithEntry(TarEntryType.HardLink, "link.ts", "mod.ts"), "link.ts"),
        ["pipe"] = ("invalidEntryType", () => Archive.WithEntry(TarEntryType.Fifo, "pipe"), null),
        ["device"] = ("invalidEntryType", () => Archive.WithEntry(TarEntryType.CharacterDevice, "device"), null),
        ["path upwards"] = ("invalidPath", () => Archive.Of(("../evil.ts", "")), null),
        ["path upwards inside"] = ("invalidPath", () => Archive.Of(("a/../../evil.ts", "")), null),
        ["path with an empty part"] = ("invalidPath", () => Archive.Of(("a//b.ts", "")), null),
        ["path with a space"] = ("invalidPath", () => Archive.Of(("a b.ts", "")), "a b.ts"),
        ["path with a backslash"] = ("invalidPath", () => Archive.Of(("a\\b.ts", "")), null),
        ["path beyond ASCII"] = ("invalidPath", () => Archive.Of(("é.ts", "")), null),
        ["device name of Windows"] = ("invalidPath", () => Archive.Of(("con.txt", "")), null),
        ["reserved folder"] = ("invalidPath", () => Archive.Of(("_dist/x.ts", "")), null),
        ["path too long"] = ("invalidPath", () => Archive.Of((string.Concat(Enumerable.Repeat("folder-name/", 14)) + "x.ts", "")), null),
        ["git folder"] = ("invalidGitPath", () => Archive.Of((".git/config", "")), null),
        ["file too large"] = ("fileTooLarge", () => Archive.Pack(("big.bin", new byte[(20 * 1024 * 1024) + 1])), null),
        ["files too large together"] = ("packageTooLarge", () => Archive.Pack(("a.bin", new byte[11 * 1024 * 1024]), ("b.bin", new byte[11 * 1024 * 1024])), null),
        ["bomb"] = ("fileTooLarge", () => Archive.Pack(("bomb.bin", new byte[400 * 1024 * 1024])), null),
        ["bomb behind the end"] = ("packageTooLarge", () => Archive.Gzip([.. Archive.Tar(("mod.ts", [])), .. new byte[200 * 1024 * 1024]]), null),
        ["too many files"] = ("tooManyFiles", () => Archive.Pack([.. Enumerable.Range(0, 10_001).Select(i => ($"f{i}.txt", Array.Empty<byte>()))]), null),
        ["names that differ in case"] = ("caseInsensitiveDuplicatePath", () => Archive.Of(("Mod.ts", "")), null),
        ["no configuration"] = ("missingConfigFile", () => Archive.Pack(("mod.ts", [])), "/deno.json"),
        ["configuration that is no JSON"] = ("invalidConfigFile", () => Archive.Of(("deno.json", "{ \"name\": ")), null),
        ["configuration that is no object"] = ("invalidConfigFile", () => Archive.Of(("deno.json", "[]")), null),
        ["empty configuration"] = ("invalidConfigFile", () => Archive.Of(("deno.json", " ")), null),
        ["configuration with a wrong type"] = ("invalidConfigFile", () => Archive.Of(("deno.json", """{ "name": 5, "exports": "./mod.ts" }""")), null),
        ["configuration that is no UTF-8"] = ("invalidConfigFile", () => Archive.Pack(("deno.json", [0x7b, 0xff, 0x7d]), ("mod.ts", [])), null),
        ["configuration without a name"] = ("invalidConfigFile", () => Archive.Of(("deno.json", """{ "exports": "./mod.ts" }""")), null),
        ["another name"] = ("configFileNameMismatch", () => Config("@bad/pkg", "@bad/other"), "@bad/other"),
        ["another version"] = ("configFileVersionMismatch", () => Config("1.0.0", "1.0.1"), "1.0.1"),
        ["no exports"] = ("configFileExportsInvalid", () => Config(", \"exports\": \"./mod.ts\"", ""), null),
        ["empty exports"] = ("configFileExportsInvalid", () => Config("\"./mod.ts\"", "{}"), null),
        ["export without a dot"] = ("configFileExportsInvalid", () => Config("\"./mod.ts\"", "\"mod.ts\""), null),
        ["conditional exports"] = ("configFileExportsInvalid", () => Config("\"./mod.ts\"", """{ ".": { "import": "./mod.ts" } }"""), null),
        ["export key without a dot"] = ("configFileExportsInvalid", () => Config("\"./mod.ts\"", """{ "sub": "./mod.ts" }"""), null),
        ["export of a missing file"] = ("configFileExportsInvalid", () => Config("./mod.ts", "./nothing.ts"), "nothing.ts"),
        ["export in another letter case"] = ("configFileExportsInvalid", () => Config("./mod.ts", "./Mod.ts"), "Mod.ts"),
        ["no license"] = ("missingLicense", () => Config(" \"license\": \"MIT\",", ""), null),
        ["unknown license"] = ("invalidLicense", () => Config("MIT", "Do-What-You-Like"), "Do-What-You-Like"),
        ["license file that says nothing known"] = ("invalidLicense", () => Archive.Of(("deno.json", Archive.Config.Replace(" \"license\": \"MIT\",", "", StringComparison.Ordinal)), ("LICENSE", "all is well")), null),
        ["missing module"] = ("graphError", () => Module("export * from \"./nothing.ts\";"), "/mod.ts:1:"),
        ["import in another letter case"] = ("graphError", () => Archive.Of(("mod.ts", "export * from \"./Other.ts\";"), ("other.ts", "export {};")), "/mod.ts:1:"),
        ["bare specifier"] = ("graphError", () => Module("import \"left-pad\";"), "left-pad"),
        ["syntax error"] = ("graphError", () => Module("export const a = 1;\n\nexport function f() { return a +; }\n"), "/mod.ts:3:33"),
        ["syntax error, source line"] = ("graphError", () => Module("// é\nexport const broken: = 1;\n"), "export const broken: = 1;"),
        ["syntax error in another module"] = ("graphError", () => Archive.Of(("mod.ts", "export * from \"./sub/b.tsx\";"), ("sub/b.tsx", "export const x = <a></b>;\n")), "/sub/b.tsx:1:"),
        ["JSON without its attribute"] = ("graphError", () => Archive.Of(("mod.ts", "import x from \"./x.json\"; export const y: number = x;"), ("x.json", "1")), "x.json"),
        ["global declaration"] = ("globalTypeAugmentation", () => Module("export {};\ndeclare global { interface A {} }\n"), "/mod.ts:2:1"),
        ["module declaration"] = ("globalTypeAugmentation", () => Module("export {};\ndeclare module \"x\" {}\n"), "/mod.ts:2:1"),
        ["global namespace"] = ("globalTypeAugmentation", () => Module("export {};\nexport as namespace X;\n"), null),
        ["require import"] = ("commonJs", () => Module("import fs = require(\"node:fs\");\nexport const x: unknown = fs;\n"), "/mod.ts:1:1"),
        ["CommonJS file"] = ("commonJs", () => Archive.Of(("mod.ts", "import \"./x.cjs\"; export {};"), ("x.cjs", "module.exports = 1;")), "x.cjs"),
        ["library reference"] = ("bannedTripleSlashDirectives", () => Module("/// <reference lib=\"dom\" />\nexport {};\n"), "/mod.ts:1:"),
        ["import assertion"] = ("bannedImportAssertion", () => Archive.Of(("mod.ts", "import x from \"./x.json\" assert { type: \"json\" }; export const y: number = x;"), ("x.json", "1")), "/mod.ts:1:"),
        ["import from the web"] = ("invalidExternalImport", () => Module("import \"https://example.com/x.ts\"; export {};"), "https://example.com/x.ts"),
        ["import of an unknown scheme"] = ("invalidExternalImport", () => Module("import \"ftp://example.com/x.ts\"; export {};"), "ftp://example.com/x.ts"),
        ["npm package without a version"] = ("missingConstraint", () => Module("import \"npm:chalk\"; export {};"), "chalk"),
        ["jsr package without a version"] = ("missingConstraint", () => Module("import \"jsr:@bad/dep\"; export {};"), "@bad/dep"),
        ["npm name that is none"] = ("invalidNpmSpecifier", () => Module("import \"npm:@chalk\"; export {};"), null),
        ["jsr name that is none"] = ("invalidJsrSpecifier", () => Module("import \"jsr:@bad\"; export {};"), null),
        ["jsr name without a scope"] = ("invalidJsrScopedPackageName", () => Module("import \"jsr:dep@1\"; export {};"), "dep"),
        ["dependency that does not exist"] = ("unresolvableJsrDependency", () => Module("import \"jsr:@bad/nothing@1\"; export {};"), "@bad/nothing"),
        ["dependency without such a version"] = ("unresolvableJsrDependency", () => Module("import \"jsr:@bad/dep@2\"; export {};"), "@bad/dep"),
        ["dependency without such an export"] = ("invalidJsrDependencySubPath", () => Module("import \"jsr:@bad/dep@1/nope\"; export {};"), "nope"),
    };

    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses(string name)
    {
        var (code, archive, message) = Cases[name];
        var before = await Traces.BeforeAsync(fixture.Server);

        var task = await fixture.FinishAsync(await fixture.UploadAsync("bad/packages/pkg/versions/1.0.0?config=/deno.json", archive(), fixture.Token));

        Assert.Equal("failure", task.GetProperty("status").GetString());
        var error = task.GetProperty("error");
        Assert.True(code == error.GetProperty("code").GetString(), $"expected {code}: {error}");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.Contains(message ?? "", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        await Traces.MustBecomeAsync(fixture.Server, before, failedTask: true);
        Assert.True(fixture.Server.IsAlive);
        Assert.Equal(404, (int)(await fixture.Server.Http.GetAsync("@bad/pkg/meta.json")).StatusCode);
        Assert.Equal(404, (int)(await fixture.Server.Http.GetAsync("npm/@jsr/bad__pkg")).StatusCode);
    }

    private static byte[] Module(string text) => Archive.Of(("mod.ts", text));

    private static byte[] Config(string replace, string by)
    {
        Assert.Contains(replace, Archive.Config, StringComparison.Ordinal);
        return Archive.Of(("deno.json", Archive.Config.Replace(replace, by, StringComparison.Ordinal)));
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Cut(byte[] bytes, int part) => bytes[..(bytes.Length / part)];

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[^-at] ^= 0x40;
        return bytes;
    }
}
