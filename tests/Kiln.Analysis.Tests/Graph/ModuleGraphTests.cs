using System.Text;
using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Tests.Graph;

public sealed class ModuleGraphTests
{
    [Fact]
    public void Reaches_modules_through_every_kind_of_reference()
    {
        var graph = TestPackage.With("/mod.ts", """
                /// <reference path="./path.d.ts" />
                /// <reference types="./types.d.ts" />
                import "./static.ts";
                export * from "./export.ts";
                import type { A } from "./type.ts";
                // @ts-types="./pragma.d.ts"
                import b from "./pragma.js";
                const c = import("./dynamic.ts");
                let d: import("./importtype.ts").D;
                require("./require.js");
                import data from "./data.json" with { type: "json" };
                import wasm from "./a.wasm";
                """)
            .File("/path.d.ts", "").File("/types.d.ts", "").File("/static.ts", "import './deep/x.ts'").File("/export.ts", "").File("/type.ts", "")
            .File("/pragma.d.ts", "").File("/pragma.js", "/** @type {import('./jsdoc.ts').X} */\nfoo();").File("/dynamic.ts", "").File("/importtype.ts", "")
            .File("/require.js", "").File("/data.json", "{}").File("/a.wasm", "").File("/deep/x.ts", "").File("/jsdoc.ts", "").File("/unreached.ts", "import broken")
            .Pass();
        Assert.Equal(
            ["/mod.ts", "/static.ts", "/export.ts", "/type.ts", "/pragma.js", "/pragma.d.ts", "/dynamic.ts", "/importtype.ts", "/require.js", "/data.json", "/a.wasm", "/path.d.ts", "/types.d.ts", "/deep/x.ts", "/jsdoc.ts"],
            graph.Modules.Select(m => m.Path));
        Assert.Equal("/pragma.js", graph.Modules[0].Dependencies["./pragma.js"].Code!.Text);
        Assert.Equal("/pragma.d.ts", graph.Modules[0].Dependencies["./pragma.js"].Types!.Text);
        Assert.Null(graph.Modules[0].Dependencies["./type.ts"].Code);
        Assert.Null(graph.Find("/data.json")!.SourceFile);
    }

    [Fact]
    public void Keeps_the_exports_in_order_as_roots()
    {
        var graph = new TestPackage().Export("./b", "/b.ts").Export(".", "/a.ts").File("/a.ts", "").File("/b.ts", "").Pass();
        Assert.Equal([new("./b", "/b.ts"), new(".", "/a.ts")], graph.Roots);
        Assert.Equal(["/b.ts", "/a.ts"], graph.Modules.Select(m => m.Path));
    }

