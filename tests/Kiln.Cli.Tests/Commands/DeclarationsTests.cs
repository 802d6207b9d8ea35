using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

public sealed class DeclarationsTests : IDisposable
{
    private readonly CliProgram program = new();

    [Fact]
    public async Task A_package_gets_declarations_of_what_its_public_API_reaches()
    {
        program.Write("p/deno.json", """{ "name": "@tt/aa", "version": "1.0.0", "exports": "./mod.ts", "imports": { "lib/": "./lib/", "chalk": "npm:chalk@5" } }""");
        program.Write("p/mod.ts", "import { B } from \"lib/b.ts\";\nimport \"./inner.ts\";\nimport type { C } from \"chalk\";\nimport type { D } from \"./d.d.ts\";\nexport const a: B | C | D = 1;\n");
        program.Write("p/lib/b.ts", "export type B = number;\n");
        program.Write("p/inner.ts", "export const x = f();\n");
        program.Write("p/d.d.ts", "export type D = string;\n");
        program.Write("p/test.ts", "export const t = f();\n");
        var (code, _, errors) = await program.RunAsync("declarations", "p", "--out", "out");
        Assert.Equal((0, "3 files written"), (code, errors.Trim()));
        Assert.Equal("import { B } from \"./lib/b.js\";\nimport type { C } from \"chalk\";\nimport type { D } from \"./d.js\";\nexport declare const a: B | C | D;\n", program.Read("out/mod.d.ts"));
        Assert.Equal("export type B = number;\n", program.Read("out/lib/b.d.ts"));
        Assert.Equal("export type D = string;\n", program.Read("out/d.d.ts"));
        Assert.False(program.Exists("out/inner.d.ts"));
        Assert.False(program.Exists("out/test.d.ts"));
    }

    [Fact]
    public async Task Files_are_entry_points_and_bring_what_they_reach()
    {
        program.Write("src/a.ts", "export * from \"./sub/b.mts\";\nexport const a = 1;\n");
        program.Write("src/sub/b.mts", "export const b: string = \"\";\nconst hidden = f();\n");
        program.Write("src/c.tsx", "export const c: number = 1;\n");
        program.Write("src/old.js", "export const d = 1;\n");
        var (code, _, errors) = await program.RunAsync("declarations", "src/a.ts", "--out", "one");
        Assert.Equal((0, "2 files written"), (code, errors.Trim()));
        Assert.Equal("export * from \"./sub/b.mts\";\nexport declare const a = 1;\n", program.Read("one/a.d.ts"));
        Assert.Equal("export declare const b: string;\n", program.Read("one/sub/b.d.mts"));

        await program.RunAsync("declarations", "src", "--out", "all");
        Assert.Equal(["a.d.ts", "c.d.ts", "sub/b.d.mts"], Directory.EnumerateFiles(Path.Combine(program.Folder, "all"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(program.Folder, "all"), f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_declared_is_any_and_reported()
    {
        program.Write("a.ts", "export const a = f();\n");
        var (code, _, errors) = await program.RunAsync("declarations", "a.ts", "--out", "out");
        Assert.Equal(1, code);
        Assert.Equal("export declare const a: any;\n", program.Read("out/a.d.ts"));
        Assert.Contains("a.ts:1:14: error missing-explicit-type", errors, StringComparison.Ordinal);
        Assert.EndsWith("1 file written, 1 problem in 1 file", errors.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_tells_what_was_written_where_and_what_is_missing()
    {
        program.Write("src/a.ts", "export const a = f();\n");
        program.Write("src/b.ts", "export const b = 1;\n");
        program.Write("src/broken.ts", "export const = 1;\n");
        var (code, output, errors) = await program.RunAsync("declarations", "src", "--out", "out", "--json");
        Assert.Equal((1, ""), (code, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(["src/a.ts", "src/b.ts", "src/broken.ts"], lines.Select(l => l.GetProperty("file").GetString()));
        Assert.Equal("out/a.d.ts", lines[0].GetProperty("output").GetString());
        Assert.Equal("missing-explicit-type", lines[0].GetProperty("diagnostics")[0].GetProperty("code").GetString());
        Assert.Equal(0, lines[1].GetProperty("diagnostics").GetArrayLength());
        Assert.False(lines[2].TryGetProperty("output", out _));
        Assert.Equal(JsonValueKind.Number, lines[2].GetProperty("diagnostics")[0].GetProperty("code").ValueKind);
    }

    [Fact]
    public async Task Maps_lead_to_the_sources()
    {
        program.Write("src/a.ts", "export const a = 1;\n");
        await program.RunAsync("declarations", "src/a.ts", "--out", "out", "--sourcemap");
        Assert.EndsWith("//# sourceMappingURL=a.d.ts.map", program.Read("out/a.d.ts").TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("../src/a.ts", JsonDocument.Parse(program.Read("out/a.d.ts.map")).RootElement.GetProperty("sources")[0].GetString());
    }

    [Fact]
    public async Task What_is_no_TypeScript_or_would_collide_is_refused()
    {
        program.Write("a.js", "");
        program.Write("d/a.ts", "export {};\n");
        program.Write("d/a.tsx", "export {};\n");
        program.Write("empty/readme.md", "");
        Assert.Equal(2, (await program.RunAsync("declarations", "a.js", "--out", "out")).Code);
        Assert.Equal(2, (await program.RunAsync("declarations", "missing", "--out", "out")).Code);
        Assert.Contains("no TypeScript in 'empty'", (await program.RunAsync("declarations", "empty", "--out", "out")).Errors, StringComparison.Ordinal);
        var (code, _, errors) = await program.RunAsync("declarations", "d", "--out", "out");
        Assert.Equal(2, code);
        Assert.Contains("would both become 'a.d.ts'", errors, StringComparison.Ordinal);
        Assert.False(program.Exists("out"));
    }

    public void Dispose() => program.Dispose();
}
