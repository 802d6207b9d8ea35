using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

/// <summary><c>kiln doc --lint</c>: what it prints and answers. What it finds is compared with deno elsewhere.</summary>
public sealed class DocLintTests : IDisposable
{
    private readonly CliProgram cli = new();

    public DocLintTests()
    {
        cli.Write("lib.ts", "interface Hidden {\n  a: string;\n}\n/** D. */\nexport function f(h: Hidden): void {}\n");
        cli.Write("mod.ts", "export * from \"./lib.ts\";\n/** See {@link f} and {@link nothing}. */\nexport const a: number = 1;\nexport const b: number = 1;\n");
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Shows_both_ends_and_what_to_do()
    {
        var (code, output, errors) = await cli.RunAsync("doc", "--lint", "mod.ts");
        Assert.Equal(1, code);
        Assert.Equal(
            """
            lib.ts:5:1: error private-type-ref: public type 'f' references private type 'Hidden'
              5 | export function f(h: Hidden): void {}
                | ^
            lib.ts:1:1: note: this is the referenced type
              1 | interface Hidden {
                | ^^^^^^^^^^^^^^^^^^
              hint: make the referenced type public or remove the reference
            mod.ts:2:30: error broken-link: 'nothing' is nothing that a link can lead to
              2 | /** See {@link f} and {@link nothing}. */
                |                              ^^^^^^^
              hint: name an exported symbol, a member of one, an import or a global, or put the text into `code`
            mod.ts:4:14: error missing-jsdoc: exported symbol is missing JSDoc documentation
              4 | export const b: number = 1;
                |              ^
              hint: write a comment (/** … */) that says what it is for

            """.ReplaceLineEndings("\n"),
            output);
        Assert.Equal("3 problems\n", errors);
    }

    [Fact]
    public async Task Writes_a_line_of_json_for_each_file()
    {
        var (code, output, _) = await cli.RunAsync("doc", "--lint", "--json", "mod.ts");
        Assert.Equal(1, code);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(["lib.ts", "mod.ts"], lines.Select(l => l.GetProperty("file").GetString()));
        Assert.Equal(
            """{"code":"private-type-ref","severity":"error","message":"public type 'f' references private type 'Hidden'","line":5,"column":1,"endLine":5,"endColumn":1,"hint":"make the referenced type public or remove the reference","docs":"docs/checks.md#private-type-ref","related":[{"file":"lib.ts","message":"this is the referenced type","line":1,"column":1,"endLine":1,"endColumn":19}]}""",
            lines[0].GetProperty("diagnostics")[0].GetRawText());
    }

    [Fact]
    public async Task Is_content_with_what_is_documented()
    {
        cli.Write("good.ts", "/** D. */\nexport const a: number = 1;\n");
        Assert.Equal((0, "", "1 entry point checked, no problem\n"), await cli.RunAsync("doc", "--lint", "good.ts"));
    }

    [Theory]
    [InlineData("--private")]
    [InlineData("--filter=a")]
    [InlineData("--html=out")]
    public async Task Is_a_mode_of_its_own(string other) => Assert.Equal(2, (await cli.RunAsync("doc", "--lint", other, "mod.ts")).Code);
}
