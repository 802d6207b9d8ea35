using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

public sealed class TranspileTests : IDisposable
{
    private readonly CliProgram program = new();

    [Fact]
    public async Task A_folder_becomes_JavaScript_of_the_same_shape()
    {
        program.Write("src/main.ts", "import { x, type T } from \"./lib/x.ts\";\nexport const y: T = x;\n");
        program.Write("src/lib/x.ts", "export type T = number;\nexport const x: T = 1;\n");
        program.Write("src/lib/types.d.ts", "export type U = 1;\n");
        program.Write("src/copy.js", "export default 1;\n");
        program.Write("src/m.mts", "export const m: 1 = 1;\n");
        var (code, _, errors) = await program.RunAsync("transpile", "src", "--out", "out", "--sourcemap");
        Assert.Equal((0, "4 files written"), (code, errors.Trim()));
        Assert.Equal("import { x } from \"./lib/x.js\";\nexport const y = x;\n//# sourceMappingURL=main.js.map", program.Read("out/main.js"));
        Assert.Equal("export default 1;\n", program.Read("out/copy.js"));
        Assert.True(program.Exists("out/m.mjs"));
        Assert.False(program.Exists("out/lib/types.d.ts"));

        using var map = JsonDocument.Parse(program.Read("out/lib/x.js.map"));
        Assert.Equal("x.js", map.RootElement.GetProperty("file").GetString());
        Assert.Equal("../../src/lib/x.ts", map.RootElement.GetProperty("sources")[0].GetString());
    }

    [Fact]
    public async Task A_file_with_a_syntax_error_is_not_written_and_the_others_are()
    {
        program.Write("good.ts", "export const a: number = 1;\n");
        program.Write("bad.ts", "export const = 1;\n");
        var (code, _, errors) = await program.RunAsync("transpile", "good.ts", "bad.ts", "--out", "out");
        Assert.Equal(1, code);
        Assert.Equal("export const a = 1;\n", program.Read("out/good.js"));
        Assert.False(program.Exists("out/bad.js"));
        Assert.Contains("bad.ts:1:14: error TS", errors, StringComparison.Ordinal);
        Assert.Contains("1 file written, 1 failed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_run_as_it_stands_is_written_and_reported_and_decorators_stay_unless_told_otherwise()
    {
        program.Write("a.ts", "const a: number = 1;\nexport = a;\n");
        program.Write("b.ts", "@d class B { accessor x: number = 1; }\n");
        var (code, _, errors) = await program.RunAsync("transpile", "a.ts", "b.ts", "--out", "out");
        Assert.Equal(1, code);
        Assert.Contains("a.ts:2:1: error TS1203", errors, StringComparison.Ordinal);
        Assert.Contains("2 files written, 1 of them with problems", errors, StringComparison.Ordinal);
        Assert.StartsWith("const a = 1;\n", program.Read("out/a.js"), StringComparison.Ordinal);
        Assert.Equal("@d class B { accessor x = 1; }\n", program.Read("out/b.js"));
        await program.RunAsync("transpile", "b.ts", "--out", "old", "--target", "es2022");
        Assert.DoesNotContain("accessor x", program.Read("old/b.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_never_become_one()
    {
        program.Write("src/a.ts", "export const a = 1;\n");
        program.Write("src/a.tsx", "export const a = 2;\n");
        var (code, _, errors) = await program.RunAsync("transpile", "src", "--out", "out");
        Assert.Equal(2, code);
        Assert.Contains("'src/a.ts' and 'src/a.tsx' would both become 'out/a.js'", errors, StringComparison.Ordinal);
        Assert.False(program.Exists("out/a.js"));
    }

    [Fact]
    public async Task An_output_folder_inside_the_source_is_no_source()
    {
        program.Write("a.ts", "export const a: 1 = 1;\n");
        for (var run = 0; run < 2; run++)
        {
            Assert.Equal((0, "1 file written"), await program.RunAsync("transpile", ".", "--out", "out") is var r ? (r.Code, r.Errors.Trim()) : default);
        }

        Assert.False(program.Exists("out/out/a.js"));
    }

    [Fact]
    public async Task What_cannot_be_transpiled_is_an_error()
    {
        program.Write("types.d.ts", "export type A = 1;\n");
        program.Write("notes.md", "text\n");
        Directory.CreateDirectory(Path.Combine(program.Folder, "empty"));
        foreach (var argument in (string[])["types.d.ts", "notes.md", "empty", "missing.ts"])
        {
            var (code, _, errors) = await program.RunAsync("transpile", argument, "--out", "out");
            Assert.Equal(2, code);
            Assert.Contains($"'{argument}'", errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_an_error()
    {
        program.Write("a.ts", "export const a = 1;\n");
        program.Write("out", "a file");
        Assert.Equal(2, (await program.RunAsync("transpile", "a.ts", "--out", "out")).Code);
        Assert.Equal("a file", program.Read("out"));
    }

    [Theory]
    [InlineData("esnext", "@d class A { accessor b = 1 }\n")]
    [InlineData("es2022", null)]
    public async Task The_target_decides_whether_decorators_stay(string target, string? expected)
    {
        program.Write("a.ts", "@d class A { accessor b: number = 1 }\n");
        var (code, _, _) = await program.RunAsync("transpile", "a.ts", "--out", "out", "--target", target);
        Assert.Equal(0, code);
        if (expected is not null)
        {
            Assert.Equal(expected, program.Read("out/a.js"));
        }
        else
        {
            Assert.DoesNotContain("@d", program.Read("out/a.js"), StringComparison.Ordinal);
        }
    }

    public void Dispose() => program.Dispose();
}
