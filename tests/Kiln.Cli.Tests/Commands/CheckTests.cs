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
        Assert.Equal("src/bad.ts:2:12: error TS1109: Expression expected.\n  2 | \tconst b = ;\n    | \t          ^\n", output);
        Assert.Equal("1 problem in 1 of 2 files", errors.Trim());
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
