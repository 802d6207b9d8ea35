using System.Diagnostics;
using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

public sealed class CheckPackageTests : IDisposable
{
    private readonly CliProgram program = new();

    private const string Config = """{ "name": "@tt/aa", "version": "1.0.0", "exports": "./mod.ts", "license": "MIT" }""";

    [Fact]
    public async Task A_slow_type_is_shown_with_its_line_its_hint_and_an_explanation()
    {
        program.Write("p/deno.json", Config);
        program.Write("p/mod.ts", "export const a = f();\n");
        var (code, output, errors) = await program.RunAsync("check", "p");
        Assert.Equal(1, code);
        Assert.Equal(
            """
            p/mod.ts:1:14: error missing-explicit-type: missing explicit type in the public API
              1 | export const a = f();
                |              ^
              hint: add an explicit type annotation to the symbol

            """, output);
        Assert.Contains("slow types", errors, StringComparison.Ordinal);
        Assert.EndsWith("@tt/aa@1.0.0: 1 error in 1 of 1 file", errors.Trim(), StringComparison.Ordinal);

        Assert.Equal((0, ""), await CodeAndOutputAsync("check", "--allow-slow-types", "p"));
        Assert.Equal((0, ""), await CodeAndOutputAsync("check", "--syntax", "p"));
        Assert.Equal((0, ""), await CodeAndOutputAsync("check", "p/mod.ts"));
    }

    [Fact]
    public async Task Warnings_alone_do_not_fail()
    {
        program.Write("p/deno.json", Config);
        program.Write("p/mod.ts", "import(x);\n");
        var (code, output, errors) = await program.RunAsync("check", "p");
        Assert.Equal(0, code);
        Assert.Contains("p/mod.ts:1:8: warning unanalyzable-dynamic-import: ", output, StringComparison.Ordinal);
        Assert.Equal("@tt/aa@1.0.0: 1 warning in 1 of 1 file", errors.Trim());
    }

    [Fact]
    public async Task JSON_has_a_line_for_every_file_that_was_looked_into_and_for_those_with_problems()
    {
        program.Write("p/deno.json", """{ "name": "@tt/aa", "version": "1.0.0", "exports": "./mod.ts" }""");
        program.Write("p/mod.ts", "export * from './ok.ts';\nexport const a = f();\n");
        program.Write("p/ok.ts", "export const b = 1;\n");
        program.Write("p/broken.ts", "let = = 1;\n");
        program.Write("p/notes.md", "x");
        var (code, output, errors) = await program.RunAsync("check", "--json", "p");
        Assert.Equal((1, ""), (code, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToDictionary(l => l.GetProperty("file").GetString()!, l => l.GetProperty("diagnostics"));
        Assert.Equal(["p/broken.ts", "p/deno.json", "p/mod.ts", "p/ok.ts"], lines.Keys);
        Assert.Equal(0, lines["p/ok.ts"].GetArrayLength());

        var slow = Assert.Single(lines["p/mod.ts"].EnumerateArray());
        Assert.Equal(("missing-explicit-type", "error", 2, 14, 2, 15), (slow.GetProperty("code").GetString(), slow.GetProperty("severity").GetString(), slow.GetProperty("line").GetInt32(), slow.GetProperty("column").GetInt32(), slow.GetProperty("endLine").GetInt32(), slow.GetProperty("endColumn").GetInt32()));
        Assert.NotEmpty(slow.GetProperty("message").GetString()!);
        Assert.NotEmpty(slow.GetProperty("hint").GetString()!);
        Assert.EndsWith("#missing-explicit-type", slow.GetProperty("docs").GetString(), StringComparison.Ordinal);

        Assert.Equal(1109, lines["p/broken.ts"][0].GetProperty("code").GetInt32());
        Assert.Equal("missing-license", Assert.Single(lines["p/deno.json"].EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_root_of_a_workspace_checks_its_members()
    {
        program.Write("w/deno.json", """{ "workspace": ["a", "b"] }""");
        program.Write("w/a/deno.json", """{ "name": "@tt/aa", "version": "1.0.0", "exports": "./mod.ts", "license": "MIT" }""");
        program.Write("w/a/mod.ts", "import '@tt/bb';\nexport const a = f();\n");
        program.Write("w/b/deno.json", """{ "name": "@tt/bb", "version": "1.0.0", "exports": "./mod.ts" }""");
        program.Write("w/b/mod.ts", "export const a: number = 1;\n");
        var (code, output, errors) = await program.RunAsync("check", "w");
        Assert.Equal(1, code);
        Assert.Contains("w/a/mod.ts:2:14: error missing-explicit-type", output, StringComparison.Ordinal);
        Assert.Contains("w/b/deno.json: error missing-license", output, StringComparison.Ordinal);
        Assert.Contains("@tt/aa@1.0.0, @tt/bb@1.0.0: 2 errors in 2 of 3 files", errors, StringComparison.Ordinal);

        // A member is checked by itself, and finds the other by its name.
        Assert.Equal((1, true), ((await program.RunAsync("check", "w/a")) is var member ? member.Code : 0, !member.Output.Contains("unresolved-import", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_that_is_no_package_is_checked_file_by_file_and_says_why()
    {
        program.Write("p/deno.json", """{ "name": "@tt/aa", "version": "1.0.0" }""");
        program.Write("p/mod.ts", "export const a = f();\n");
        var (code, _, errors) = await program.RunAsync("check", "p");
        Assert.Equal(0, code);
        Assert.Contains("deno.json in 'p' has a name but no \"exports\"", errors, StringComparison.Ordinal);
        Assert.Contains("1 file checked, no problem", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await program.RunAsync("check", "missing")).Code);
    }

    [Fact]
    public async Task A_configuration_file_that_cannot_be_read_is_shown()
    {
        program.Write("p/deno.json", "{ \"name\": \"@tt/aa\",\n  \"exports\": ./mod.ts }");
        var (code, output, _) = await program.RunAsync("check", "p");
        Assert.Equal(1, code);
        Assert.Contains("p/deno.json:2:14: error invalid-configuration: ", output, StringComparison.Ordinal);
        Assert.Contains("  2 |   \"exports\": ./mod.ts }\n    |              ^", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_and_pipes_are_reported_and_not_opened()
    {
        program.Write("p/deno.json", Config);
        program.Write("p/mod.ts", "export const a = 1;\n");
        File.CreateSymbolicLink(Path.Combine(program.Folder, "p/link.ts"), "mod.ts");
        using var pipe = Process.Start("mkfifo", [Path.Combine(program.Folder, "p/pipe.ts")]);
        await pipe.WaitForExitAsync();
        var (code, output, _) = await program.RunAsync("check", "p");
        Assert.Equal(0, code);
        Assert.Contains("p/link.ts: warning unsupported-file-type", output, StringComparison.Ordinal);
        Assert.Contains("p/pipe.ts: warning unsupported-file-type", output, StringComparison.Ordinal);
    }

    public void Dispose() => program.Dispose();

    private async Task<(int, string)> CodeAndOutputAsync(params string[] arguments)
    {
        var (code, output, _) = await program.RunAsync(arguments);
        return (code, output);
    }
}