    [Theory]
    [InlineData("./b.ts", "/dir/b.ts")]
    [InlineData("../b.ts", "/b.ts")]
    [InlineData("../../../b.ts", "/b.ts")]
    [InlineData("/b.ts", "/b.ts")]
    [InlineData("./x/../b.ts", "/dir/b.ts")]
    [InlineData("././b.ts", "/dir/b.ts")]
    [InlineData("./%62.ts", "/dir/b.ts")]
    [InlineData("./%2e%2E/b.ts", "/b.ts")]
    [InlineData("./.%2e/b.ts", "/b.ts")]
    [InlineData("./b.ts?query#hash", "/dir/b.ts")]
    [InlineData("./b.ts#hash?x", "/dir/b.ts")]
    [InlineData("  ./b.ts ", "/dir/b.ts")]
    [InlineData("./b\\n.ts", "/dir/b.ts")]
    [InlineData("..\\\\b.ts", null)]
    [InlineData("./x\\\\..\\\\b.ts", "/dir/b.ts")]
    [InlineData("file:///b.ts", "/b.ts")]
    [InlineData("FILE:/b.ts", "/b.ts")]
    [InlineData("file://localhost/b.ts", "/b.ts")]
    [InlineData("file://host/b.ts", null)]
    [InlineData("//host/b.ts", null)]
    [InlineData("./é 😀.ts", "/dir/é 😀.ts")]
    [InlineData("./%C3%A9%20%F0%9F%98%80.ts", "/dir/é 😀.ts")]
    [InlineData("./B.ts", null)]
    [InlineData("./b.TS", null)]
    [InlineData("./x%2Fb.ts", null)]
    [InlineData("b.ts", null)]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("./", null)]
    [InlineData("dir/b.ts", null)]
    public void Resolves_relative_specifiers_as_urls(string specifier, string? expected)
    {
        var graph = TestPackage.With("/dir/a.ts", $"import \"{specifier}\";").File("/dir/b.ts", "").File("/b.ts", "").File("/dir/é 😀.ts", "").File("/dir/x/b.ts", "").Build();
        if (expected is null)
        {
            Assert.Equal(AnalysisErrorCodes.GraphError, graph.Error?.Code);
        }
        else
        {
            Assert.Null(graph.Error);
            Assert.Equal(expected, graph.Modules[1].Path);
        }
    }

    [Fact]
    public void Keeps_a_query_for_whoever_rewrites_the_specifier()
    {
        var graph = TestPackage.With("/a.ts", "import './b.ts?x#y';").File("/b.ts", "").Pass();
        Assert.Equal("?x#y", graph.Modules[0].Dependencies["./b.ts?x#y"].Code!.Suffix);
    }

    [Theory]
    [InlineData("node:fs")]
    [InlineData("bun:test")]
    [InlineData("virtual:x")]
    [InlineData("cloudflare:sockets")]
    [InlineData("data:text/javascript,1")]
    public void Leaves_what_the_run_time_provides_alone(string specifier)
    {
        var graph = TestPackage.With("/a.ts", $"import '{specifier}';").Pass();
        Assert.Equal(TargetKind.External, graph.Modules[0].Dependencies[specifier].Code!.Kind);
        Assert.Empty(graph.Dependencies);
    }

    [Fact]
    public void Maps_the_package_itself_to_its_exports()
    {
        var graph = TestPackage.With("/mod.ts", "import 'jsr:@self/pkg@^1/sub'; import 'jsr:/@self/pkg@1'; import 'jsr:@self/pkg@2';").Export("./sub", "/sub.ts").File("/sub.ts", "").Pass();
        Assert.Equal("/sub.ts", graph.Modules[0].Dependencies["jsr:@self/pkg@^1/sub"].Code!.Text);
        Assert.Equal("/mod.ts", graph.Modules[0].Dependencies["jsr:/@self/pkg@1"].Code!.Text);
        Assert.Equal([new PackageDependency(PackageDependencyKind.Jsr, "@self/pkg", "2", "")], graph.Dependencies);
    }

    [Fact]
    public void Collects_dependencies_of_code_and_types_sorted_and_once()
    {
        var graph = TestPackage.With("/mod.tsx", """
            /** @jsxImportSource npm:react@18 */
            /** @jsxImportSourceTypes npm:@types/react@18 */
            import "npm:/z@1/sub/path";
            import "npm:z@1/sub/path";
            import type { A } from "npm:a@^2";
            import("jsr:@s/b@1");
            // @deno-types="npm:@types/c@1"
            import "npm:c@1";
            let q: import("npm:d@1").Q;
            require("npm:e@1");
            """).Pass();
        Assert.Equal(
            ["Jsr @s/b 1 ", "Npm @types/c 1 ", "Npm @types/react 18 jsx-runtime", "Npm a ^2 ", "Npm c 1 ", "Npm d 1 ", "Npm e 1 ", "Npm react 18 jsx-runtime", "Npm z 1 sub/path"],
            graph.Dependencies.Select(d => $"{d.Kind} {d.Name} {d.Constraint} {d.SubPath}"));
        Assert.Equal("npm:@types/react@18/jsx-runtime", graph.Modules[0].Dependencies["npm:react@18/jsx-runtime"].Types!.Text);
    }

    [Fact]
    public void Knows_the_declarations_that_a_JavaScript_module_names_for_itself()
    {
        var graph = new TestPackage().Export("./a", "/a.js").Export("./b", "/b.js").Export("./c", "/c.js").Export("./d", "/d.ts")
            .File("/a.js", "/// <reference types=\"./x.d.ts\" />\n// @ts-self-types=\"./a.d.ts\"\nexport {};").File("/a.d.ts", "export {};").File("/x.d.ts", "export {};")
            .File("/b.js", "/// <reference types=\"./x.d.ts\" />\n/// <reference types=\"./a.d.ts\" />\nexport {};")
            .File("/c.js", "// @ts-self-types=\"./missing.d.ts\"\nexport {};")
            .File("/d.ts", "// @ts-self-types=\"./a.d.ts\"\nexport {};")
            .Pass();
        Assert.Equal(["/a.d.ts", "/x.d.ts", null, null], graph.Modules.Take(4).Select(m => m.TypesPath));
    }

    [Fact]
    public void Declarations_import_types_only()
    {
        // The runtime of a declaration file's imports is nobody's business: what is missing there fails nothing.
        var graph = TestPackage.With("/mod.d.ts", "import { A } from './missing.ts'; import b from 'bare'; export * from './x.ts';").File("/x.ts", "").Pass();
        Assert.Null(graph.Modules[0].Dependencies["./x.ts"].Code);
        Assert.Equal("/x.ts", graph.Modules[0].Dependencies["./x.ts"].TypesOrCode!.Text);
    }

    [Theory]
    [InlineData("import('./missing.ts')")]
    [InlineData("import('bare')")]
    [InlineData("import type { A } from './missing.ts'")]
    [InlineData("import type { A } from 'bare'")]
    [InlineData("export type * from './missing.ts'")]
    [InlineData("let a: import('./missing.ts').A")]
    [InlineData("import('./broken.ts')")]
    [InlineData("import type { A } from './broken.ts'")]
    [InlineData("import('./style.css')")]
    [InlineData("import('./data.json')")]
    [InlineData("require('./missing.ts')")]
    [InlineData("/// <reference path='./missing.ts' />\nfoo()")]
    [InlineData("/// <reference types='node' />\nfoo()")]
    [InlineData("// @ts-types='./missing.d.ts'\nimport './a.ts'")]
    [InlineData("import(`./missing/${x}.ts`)")]
    [InlineData("import 'jsr:@self/pkg@1'")]
    [InlineData("import('jsr:@self/pkg@1/missing')")]
    [InlineData("import './a.ts'; import data from './data.json' with { type: 'json' }")]
    [InlineData("import text from './style.css' with { type: 'text' }")]
    [InlineData("import bytes from './style.css' with { type: 'bytes' }")]
    [InlineData("import source w from './w.wasm'")]
    [InlineData("import defer * as a from './a.ts'")]
    [InlineData("import fs from 'node:fs'; module.exports = require('x')")]
    public void Accepts(string source) =>
        TestPackage.With("/mod.ts", source).File("/a.ts", "").File("/broken.ts", "const =").File("/style.css", "").File("/data.json", "{").File("/w.wasm", "").Pass();

    [Fact]
    public void A_broken_module_behind_a_dynamic_import_is_not_parsed_and_names_no_dependency()
    {
        var graph = TestPackage.With("/mod.ts", "import('./broken.ts')").File("/broken.ts", "import 'npm:x@1'; const =").Pass();
        Assert.False(graph.Find("/broken.ts")!.IsParsed);
        Assert.Empty(graph.Dependencies);
    }

    [Theory]
    [InlineData("export * from")]
    [InlineData("import {")]
    [InlineData("import x from")]
    [InlineData("export { x as")]
    [InlineData("export { 'x")]
    [InlineData("import x = require(")]
    [InlineData("declare module")]
    [InlineData("namespace {")]
    [InlineData("export default")]
    [InlineData("export const {")]
    [InlineData("import(`${")]
    [InlineData("/* @ts-types=\"x\"")]
    public void Broken_text_is_an_error_and_never_a_failure(string source)
    {
        var package = TestPackage.With("/mod.ts", "import('./a.ts'); import('./a.js'); import('./a.d.ts'); import('./a.tsx');");
        foreach (var path in new[] { "/a.ts", "/a.js", "/a.d.ts", "/a.tsx" })
        {
            package.File(path, source);
            Assert.Equal(AnalysisErrorCodes.GraphError, TestPackage.With(path, source).Fail().Code);
        }

        Assert.Equal(5, package.Pass().Modules.Count);
    }

    [Fact]
    public void Accepts_roots_of_every_importable_kind()
    {
        var graph = new TestPackage().Export(".", "/LICENSE").Export("./j", "/data.json").Export("./w", "/w.wasm").Export("./d", "/x.d.ts").File("/LICENSE", "export {};").File("/data.json", "{}").File("/w.wasm", "").File("/x.d.ts", "").Pass();
        Assert.Equal([MediaType.JavaScript, MediaType.Json, MediaType.Wasm, MediaType.Dts], graph.Modules.Select(m => m.MediaType));
    }

    [Fact]
    public void Reads_UTF_8_with_a_byte_order_mark_and_replaces_what_is_no_UTF_8()
    {
        var graph = TestPackage.With("/mod.ts", "").File("/mod.ts", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("export const a = '"), 0xFF, .. "';"u8]).Pass();
        Assert.Equal("export const a = '\ufffd';", graph.Modules[0].SourceFile!.Text);
    }

    [Fact]
    public void Survives_a_chain_of_ten_thousand_modules_and_a_circle()
    {
        var package = new TestPackage().Export(".", "/m0.ts");
        for (var i = 0; i < 10_000; i++)
        {
            package.File($"/m{i}.ts", $"export * from './m{(i + 1) % 10_000}.ts';");
        }

        var graph = package.Pass();
        Assert.Equal(10_000, graph.Modules.Count);
        Assert.False(graph.IsTypeOnlyExport("/m0.ts", "./m1.ts", "x"));
    }

    [Fact]
    public void Refuses_more_modules_than_allowed()
    {
        var package = new TestPackage { MaxModules = 3 }.Export(".", "/a.ts").File("/a.ts", "import './b.ts'; import './c.ts'; import './d.ts';").File("/b.ts", "").File("/c.ts", "").File("/d.ts", "");
        Assert.Equal(AnalysisErrorCodes.GraphError, package.Fail().Code);
    }

    [Fact]
    public void Survives_deep_paths_and_odd_specifiers()
    {
        var deep = "/" + string.Concat(Enumerable.Repeat("d/", 5000)) + "a.ts";
        TestPackage.With(deep, $"import '{string.Concat(Enumerable.Repeat("../", 6000))}b.ts'; import('\\uD800'); import('./\\uDC00'); import('./%'); import('./%zz'); import('./%FF');").File("/b.ts", "").Pass();
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var package = new TestPackage().File("/a.ts", "");
        var input = new ModuleGraphInput { Exports = [new(".", "./a.ts")], Source = package, Requirements = package };
        Assert.Throws<OperationCanceledException>(() => ModuleGraph.Build(input, cancelled.Token));
    }
}
