using Kiln.Packages.Publishing;
using Kiln.Packages.Scoring;
using Kiln.Packages.Tests.Support;
using Kiln.Packages.Workspaces;

namespace Kiln.Packages.Tests.Scoring;

/// <summary>From files to the inputs of a score: registry.md §6 and docs.md §14.</summary>
public sealed class FolderScoreTests
{
    private const string Config = """{ "name": "@s/p", "version": "1.0.0", "license": "MIT", "exports": { ".": "./mod.ts", "./b": "./b.ts", "./data": "./data.json" } }""";

    [Theory]
    [InlineData("README.md", true)]
    [InlineData("Readme.Markdown", true)]
    [InlineData("readme.txt", true)]
    [InlineData("README", false)]
    [InlineData("docs/README.md", false)]
    public void A_readme_stands_in_the_root_and_has_an_ending(string name, bool counts)
    {
        var inputs = Read(("/mod.ts", "export {};"), ("/" + name, "# Hi"));
        Assert.Equal(counts, inputs.HasReadme);
        Assert.Equal(counts ? "/" + name : null, inputs.ReadmePath);
    }

    [Theory]
    [InlineData("# Hi\n\ntext\n", 0)]
    [InlineData("# Hi\n\n```ts\na\n```\n", 3)]
    [InlineData("# Hi\n~~~\na\n", 2)]
    [InlineData("# Hi\n\n    a();\n", 3)]
    [InlineData("# Hi\r\n\r\n\ta();\r\n", 3)]
    [InlineData("# Hi\n    a();\n", 0)]
    [InlineData("    a();\n", 0)]
    public void An_example_is_a_fence_or_an_indented_line_behind_an_empty_one(string readme, int line)
    {
        var inputs = Read(("/mod.ts", "export {};"), ("/README.md", readme));
        Assert.Equal(line == 0 ? [] : [new ScorePlace("the README", "/README.md", line)], inputs.Examples);
    }

    [Theory]
    [InlineData("/** Text. @module */", true, false)]
    [InlineData("/** @module */", false, false)]
    [InlineData("/**\n * Text.\n * @example a\n * @module\n */", true, true)]
    [InlineData("/**\n * ```ts\n * a\n * ```\n * @module\n */", true, true)]
    [InlineData("/** Text. */", false, false)]
    public void The_comment_of_the_main_module_stands_for_a_readme(string comment, bool hasText, bool hasExample)
    {
        // A tag begins a line.
        var inputs = Read(("/mod.ts", comment.Replace(" @module */", "\n * @module\n */", StringComparison.Ordinal) + "\n\nexport const a: number = 1;"));
        Assert.Equal((hasText, hasExample), (inputs.HasReadme, inputs.Examples.Length > 0));
    }

    [Fact]
    public void Entry_points_need_a_module_comment_and_the_main_one_not_beside_a_readme()
    {
        var files = new[] { ("/mod.ts", "export {};"), ("/b.ts", "export {};"), ("/data.json", "{}") };
        Assert.Equal([".", "./b"], Read(files).EntryPointsWithoutDocumentation.Select(e => e.Text));
        Assert.Equal([new ScorePlace("./b", "/b.ts")], Read([.. files, ("/README.md", "")]).EntryPointsWithoutDocumentation);
        Assert.Empty(Read(("/mod.ts", "/** @module */\nexport {};"), ("/b.ts", "/** @module b */\nexport {};"), ("/data.json", "{}")).EntryPointsWithoutDocumentation);
    }

    [Fact]
    public void Symbols_are_declarations_that_are_exported()
    {
        var inputs = Read(
            ("/mod.ts",
                """
                /** d */ export const a: number = 1;
                export const b: number = 1;
                /** @internal */ export const c: number = 1;
                const hidden: number = 1;
                interface Private { a: string }
                export function f(a: string): void;
                /** d */
                export function f(a: number): void;
                export function f(a: unknown): void {}
                /** d */
                export class Both { m(): void {} p: Private | null = null; }
                export interface Both { q: string }
                export namespace N { export const inner: number = 1; }
                export { b as again } from "./b.ts";
                """),
            ("/b.ts", "/** d */ export const b: number = 1;"));

        // a, b, c, two signatures of f, the class and the interface, N; and b of b.ts, which is not counted where it is exported again.
        Assert.Equal((9, 5), (inputs.Symbols, inputs.DocumentedSymbols));
        Assert.Equal(["b /mod.ts:2", "f /mod.ts:6", "Both /mod.ts:12", "N /mod.ts:13"], inputs.UndocumentedSymbols.Select(p => $"{p.Text} {p.Path}:{p.Line}"));
    }

    [Fact]
    public void Slow_types_are_those_of_the_check()
    {
        var inputs = Read(("/mod.ts", "export function f() { return Math.random(); }\nexport const a = f();"));
        Assert.Equal(2, inputs.SlowTypes);
        Assert.Equal([1, 2], inputs.FirstSlowTypes.Select(p => p.Line).Order());
    }

    private static ScoreInputs Read(params (string Path, string Text)[] files)
    {
        var tree = new MemoryTree();
        tree.Add("/deno.json", Config);
        foreach (var missing in (string[])["/b.ts", "/data.json"])
        {
            if (files.All(f => f.Path != missing))
            {
                tree.Add(missing, missing == "/b.ts" ? "/** @module */\n\nexport {};" : "{}");
            }
        }

        foreach (var (path, text) in files)
        {
            tree.Add(path, text);
        }

        var check = WorkspaceCheck.Run(WorkspaceDiscovery.Find(tree, "/")!, tree, new CheckOptions(), TestContext.Current.CancellationToken);
        var inputs = FolderScore.Read(Assert.Single(check.Packages), tree, 1, TestContext.Current.CancellationToken);
        Assert.NotNull(inputs);
        return inputs;
    }
}
