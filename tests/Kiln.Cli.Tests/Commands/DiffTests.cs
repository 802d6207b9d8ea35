using System.Text.Json;
using Kiln.Analysis.Docs.Difference;

namespace Kiln.Cli.Tests.Commands;

/// <summary><c>kiln diff</c>: what it reads, prints and answers.</summary>
public sealed class DiffTests : IDisposable
{
    private readonly CliProgram cli = new();

    public DiffTests()
    {
        Package("old", "1.2.0", "/** Adds. */\nexport function add(a: number): number { return a; }\nexport const kept: string = \"\";\n");
        Package("new", "1.3.0", "/** Adds. */\nexport function add(a: number, b: number): number { return a + b; }\nexport const kept: string = \"\";\nexport const more: string = \"\";\n");
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Shows_signatures_reasons_and_the_step_of_the_version()
    {
        var (code, output, errors) = await cli.RunAsync("diff", "old", "new");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            main entry point
              ~ add
                - function add(a: number): number
                + function add(a: number, b: number): number
                  major parameter `b` is new and required: calls lack it [parameter-added]  mod.ts:2:1
              + more
                + const more: string
                  minor `more` is new [symbol-added]  mod.ts:4:14


            """.ReplaceLineEndings("\n"),
            output);
        Assert.Equal("major: 1 major, 1 minor\n1.2.0 → 1.3.0 is too small a step for major changes: they ask for 2.0.0\n", errors);
    }

    [Theory]
    [InlineData("major", 1)]
    [InlineData("minor", 1)]
    [InlineData("version", 1)]
    [InlineData("never", 0)]
    public async Task Fails_when_asked_to(string what, int expected) => Assert.Equal(expected, (await cli.RunAsync("diff", "old", "new", "--fail-on", what)).Code);

    [Fact]
    public async Task A_version_that_rises_enough_fits()
    {
        Package("new", "2.0.0", cli.Read("new/mod.ts"));
        var (code, _, errors) = await cli.RunAsync("diff", "old", "new", "--fail-on", "version");
        Assert.Equal(0, code);
        Assert.EndsWith("1.2.0 → 2.0.0 fits\n", errors, StringComparison.Ordinal);
    }

    /// <summary>Folder, tarball, document and module say the same.</summary>
    [Fact]
    public async Task Reads_tarballs_documents_and_modules_too()
    {
        Assert.Equal(0, (await cli.RunAsync("pack", "old", "--out", "old.tgz")).Code);
        cli.Write("old.json", (await cli.RunAsync("doc", "--json", "old/mod.ts")).Output);
        foreach (var (before, after) in ((string, string)[])[("old.tgz", "new"), ("old.json", "new"), ("old/mod.ts", "new/mod.ts"), ("old.json", "new/mod.ts")])
        {
            var (code, output, errors) = await cli.RunAsync("diff", before, after, "--json");
            Assert.True(code == 0, $"{before} {after}: {errors}");
            using var json = JsonDocument.Parse(output);
            Assert.Equal("major", json.RootElement.GetProperty("verdict").GetString());
            var rules = json.RootElement.GetProperty("modules")[0].GetProperty("symbols").EnumerateArray().SelectMany(s => s.GetProperty("changes").EnumerateArray()).Select(c => c.GetProperty("rule").GetString());
            Assert.Equal(["parameter-added", "symbol-added"], rules);
        }
    }

    [Fact]
    public async Task Reads_packages_of_npm_with_declarations()
    {
        foreach (var (folder, type) in ((string, string)[])[("npm1", "string"), ("npm2", "number")])
        {
            cli.Write(folder + "/package.json", $$"""{ "name": "x", "version": "1.0.0", "exports": { ".": { "types": "./index.d.ts", "default": "./index.js" }, "./sub": "./sub.js", "./package.json": "./package.json" } }""");
            cli.Write(folder + "/index.d.ts", $"export declare const a: {type};\n");
            cli.Write(folder + "/sub.js", "export const b = 1;\n");
            cli.Write(folder + "/sub.d.ts", "export declare const b: number;\n");
        }

        var (code, output, errors) = await cli.RunAsync("diff", "npm1", "npm2", "--fail-on", "version");
        Assert.Equal(1, code);
        Assert.Contains("[type-changed]", output, StringComparison.Ordinal);
        Assert.Contains("1.0.0 → 1.0.0 is no step: major changes ask for 2.0.0", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_when_nothing_has_changed()
    {
        var (code, output, errors) = await cli.RunAsync("diff", "old", "old");
        Assert.Equal((0, ""), (code, output));
        Assert.StartsWith("no change\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "there is no file or folder 'nowhere'")]
    [InlineData("empty", "'empty' is no package")]
    [InlineData("bad.json", "'bad.json' is no documentation")]
    [InlineData("bad.tgz", "'bad.tgz' cannot be read")]
    [InlineData("bad.ts", "'bad.ts' cannot be documented")]
    public async Task Says_what_cannot_be_read(string argument, string problem)
    {
        cli.Write("empty/x.txt", "");
        cli.Write("bad.json", "{}");
        cli.Write("bad.tgz", "no gzip");
        cli.Write("bad.ts", "export const = 1;");
        var (code, output, errors) = await cli.RunAsync("diff", argument, "new");
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(problem, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_strangers_does_not_reach_the_terminal_as_it_is()
    {
        cli.Write("old/mod.ts", "const a = 1;\nexport { a as \"x\\u001b[31m\" };\n");
        cli.Write("new/mod.ts", "export {};\n");
        var (_, output, _) = await cli.RunAsync("diff", "old/mod.ts", "new/mod.ts");
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("x\uFFFD[31m", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_is_explained()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "diff.md"));
        foreach (var rule in ChangeRules.All)
        {
            Assert.Contains($"\n### {rule.Code}\n{rule.Severity.ToString().ToLowerInvariant()}: ", page, StringComparison.Ordinal);
        }

        Assert.Equal(ChangeRules.All.Count, page.Split("\n### ").Length - 1);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Kiln.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private void Package(string folder, string version, string source)
    {
        cli.Write(folder + "/deno.json", $$"""{ "name": "@s/p", "version": "{{version}}", "license": "MIT", "exports": "./mod.ts" }""");
        cli.Write(folder + "/mod.ts", source);
    }
}
