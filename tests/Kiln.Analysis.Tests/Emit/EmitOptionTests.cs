using System.Text.Json;
using Kiln.Analysis.Emit;

namespace Kiln.Analysis.Tests.Emit;

public sealed class EmitOptionTests
{
    private static string Emit(string source, EmitOptions options, string fileName = "a.ts") => CaseFile.Emit(source, fileName, options).Code;

    [Fact]
    public void Rewrites_the_specifiers_of_imports_exports_and_literal_dynamic_imports()
    {
        var options = new EmitOptions { RewriteSpecifier = (s, use) => use == SpecifierUse.Code && s.EndsWith(".ts", StringComparison.Ordinal) ? s[..^2] + "js" : null };
        Assert.Equal(
            "import { a } from './a.js'; export * from \"./b.js\"; await import(\"./c.js\"); import(`./d.js`); import(`./${x}.ts`); import(x); import \"e\"; a;\n",
            Emit("import { a } from './a.ts'; export * from \"./b.ts\"; await import(\"./c.ts\"); import(`./d.ts`); import(`./${x}.ts`); import(x); import \"e\"; a;\n", options));
    }

    [Fact]
    public void Rewrites_the_addresses_that_code_asks_for()
    {
        var options = new EmitOptions { RewriteSpecifier = (s, use) => use == SpecifierUse.Address ? s + "`'" : null };
        Assert.Equal(
            "import \"a\"; import.meta.resolve('b`\\''); import.meta.resolve(`c\\`'`); import.meta.resolve(d);\n",
            Emit("import \"a\"; import.meta.resolve('b'); import.meta.resolve(`c`); import.meta.resolve(d);\n", options));
    }

    [Fact]
    public void Changes_comments_where_it_is_told_to()
    {
        const string source = "/* keep a */ let x: /* erased a */ number;\n";
        var options = new EmitOptions { CommentEdits = [(new(8, 9), "changed"), (new(source.IndexOf("a */ number", StringComparison.Ordinal), source.IndexOf(" */ number", StringComparison.Ordinal)), "changed")] };
        Assert.StartsWith("/* keep changed */ let x", Emit(source, options), StringComparison.Ordinal);
    }

    [Fact]
    public void Rewrites_the_import_that_automatic_jsx_adds()
    {
        var options = new EmitOptions { RewriteSpecifier = (s, _) => s.StartsWith("npm:", StringComparison.Ordinal) ? "react/jsx-runtime" : null };
        Assert.StartsWith("import { jsx as _jsx } from \"react/jsx-runtime\"; /**", Emit("/** @jsxImportSource npm:react@18 */\nexport const a = <p/>;", options, "a.tsx"), StringComparison.Ordinal);
    }

    [Fact]
    public void Drops_reexports_that_are_known_to_be_types()
    {
        var options = new EmitOptions { IsTypeOnlyExport = (s, name) => s == "./m.ts" && name is "T" or "U" };
        Assert.Equal(
            "import { v } from \"./m.ts\"; export { w } from \"./m.ts\"; export { v };\n",
            Emit("import { T, v, U as V } from \"./m.ts\"; export { T, w } from \"./m.ts\"; export { v, T as X, V };\n", options));
    }

    [Fact]
    public void Puts_helpers_behind_the_code_and_the_rest_behind_shebang_and_directives()
    {
        var code = Emit("#!/usr/bin/env node\n\"use strict\"\n@d class A {}\n", new EmitOptions());
        Assert.StartsWith("#!/usr/bin/env node\n\"use strict\"\nlet A = ", code, StringComparison.Ordinal);
        Assert.Contains("\nfunction __decorate(", code, StringComparison.Ordinal);
        var jsx = Emit("#!/usr/bin/env node\n/** @jsxRuntime automatic */\n\"use strict\" // c\na = <p/>;\n", new EmitOptions(), "a.tsx");
        Assert.StartsWith("#!/usr/bin/env node\n/** @jsxRuntime automatic */\n\"use strict\"; import { jsx as _jsx } from \"react/jsx-runtime\"; // c\na = ", jsx, StringComparison.Ordinal);
    }

