using System.Diagnostics;
using System.Text;
using Kiln.TypeScript.Modules;

namespace Kiln.TypeScript.Tests.Modules;

public sealed class ModuleInfoTests
{
    [Fact]
    public void Counts_columns_in_code_points_and_lines_by_line_feed_alone()
    {
        var info = Create("foo();\r\nimport \"./1.ts\";\rimport \"./2.ts\";\n/*\u2028*/import \"./3.ts\";\n/* 😀\tx */ import \"./4.ts\";\n");
        Assert.Equal(
            [new PositionRange(1, 7, 1, 15), new PositionRange(1, 24, 1, 32), new PositionRange(2, 12, 2, 20), new PositionRange(3, 17, 3, 25)],
            info.Dependencies.Select(d => d.Range));
    }

    [Fact]
    public void Counts_columns_far_behind_many_surrogates()
    {
        // 5,000 emoji span several blocks of the position map.
        var info = Create($"const s = \"{string.Concat(Enumerable.Repeat("😀", 5000))}\"; import(\"./x.ts\");");
        Assert.Equal(new PositionRange(0, 10 + 5002 + 2 + 7, 0, 10 + 5002 + 2 + 7 + 8), Assert.Single(info.Dependencies).Range);
    }

    [Fact]
    public void Lists_dependencies_in_the_order_of_the_source()
    {
        var info = Create(
            """
            const a: import("./1.ts").A = import("./2.ts");
            import x from "./3.ts";
            function f(b: import("./4.ts").B = require("./5.ts")): import("./6.ts").C { return import("./7.ts"); }
            export { z } from "./8.ts";
            """);
        Assert.Equal(["./1.ts", "./2.ts", "./3.ts", "./4.ts", "./5.ts", "./6.ts", "./7.ts", "./8.ts"], info.Dependencies.Select(d => d.Specifier));
    }

    [Fact]
    public void Replaces_lone_surrogates_for_the_wire_is_utf_8()
    {
        var info = Create("""import a from "./\uDC00x\uD83D\uDE00.ts";""");
        Assert.Equal("./\ufffdx😀.ts", Assert.Single(info.Dependencies).Specifier);
    }

    [Fact]
    public void A_repeated_attribute_takes_the_last_value()
    {
        var info = Create("""import("./a", { with: { type: "a", "type": "b" } });""");
        Assert.Contains("""{"known":{"type":"b"}}""", ModuleInfoWriter.ToJson(info), StringComparison.Ordinal);
    }

    [Fact]
    public void Sees_a_default_and_named_import_in_a_documentation_comment()
    {
        var info = Create("/** @import D, { E } from \"./d.ts\" */", Language.JavaScript);
        Assert.Equal("./d.ts", Assert.Single(info.JsDocImports).Specifier.Text);
    }

    [Theory]
    [InlineData("import \"a\";", false)]
    [InlineData("export {};", false)]
    [InlineData("import.meta.url;", false)]
    [InlineData("await 1;", false)]
    [InlineData("export default 1;", false)]
    [InlineData("export const a = 1;", false)]
    [InlineData("export as namespace A;", false)]
    [InlineData("export = 1;", true)]
    [InlineData("import a = require(\"a\");", true)]
    [InlineData("export import a = require(\"a\");", true)]
    [InlineData("import(\"a\");", true)]
    [InlineData("require(\"a\");", true)]
    [InlineData("const a: import(\"a\").A = 1;", true)]
    [InlineData("declare module \"a\" { export const b: number; }", true)]
    [InlineData("", true)]
    public void Tells_scripts_from_modules(string source, bool isScript) => Assert.Equal(isScript, Create(source).IsScript);

    [Fact]
    public void An_extension_for_modules_makes_a_module() => Assert.False(ModuleInfo.Create(Parser.Parse("foo();", Language.TypeScript), isModuleByName: true).IsScript);

    [Theory]
    [InlineData("{")]
    [InlineData("{import(")]
    [InlineData("@import ")]
    [InlineData("{import('x'")]
    [InlineData("@import {")]
    public void Reads_hostile_documentation_comments_in_linear_time(string part)
    {
        var source = new StringBuilder("/** ");
        for (var i = 0; i < 200_000; i++)
        {
            source.Append(part);
        }

        var file = Parser.Parse(source.Append(" */").ToString(), Language.JavaScript);
        var watch = Stopwatch.StartNew();
        Assert.Empty(ModuleInfo.Create(file).JsDocImports);

        // Quadratic would be minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Reads_many_imports_on_one_line_in_linear_time()
    {
        var file = Parser.Parse(string.Concat(Enumerable.Repeat("import(\"😀\");", 100_000)), Language.TypeScript);
        var watch = Stopwatch.StartNew();
        Assert.Equal(100_000, ModuleInfo.Create(file).Dependencies.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Survives_a_deep_concatenation()
    {
        var info = Create($"import(\"./a\"{string.Concat(Enumerable.Repeat(" + \"a\"", 20_000))});");
        Assert.Equal(20_001, Assert.Single(info.Dependencies).Template!.Length);
    }

    [Theory]
    [InlineData("import {")]
    [InlineData("import(\"")]
    [InlineData("import(`a${")]
    [InlineData("/* @ts-types=\"")]
    [InlineData("/// <reference path=\"")]
    [InlineData("export * from")]
    [InlineData("declare module \"")]
    [InlineData("/**")]
    [InlineData("//")]
    public void Never_fails_on_broken_text(string source)
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            Assert.NotNull(ModuleInfoWriter.ToJson(Create(source, language)));
        }
    }

    private static ModuleInfo Create(string source, Language language = Language.TypeScript) => ModuleInfo.Create(Parser.Parse(source, language));
}
