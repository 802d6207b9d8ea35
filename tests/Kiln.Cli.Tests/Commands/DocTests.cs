using System.Text.Json;

namespace Kiln.Cli.Tests.Commands;

/// <summary><c>kiln doc</c>: what it documents, for people and as JSON.</summary>
public sealed class DocTests : IDisposable
{
    private readonly CliProgram program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task A_file_for_people()
    {
        program.Write("mod.ts", """
            /** A box.
             * @deprecated use a bag
             */
            export class Box<T = string> {
              /** Makes it. */
              constructor(public readonly id: string) {}
              private secret = 1;
              /** Opens it.
               * @param {number} how - the way
               */
              open(how: number): void {}
            }
            export function f(a: string): void;
            export function f(a: unknown): void {}
            interface Inner { a: 1 }
            export type T = Inner;
            """);
        var (code, output, errors) = await program.RunAsync("doc", "mod.ts");
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("""
            Defined in mod.ts:13:1

            function f(a: string): void

            Defined in mod.ts:16:1

            type T = Inner

            Defined in mod.ts:15:1

            private interface Inner

              a: 1

            Defined in mod.ts:4:1

            deprecated class Box<T = string>
              A box.
              @deprecated
                use a bag

              constructor(public readonly id: string)
                Makes it.
              open(how: number): void
                Opens it.
                @param {number} how
                  the way


            """, output);
    }

    [Fact]
    public async Task One_symbol_or_member()
    {
        program.Write("mod.ts", "export namespace N { export class C { m(): void {} } }\nexport const other = 1;\n");
        var (code, output, _) = await program.RunAsync("doc", "--filter", "N.C", "mod.ts");
        Assert.Equal((0, "Defined in mod.ts:1:22\n\nclass C\n\n  m(): void\n\n"), (code, output));
        (code, output, _) = await program.RunAsync("doc", "--filter", "N.C.m", "mod.ts");
        Assert.Equal((0, "m(): void\n\n"), (code, output));
        (code, output, var errors) = await program.RunAsync("doc", "--filter", "OTHER", "mod.ts");
        Assert.Equal((1, "", "kiln: nothing is called 'OTHER'; there is 'other'\n"), (code, output, errors));
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_not_printed()
    {
        program.Write("mod.ts", "/** \u001b[31mred\u0007 \u202e */\nexport const a = \"\\u001b]0;x\\u0007\";\n");
        var (code, output, _) = await program.RunAsync("doc", "--color", "never", "mod.ts");
        Assert.Equal(0, code);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('\u0007', output);
        Assert.DoesNotContain('\u202e', output);
    }

    [Fact]
    public async Task A_package_by_its_exports()
    {
        program.Write("pkg/deno.json", """{"name":"@a/b","version":"1.0.0","exports":{".":"./mod.ts","./sub":"./sub.ts"},"imports":{"lib":"./lib.ts"}}""");
        program.Write("pkg/mod.ts", "export { x } from 'lib';\nexport { y } from './sub.ts';\n");
        program.Write("pkg/sub.ts", "export const y = 1;\n");
        program.Write("pkg/lib.ts", "export const x = 1;\n");
        var (code, output, errors) = await program.RunAsync("doc", "--json", "pkg");
        Assert.Equal((0, ""), (code, errors));
        using var json = JsonDocument.Parse(output);
        var nodes = json.RootElement.GetProperty("nodes");
        Assert.Equal(["mod.ts", "sub.ts"], nodes.EnumerateObject().Select(n => Path.GetFileName(n.Name)));
        Assert.Equal(["variable", "reference"], nodes.EnumerateObject().First().Value.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("declarations")[0].GetProperty("kind").GetString()));
        Assert.All(nodes.EnumerateObject(), n => Assert.StartsWith("file:///", n.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Modules_that_are_missing_are_told_and_left_out()
    {
        program.Write("mod.ts", "export { a } from './gone.ts';\nexport type { b } from './broken.ts';\nexport const c = 1;\n");
        program.Write("broken.ts", "export const b = ;\n");
        var (code, output, errors) = await program.RunAsync("doc", "--json", "mod.ts");
        Assert.Equal(0, code);
        Assert.Contains("mod.ts:1:19: warning module-not-found:", errors, StringComparison.Ordinal);
        Assert.Contains("broken.ts:1:18: warning TS1109:", errors, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["c"], json.RootElement.GetProperty("nodes").EnumerateObject().Single().Value.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_documented_fails()
    {
        program.Write("broken.ts", "export const b = ;\n");
        program.Write("folder/mod.ts", "export const a = 1;\n");
        var (code, output, errors) = await program.RunAsync("doc", "--json", "broken.ts");
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("broken.ts:1:18: error TS1109:", errors, StringComparison.Ordinal);
        (code, output, errors) = await program.RunAsync("doc", "gone.ts");
        Assert.Equal((2, "", "kiln: there is no file or folder 'gone.ts'\n"), (code, output, errors));
        (code, output, errors) = await program.RunAsync("doc", "folder");
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("kiln: 'folder' is no package", errors, StringComparison.Ordinal);
        Assert.Equal(2, (await program.RunAsync("doc", "--json", "--filter", "a", "broken.ts")).Code);
    }
}
