using System.Text;
using System.Text.Json;
using Kiln.Analysis.Declarations;
using Kiln.Analysis.Symbols;
using Kiln.TypeScript;
using Kiln.TypeScript.Tree;

namespace Kiln.Analysis.Tests.Declarations;

/// <summary>What cases against <c>tsc</c> cannot say: comments, specifiers, pruning, maps, JavaScript, and input that was made to hurt.</summary>
public sealed class DeclarationEmitterTests
{
    private sealed class Everything : IPublicDeclarations
    {
        public bool Contains(Node declaration) => declaration is not ExpressionStatement { Expression: not BinaryExpression };
    }

    private static DeclarationResult Emit(string source, Language language = Language.TypeScript, Func<string, string?>? rewrite = null, bool map = false)
    {
        var file = Parser.Parse(source, language, ParseOptions.Module);
        Assert.Empty(file.Diagnostics);
        var result = DeclarationEmitter.Emit(file, new DeclarationOptions { Public = PublicApi.TraceFile(file), RewriteSpecifier = rewrite, SourceMap = map, OutputFileName = "mod.d.ts", SourcePath = "../mod.ts" });
        Assert.Empty(SyntaxChecker.Check(Parser.Parse(result.Text, Language.Declaration)));
        return result;
    }

    private static void Expect(string source, string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), Emit(source.ReplaceLineEndings("\n")).Text);

    [Fact]
    public void Keeps_documentation_licences_and_directives() => Expect(
        """
        /*! A licence. */
        /**
         * The module.
         *
         * @module
         */
        import { unused } from "./unused.ts";

        // why it is so
        /** Adds. */
        export function add(a: number, /* the other */ b: number): number { // behind
          return unused(a, b); /** inside */
        }
        // @ts-expect-error: it is
        export const x: Missing = 1; /** tail */
        /** gone */
        function hidden(): void {}
        export class A {
          /** A field. */
          x = 1; // behind
          // plain
          /** Gone. */
          #y = 2;

          /** A method. */
          m(): void {}
        }
        """,
        """
        /*! A licence. */
        /**
         * The module.
         *
         * @module
         */
        /** Adds. */
        export declare function add(a: number, /* the other */ b: number): number;
        // @ts-ignore: it is
        export declare const x: Missing;
        export declare class A {
            #private;
          /** A field. */
          x: number;
          /** A method. */
          m(): void;
        }

        """);

    [Fact]
    public void Prunes_imports_and_exports() => Expect(
        """
        import a, { type B, c } from "./a.ts";
        import * as ns from "./ns.ts";
        import "./effect.ts";
        import type D from "./d.ts";
        import data from "./d.json" with { type: "json" };
        export function f(b: B): D { c(ns, a); return null!; }
        export { data };
        export {};
        export * from "./star.ts";
        """,
        """
        import { type B } from "./a.ts";
        import type D from "./d.ts";
        import data from "./d.json" with { type: "json" };
        export declare function f(b: B): D;
        export { data };
        export * from "./star.ts";

        """);

    [Fact]
    public void Rewrites_specifiers_wherever_they_stand()
    {
        var text = Emit(
            "/// <reference types=\"npm:t\" />\nimport { A } from './a.ts';\nexport { B } from \"./b.ts\";\nexport type C = A | import(\"./c.ts\").C;\ndeclare module \"./d.ts\" {}\nexport const x = 1;",
            rewrite: s => s.EndsWith(".ts", StringComparison.Ordinal) ? s[..^3] + ".js" : s == "npm:t" ? "t" : null).Text;
        Assert.Equal(
            "/// <reference types=\"t\" />\nimport { A } from './a.js';\nexport { B } from \"./b.js\";\nexport type C = A | import(\"./c.js\").C;\ndeclare module \"./d.js\" {}\nexport declare const x = 1;\n",
            text);
    }

    [Fact]
    public void Makes_a_module_of_every_file()
    {
        Expect("console.log(1);", "export {};\n");
        Expect("type A = B; type B = 1; export type { A };", "type A = B;\ntype B = 1;\nexport type { A };\n");
        Expect("type B = 1; export type A = B;", "type B = 1;\nexport type A = B;\nexport {};\n");
        Expect("export namespace N { type B = 1; export type A = B; }", "export declare namespace N {\n    type B = 1;\n    export type A = B;\n    export {};\n}\n");
    }

    [Fact]
    public void Keeps_the_levels_of_dotted_namespaces() => Expect("export namespace A.B.C { export const x = 1; }", "export declare namespace A.B.C {\n    const x = 1;\n}\n");

    [Fact]
    public void Maps_names_to_where_they_are_declared()
    {
        const string Source = "const secret = 1;\nexport class Box {\n  /** doc */\n  private hidden = secret;\n  constructor(public width: number) {}\n  grow(by = 2): void {}\n}\nexport const made = () => 1;\n";
        var result = Emit(Source, map: true);
        Assert.EndsWith("//# sourceMappingURL=mod.d.ts.map", result.Text, StringComparison.Ordinal);
        using var map = JsonDocument.Parse(result.SourceMap!);
        Assert.Equal("../mod.ts", map.RootElement.GetProperty("sources")[0].GetString());
        var decoded = Decode(map.RootElement.GetProperty("mappings").GetString()!);
        foreach (var name in (string[])["Box", "hidden", "width", "grow", "by", "made"])
        {
            var (line, column) = Position(result.Text, name);
            var segment = decoded.Where(s => s.Line == line && s.Column <= column).MaxBy(s => s.Column);
            Assert.True(segment.Column == column && Source.Split('\n')[segment.SourceLine][segment.SourceColumn..].StartsWith(name, StringComparison.Ordinal), $"{name}: {segment}");
        }
    }

    [Fact]
    public void Copies_declaration_files_and_says_what_is_wrong_with_them()
    {
        const string Source = "import { A } from \"./a.ts\";\ndeclare global { var x: A; }\nexport {};\n";
        var result = Emit(Source, Language.Declaration);
        Assert.Equal(Source, result.Text);
        Assert.Equal(["unsupported-global-module"], result.Problems.Select(p => p.Code));
    }

    [Fact]
    public void Gives_JavaScript_any()
    {
        var result = Emit("/** Adds. */\nexport function add(a, b = 1, ...c) { return a + b; }\nexport class Box { width = 1; constructor(w) { this.w = w; } grow() { return this; } }\nexport const o = { a: 1 };", Language.JavaScript);
        Assert.Empty(result.Problems);
        Assert.Equal(
            "/** Adds. */\nexport declare function add(a?: any, b?: number, ...c: any[]): any;\nexport declare class Box {\n    [key: string]: any;\n    width: number;\n    constructor(w?: any);\n    grow(): any;\n}\nexport declare const o: {\n    a: number;\n};\n",
            result.Text);
    }

    [Theory]
    [InlineData("export const a = ", "[", "1", "]")]
    [InlineData("export const a = ", "{ k: ", "1", " }")]
    [InlineData("export const a = ", "() => ", "1", "")]
    [InlineData("export const a = ", "(", "1", ")")]
    [InlineData("export const a = ", "!", "x", "")]
    [InlineData("export const a = ", "x ? 1 : ", "2", "")]
    [InlineData("export const a = ", "(b = ", "1", ") => 1")]
    [InlineData("export let a: ", "(", "T", ")")]
    [InlineData("export const a = x as ", "[", "T", "]")]
    [InlineData("export ", "namespace N { export ", "const x = 1", " }")]
    [InlineData("export class A { a = ", "class { a = ", "1", " }")]
    [InlineData("export function f(", "{ a: ", "b", " }")]
    public void Survives_depth(string start, string open, string inner, string close)
    {
        foreach (var depth in (int[])[10, 300, 3000])
        {
            var text = new StringBuilder(start).Insert(start.Length, open, depth).Append(inner).Insert(start.Length + (open.Length * depth) + inner.Length, close, depth)
                .Append(start.Contains("class", StringComparison.Ordinal) ? " }" : start.Contains("f(", StringComparison.Ordinal) ? ": any) {}" : ";").ToString();
            var file = Parser.Parse(text, Language.TypeScript);
            Assert.NotNull(DeclarationEmitter.Emit(file, new DeclarationOptions { Public = new Everything() }).Text);
        }
    }

    [Theory]
    [InlineData("export const a = 1", " + 1", 200_000)]
    [InlineData("export const a = x", ".y", 200_000)]
    [InlineData("export const a = x", "!", 50_000)]
    [InlineData("export const a = x", " || 'y'", 100_000)]
    [InlineData("export const a = [", "{ a: 1 }, ", 100_000)]
    [InlineData("export const a = [", "() => 1, ", 100_000)]
    [InlineData("declare const r: { q: 1 }; export const a = {", "...r, ", 100_000)]
    [InlineData("export function f(", "a = a, ", 50_000)]
    public void Takes_long_chains(string start, string more, int count)
    {
        var close = start[^1] switch { '[' => "]", '{' => "}", '(' => "): void {}", _ => "" };
        var text = start + string.Concat(Enumerable.Repeat(more, count)) + close + ";";
        var file = Parser.Parse(text, Language.TypeScript);
        var result = DeclarationEmitter.Emit(file, new DeclarationOptions { Public = new Everything() });
        Assert.InRange(result.Text.Length, 1, (10 * text.Length) + 1_000_000);
    }

    /// <summary>Each constant is twice the one before; written out, the last would have more members than there are atoms.</summary>
    [Fact]
    public void Does_not_unfold_what_repeats_itself()
    {
        var source = new StringBuilder("export const a0 = { k: 1 };\n");
        for (var i = 1; i < 200; i++)
        {
            source.Append($"export const a{i} = {{ x: a{i - 1}, y: a{i - 1}, ...a{i - 1} }}, b{i} = [a{i - 1}, ...[a{i - 1}]] as const;\n");
        }

        var text = Emit(source.ToString()).Text;
        Assert.InRange(text.Length, 1, source.Length * 50);
    }

    [Fact]
    public void Names_that_repeat_long_types_stay_names()
    {
        var type = "{ " + string.Concat(Enumerable.Range(0, 200).Select(i => $"key{i}: string; ")) + "}";
        var source = $"export const t: {type} = null!;\nexport const all = {{ {string.Join(", ", Enumerable.Range(0, 200).Select(i => $"k{i}: t"))} }};\nexport const f = (p: {type}) => [p, p, p];";
        Assert.InRange(Emit(source).Text.Length, 1, source.Length * 3);
    }

    private static (int Line, int Column) Position(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        var line = text[..at].Count(c => c == '\n');
        return (line, at - (text.LastIndexOf('\n', at) + 1));
    }

    private static List<(int Line, int Column, int SourceLine, int SourceColumn)> Decode(string mappings)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var result = new List<(int, int, int, int)>();
        int line = 0, sourceLine = 0, sourceColumn = 0;
        foreach (var row in mappings.Split(';'))
        {
            var column = 0;
            foreach (var segment in row.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var values = new List<int>();
                int value = 0, shift = 0;
                foreach (var c in segment)
                {
                    var digit = Digits.IndexOf(c, StringComparison.Ordinal);
                    value |= (digit & 31) << shift;
                    shift += 5;
                    if ((digit & 32) == 0)
                    {
                        values.Add((value & 1) == 1 ? -(value >> 1) : value >> 1);
                        (value, shift) = (0, 0);
                    }
                }

                column += values[0];
                sourceLine += values[2];
                sourceColumn += values[3];
                result.Add((line, column, sourceLine, sourceColumn));
            }

            line++;
        }

        return result;
    }
}