    [Fact]
    public void Chooses_names_that_the_file_does_not_use()
    {
        var code = Emit("const __use = 1, _env_1 = 2; { using a = b; }\n", new EmitOptions());
        Assert.Contains("function ___use(", code, StringComparison.Ordinal);
        Assert.Contains("const _env_2 = ", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_what_an_ES_module_cannot_say()
    {
        var result = CaseFile.Emit("import x = require(\"y\"); class A { constructor(@d a) { x; } } export = A;\n", "a.ts");
        Assert.Equal([1202, 1203, 1206], result.Diagnostics.Select(d => d.Code).Order());
    }

    [Fact]
    public void Survives_a_million_operators_and_calls()
    {
        var sum = "let x: number = 1" + string.Concat(Enumerable.Repeat("+1", 1_000_000)) + ";\nimport { a } from \"a\"; enum E { A }\n";
        Assert.StartsWith("let x = 1+1+1", Emit(sum, new EmitOptions()), StringComparison.Ordinal);
        var chain = "import { a } from \"a\"; enum E { A }\na" + string.Concat(Enumerable.Repeat(".b!()", 200_000)) + ";\n";
        Assert.Contains("a.b().b()", Emit(chain, new EmitOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_source_map_that_leads_back_to_the_words()
    {
        const string Source = "interface I {}\nexport const first: number = second as any;\nenum E { A = third() }\n";
        var result = CaseFile.Emit(Source, "a.ts", new EmitOptions { SourceMap = true, OutputFileName = "a.js", SourcePath = "./a.ts" });
        Assert.EndsWith("\n//# sourceMappingURL=a.js.map", result.Code, StringComparison.Ordinal);
        Assert.StartsWith("{\"version\":3,\"file\":\"a.js\",\"sources\":[\"./a.ts\"],\"names\":[],\"mappings\":\"", result.SourceMap, StringComparison.Ordinal);
        using var map = JsonDocument.Parse(result.SourceMap!);
        var segments = Decode(map.RootElement.GetProperty("mappings").GetString()!);
        foreach (var word in (string[])["export", "first", "second", "third"])
        {
            var (line, column) = Position(result.Code, word);
            var (sourceLine, sourceColumn) = Position(Source, word);
            Assert.Contains((line, column, sourceLine, sourceColumn), segments);
        }
    }

    [Fact]
    public void An_empty_output_is_only_the_map_comment()
    {
        var result = CaseFile.Emit("type A = 1;\n", "a.ts", new EmitOptions { SourceMap = true, OutputFileName = "a.js" });
        Assert.Equal("//# sourceMappingURL=a.js.map", result.Code);
        Assert.Equal("{\"version\":3,\"file\":\"a.js\",\"sources\":[],\"names\":[],\"mappings\":\"\"}", result.SourceMap);
    }

    private static (int Line, int Column) Position(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return (text.AsSpan(0, at).Count('\n'), at - (text.LastIndexOf('\n', at) + 1));
    }

    private static List<(int Line, int Column, int SourceLine, int SourceColumn)> Decode(string mappings)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var result = new List<(int, int, int, int)>();
        int sourceLine = 0, sourceColumn = 0, line = 0;
        foreach (var group in mappings.Split(';'))
        {
            var column = 0;
            foreach (var segment in group.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var values = new List<int>();
                int value = 0, shift = 0;
                foreach (var c in segment)
                {
                    var digit = Digits.IndexOf(c, StringComparison.Ordinal);
                    value |= (digit & 31) << shift;
                    shift += 5;
                    if (digit < 32)
                    {
                        values.Add((value & 1) == 1 ? -(value >> 1) : value >> 1);
                        value = shift = 0;
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
