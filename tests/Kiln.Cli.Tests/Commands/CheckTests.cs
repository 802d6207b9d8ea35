using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private readonly CliProgram program = new();

    [Fact]
    public async Task A_problem_is_shown_with_its_place_and_its_line()
    {
        program.Write("src/good.ts", "export const a: number = 1;\n");
        program.Write("src/bad.ts", "const a = 1;\n\tconst b = ;\n");
        var (code, output, errors) = await program.RunAsync("check", "--syntax", "src");
        Assert.Equal(1, code);
        Assert.Equal("src/bad.ts:2:12: error TS1109: Expression expected.\n  2 |     const b = ;\n    |               ^\n", output);
        Assert.Equal("1 problem in 1 of 2 files", errors.Trim());
    }

    [Fact]
    public async Task A_related_place_is_a_note_with_its_own_line()
    {
        program.Write("a.ts", "function f() {\r\n  g(1);\r\n");
        var (_, output, _) = await program.RunAsync("check", "a.ts");
        Assert.Equal(
            """
            a.ts:3:1: error TS1005: '}' expected.
              3 |
                | ^
            a.ts:1:14: note: The parser expected to find a '}' to match the '{' token here.
              1 | function f() {
                |              ^

            """, output);

        var (_, json, _) = await program.RunAsync("check", "--json", "a.ts");
        var related = JsonDocument.Parse(json).RootElement.GetProperty("diagnostics")[0].GetProperty("related")[0];
        Assert.Equal((1007, 1, 14, 1, 15), (related.GetProperty("code").GetInt32(), related.GetProperty("line").GetInt32(), related.GetProperty("column").GetInt32(), related.GetProperty("endLine").GetInt32(), related.GetProperty("endColumn").GetInt32()));
    }

    [Fact]
    public async Task A_problem_of_several_lines_shows_its_first_and_last()
    {
        program.Write("a.tsx", "x = (\n  <a>\n    b\n  </a>\n  <b/>\n);\n");
        var (_, output, _) = await program.RunAsync("check", "a.tsx");
        Assert.Equal(
            """
            a.tsx:2:3: error TS2657: JSX expressions must have one parent element.
              2 |   <a>
                |   ^^^
                | …
              5 |   <b/>
                |   ^^^^

            """, output);
    }

    [Fact]
    public async Task Colour_is_for_those_who_ask()
    {
        program.Write("a.ts", "let = ;\n");
        Assert.Contains("\u001b[1;31merror TS", (await program.RunAsync("check", "--color", "always", "a.ts")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", (await program.RunAsync("check", "a.ts")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await program.RunAsync("check", "--color", "sometimes", "a.ts")).Code);
    }

    [Fact]
    public async Task The_extension_tells_a_module_from_what_the_text_decides()
    {
        program.Write("a.mjs", "await (1);\n");
        program.Write("b.mts", "await (1);\n");
        program.Write("c.js", "await (1);\n");
        program.Write("d.mjs", "with (a) b;\n");
        Assert.Equal(0, (await program.RunAsync("check", "a.mjs", "b.mts", "c.js")).Code);
        Assert.Equal(1, (await program.RunAsync("check", "d.mjs")).Code);
    }

    [Fact]
    public async Task JSON_has_a_line_for_every_file_in_order()
    {
        program.Write("a.ts", "\uFEFFlet a = 1");
        program.Write("b.tsx", "const b = <a>;\n");
        program.Write("c/d.mts", "export {};\n");
        var (code, output, _) = await program.RunAsync("check", "--syntax", "--json", "a.ts", "b.tsx", "c");
        Assert.Equal(1, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal(["a.ts", "b.tsx", "c/d.mts"], lines.Select(l => l.GetProperty("file").GetString()));
        Assert.Equal(0, lines[0].GetProperty("diagnostics").GetArrayLength());
        Assert.Equal(0, lines[2].GetProperty("diagnostics").GetArrayLength());
        var problem = lines[1].GetProperty("diagnostics")[0];
        foreach (var member in new[] { "code", "line", "column", "endLine", "endColumn" })
        {
            Assert.True(problem.GetProperty(member).GetInt32() >= 1, member);
        }

        Assert.NotEmpty(problem.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task Folders_are_searched_for_scripts_but_not_for_installed_packages()
    {
        program.Write("p/a.ts", "let a;\n");
        program.Write("p/notes.md", "# let = ;\n");
        program.Write("p/node_modules/x/bad.js", "let = ;\n");
        program.Write("p/.git/bad.ts", "let = ;\n");
        var (code, output, errors) = await program.RunAsync("check", "--syntax", "p");
        Assert.Equal((0, "", "1 file checked, no problem"), (code, output, errors.Trim()));

        var (named, _, _) = await program.RunAsync("check", "--syntax", "p/node_modules");
        Assert.Equal(1, named);
    }

    [Fact]
    public async Task What_is_missing_or_no_script_is_an_error_of_its_own()
    {
        program.Write("notes.md", "text");
        Assert.Equal(2, (await program.RunAsync("check", "--syntax", "missing.ts")).Code);
        Assert.Equal(2, (await program.RunAsync("check", "--syntax", "notes.md")).Code);
    }

    [Fact]
    public async Task A_hostile_file_reaches_neither_stack_nor_terminal()
    {
        program.Write("deep.ts", "x = " + new string('(', 200_000));
        program.Write("escape.ts", "let \u001b]0;title\u0007 = ;\n");
        var (code, output, _) = await program.RunAsync("check", "--syntax", "deep.ts", "escape.ts");
        Assert.Equal(1, code);
        Assert.DoesNotContain("\u001b", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0007", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_speaks_of_kiln()
    {
        var (code, output, _) = await program.RunAsync("--help");
        Assert.Equal(0, code);
        foreach (var word in new[] { "kiln [command]", "serve", "admin", "check", "transpile" })
        {
            Assert.Contains(word, output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => program.Dispose();
}
