using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiln.Packages.Configuration;
using Kiln.Packages.Publishing;

namespace Kiln.Packages.Tests.Publishing;

public sealed class PackageBuilderTests
{
    private static readonly (string Path, string Text)[] Golden =
    [
        ("deno.json", """
            {
              // exports out of alphabetical order on purpose
              "name": "@sc/pkg", "version": "1.2.3", "license": "MIT OR Apache-2.0",
              "exports": { ".": "./mod.ts", "./view": "./view.jsx", "./page": "./src/page.tsx", "./js": "./plain.js", "./data": "./data.json", "./types": "./types.d.ts" },
            }
            """),
        ("mod.ts", """
            import data from "./data.json" with { type: "json" };
            import { join } from "jsr:@std/path@^1.0.0/posix";
            import chalk from "npm:/chalk@5.3";
            import { type Shape, area } from "./src/shape.ts";
            import type { Thing } from "./types.d.ts";
            import { readFile } from "node:fs/promises";
            export { hello } from "jsr:@sc/pkg@^1.2/js";
            export { Shape, area } from "./src/shape.ts";
            /** Says it. */
            export function say(thing: Thing): string { return chalk.red(join(data.name, String(area({ side: 2 })))); }
            export const later = () => import("./src/lazy.ts");
            export const file: typeof readFile = readFile;

            """),
        ("src/shape.ts", "export interface Shape { side: number }\nexport function area(shape: Shape): number { return shape.side ** 2; }\n"),
        ("src/lazy.ts", "import { area } from \"./shape.ts\";\nexport const lazy = area({ side: 3 });\n"),
        ("src/page.tsx", "/** @jsxRuntime automatic */\n/** @jsxImportSource npm:preact@^10.0.0 */\nexport const Page = (props: { name: string }) => <p>{props.name}</p>;\n"),
        ("view.jsx", "import { Page } from \"./src/page.tsx\";\nconst React = { createElement: (type, props) => ({ type, props }) };\nexport const view = <Page name=\"x\" />;\n"),
        ("plain.js", "// @ts-self-types=\"./plain.d.ts\"\nimport \"./mod.ts\";\nexport const hello = \"hello\";\n"),
        ("plain.d.ts", "import type { Thing } from \"./types.d.ts\";\nexport declare const hello: Thing;\nexport type { Shape } from \"./src/shape.ts\";\n"),
        ("types.d.ts", "export type Thing = string;\n"),
        ("data.json", "{ \"name\": \"n\" }"),
        ("README.md", "# pkg\n"),
        ("mod_test.ts", "import { say } from \"jsr:@sc/pkg@1\";\nsay(\"x\");\n"),
        ("mod.js", "throw new Error(\"not this one\");\n"),
        ("package.json", "{ \"name\": \"mine\" }"),
    ];

    [Fact]
    public async Task Npm_gets_sources_javascript_maps_and_a_package_json()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(Golden)).NpmTarball);

        Assert.Equal(
            [
                "/README.md", "/_dist/mod.d.ts", "/_dist/mod.d.ts.map", "/_dist/src/page.d.ts", "/_dist/src/page.d.ts.map", "/_dist/src/shape.d.ts", "/_dist/src/shape.d.ts.map",
                "/_dist/view.d.ts", "/_dist/view.d.ts.map", "/data.json", "/deno.json", "/mod.js", "/mod.js.map", "/mod.ts", "/mod_test.ts", "/package.json", "/plain.d.ts",
                "/plain.js", "/src/lazy.js", "/src/lazy.js.map", "/src/lazy.ts", "/src/page.js", "/src/page.js.map", "/src/page.tsx", "/src/shape.js", "/src/shape.js.map",
                "/src/shape.ts", "/types.d.ts", "/types.js", "/view.js", "/view.js.map", "/view.jsx",
            ],
            npm.Keys);
        Assert.Equal(
            """
            {
              "name": "@jsr/sc__pkg",
              "version": "1.2.3",
              "license": "MIT OR Apache-2.0",
              "homepage": "http://h:1/@sc/pkg",
              "type": "module",
              "main": "./mod.js",
              "types": "./_dist/mod.d.ts",
              "dependencies": {
                "@jsr/std__path": "^1.0.0",
                "chalk": "5.3",
                "preact": "^10.0.0"
              },
              "exports": {
                ".": {
                  "types": "./_dist/mod.d.ts",
                  "default": "./mod.js"
                },
                "./view": {
                  "types": "./_dist/view.d.ts",
                  "default": "./view.js"
                },
                "./page": {
                  "types": "./_dist/src/page.d.ts",
                  "default": "./src/page.js"
                },
                "./js": {
                  "types": "./plain.d.ts",
                  "default": "./plain.js"
                },
                "./data": {
                  "default": "./data.json"
                },
                "./types": {
                  "types": "./types.d.ts",
                  "default": "./types.js"
                }
              },
              "typesVersions": {
                "*": {
                  "view": [
                    "./_dist/view.d.ts"
                  ],
                  "page": [
                    "./_dist/src/page.d.ts"
                  ],
                  "js": [
                    "./plain.d.ts"
                  ],
                  "data": [
                    "./data.json"
                  ],
                  "types": [
                    "./types.d.ts"
                  ]
                }
              },
              "_jsr_revision": 11
            }
            """.ReplaceLineEndings("\n"),
            npm["/package.json"]);
    }

    [Fact]
    public async Task Imports_say_what_node_understands()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(Golden)).NpmTarball);

        foreach (var module in new[] { "/mod.js", "/mod.ts" })
        {
            Assert.Contains("import data from \"./data.json\" with { type: \"json\" };", npm[module], StringComparison.Ordinal);
            Assert.Contains("import { join } from \"@jsr/std__path/posix\";", npm[module], StringComparison.Ordinal);
            Assert.Contains("import chalk from \"chalk\";", npm[module], StringComparison.Ordinal);
            Assert.Contains("export { hello } from \"./plain.js\";", npm[module], StringComparison.Ordinal);
            Assert.Contains("import { readFile } from \"node:fs/promises\";", npm[module], StringComparison.Ordinal);
            Assert.Contains("import(\"./src/lazy.js\")", npm[module], StringComparison.Ordinal);
            Assert.DoesNotContain("shape.ts", npm[module], StringComparison.Ordinal);
            Assert.DoesNotContain("jsr:", npm[module], StringComparison.Ordinal);
            Assert.DoesNotContain("npm:", npm[module], StringComparison.Ordinal);
        }

        // A type cannot be re-exported by JavaScript; the source keeps it.
        Assert.Contains("export { area } from \"./src/shape.js\";", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Contains("export { Shape, area } from \"./src/shape.js\";", npm["/mod.ts"], StringComparison.Ordinal);
        Assert.DoesNotContain("Thing", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Contains("/** Says it. */", npm["/mod.js"], StringComparison.Ordinal);

        // Compiled files and JSX runtimes.
        Assert.Contains("from \"preact/jsx-runtime\"", npm["/src/page.js"], StringComparison.Ordinal);
        Assert.DoesNotContain("<p>", npm["/src/page.js"], StringComparison.Ordinal);
        Assert.Contains("from \"./src/page.js\"", npm["/view.js"], StringComparison.Ordinal);
        Assert.Contains("from \"./src/page.js\"", npm["/view.jsx"], StringComparison.Ordinal);
        Assert.Contains("React.createElement(Page", npm["/view.js"], StringComparison.Ordinal);

        // Declarations name the JavaScript that they describe.
        Assert.Contains("from \"./types.js\"", npm["/plain.d.ts"], StringComparison.Ordinal);
        Assert.Contains("from \"./_dist/src/shape.js\"", npm["/plain.d.ts"], StringComparison.Ordinal);
        Assert.Contains("from \"./src/shape.js\"", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("from \"../types.js\"", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("import \"./mod.js\";", npm["/plain.js"], StringComparison.Ordinal);
        Assert.Contains("@ts-self-types=\"./plain.d.ts\"", npm["/plain.js"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_no_export_reaches_are_copied_as_they_are()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(Golden)).NpmTarball);

        foreach (var path in new[] { "README.md", "deno.json", "mod_test.ts", "data.json", "types.d.ts" })
        {
            Assert.Equal(Golden.Single(f => f.Path == path).Text, npm["/" + path]);
        }
    }

    [Fact]
    public async Task Source_maps_lead_to_the_source_beside_the_output()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(Golden)).NpmTarball);

        foreach (var (output, source) in new[] { ("/mod.js", "./mod.ts"), ("/src/shape.js", "./shape.ts"), ("/src/page.js", "./page.tsx"), ("/view.js", "./view.jsx") })
        {
            var name = output[(output.LastIndexOf('/') + 1)..];
            Assert.EndsWith($"\n//# sourceMappingURL={name}.map", npm[output], StringComparison.Ordinal);
            var map = PublishRun.Json(npm[output + ".map"]);
            Assert.Equal(3, map.GetProperty("version").GetInt32());
            Assert.Equal(name, map.GetProperty("file").GetString());
            Assert.Equal([source], map.GetProperty("sources").EnumerateArray().Select(s => s.GetString()!));
            Assert.NotEmpty(map.GetProperty("mappings").GetString()!);
            Assert.False(map.TryGetProperty("sourcesContent", out _));
        }
    }

    [Fact]
    public async Task The_artifacts_describe_the_package()
    {
        var artifacts = await PublishRun.SucceedAsync(Golden);

        Assert.Equal("MIT OR Apache-2.0", artifacts.License);
        Assert.Equal("/README.md", artifacts.ReadmePath);
        Assert.True(artifacts.UsesNpm);
        Assert.Equal(new PackageExport(".", "./mod.ts"), artifacts.Exports[0]);
        Assert.Equal([".", "./view", "./page", "./js", "./data", "./types"], artifacts.Exports.Select(e => e.Key));
        Assert.Equal(
            ["jsr:@std/path@^1.0.0/posix", "npm:chalk@5.3", "npm:preact@^10.0.0/jsx-runtime"],
            artifacts.Dependencies.Select(d => d.ToString()));
        Assert.Equal(["@jsr/std__path", "chalk", "preact"], artifacts.NpmManifest.Dependencies.Select(d => d.Key));
        Assert.Equal(Golden.Select(f => "/" + f.Path).Order(StringComparer.Ordinal), artifacts.Files.Select(f => f.Path.Value));
#pragma warning disable CA5350 // What npm's protocol calls shasum.
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(artifacts.NpmTarball)), artifacts.NpmSha1);
#pragma warning restore CA5350
        Assert.Equal(Convert.ToBase64String(SHA512.HashData(artifacts.NpmTarball)), artifacts.NpmSha512);
    }

    [Fact]
    public async Task Version_metadata_lists_every_file_every_parsed_module_and_the_exports()
    {
        var artifacts = await PublishRun.SucceedAsync(Golden);
        var json = PublishRun.Json(Encoding.UTF8.GetString(artifacts.VersionMeta));

        Assert.Equal(["manifest", "moduleGraph2", "exports"], Names(json));
        Assert.Equal(Golden.Select(f => "/" + f.Path).Order(StringComparer.Ordinal), Names(json.GetProperty("manifest")));
        foreach (var (path, text) in Golden)
        {
            var entry = json.GetProperty("manifest").GetProperty("/" + path);
            Assert.Equal(Encoding.UTF8.GetByteCount(text), entry.GetProperty("size").GetInt32());
            Assert.Equal("sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), entry.GetProperty("checksum").GetString());
        }

        Assert.Equal(
            ["/mod.ts", "/plain.d.ts", "/plain.js", "/src/lazy.ts", "/src/page.tsx", "/src/shape.ts", "/types.d.ts", "/view.jsx"],
            Names(json.GetProperty("moduleGraph2")));
        Assert.Equal("jsr:@std/path@^1.0.0/posix", json.GetProperty("moduleGraph2").GetProperty("/mod.ts").GetProperty("dependencies")[1].GetProperty("specifier").GetString());
        Assert.Equal(
            """{".":"./mod.ts","./view":"./view.jsx","./page":"./src/page.tsx","./js":"./plain.js","./data":"./data.json","./types":"./types.d.ts"}""",
            json.GetProperty("exports").GetRawText());
    }

    [Fact]
    public async Task The_same_tarball_gives_the_same_bytes_and_the_order_of_its_entries_does_not_matter()
    {
        var first = await PublishRun.SucceedAsync(Golden);
        var second = await PublishRun.SucceedAsync(Golden);
        var reversed = await PublishRun.SucceedAsync([.. Golden.Reverse()]);

        Assert.Equal(first.NpmTarball, second.NpmTarball);
        Assert.Equal(first.VersionMeta, second.VersionMeta);
        Assert.Equal(first.NpmTarball, reversed.NpmTarball);
        Assert.Equal(first.VersionMeta, reversed.VersionMeta);
    }

    [Fact]
    public async Task The_version_may_be_left_to_the_publisher_and_exports_may_be_one_string()
    {
        var artifacts = await PublishRun.SucceedAsync(("deno.json", """{ "name": "@sc/pkg", "license": "ISC", "exports": "./mod.ts" }"""), ("mod.ts", "export {};"));

        Assert.Equal([new PackageExport(".", "./mod.ts")], artifacts.Exports);
        Assert.False(artifacts.UsesNpm);
        Assert.Null(artifacts.ReadmePath);
        Assert.Empty(artifacts.Dependencies);
    }

    [Fact]
    public async Task A_source_whose_output_name_is_taken_by_a_module_gets_another_and_both_are_imported_rightly()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("mod.ts", "import a from \"./x.js\";\nimport b from \"./x.ts\";\nexport { a, b };\n"),
            ("x.js", "export default \"js\";\n"),
            ("x.ts", "const ts: string = \"ts\";\nexport default ts;\n"))).NpmTarball);

        Assert.Equal("export default \"js\";\n", npm["/x.js"]);
        Assert.StartsWith("const ts = \"ts\";\nexport default ts;\n", npm["/x.ts.js"], StringComparison.Ordinal);
        Assert.Contains("import a from \"./x.js\";\nimport b from \"./x.ts.js\";", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Equal(["./x.ts"], PublishRun.Json(npm["/x.ts.js.map"]).GetProperty("sources").EnumerateArray().Select(s => s.GetString()!));
    }

    [Fact]
    public async Task Mts_and_declaration_modules_keep_their_meaning()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("deno.json", """{ "name": "@sc/pkg", "license": "MIT", "exports": { ".": "./mod.mts", "./m": "./m.mjs" } }"""),
            ("mod.mts", "export * from \"./m.mjs\";\nexport const a: number = 1;\n"),
            ("m.mjs", "/// <reference types=\"./m.d.mts\" />\nexport const m = 1;\n"),
            ("m.d.mts", "import type { N } from \"./n.d.mts\";\nexport declare const m: N;\n"),
            ("n.d.mts", "export type N = 1;\n"))).NpmTarball);

        Assert.Contains("export * from \"./m.mjs\";", npm["/mod.js"], StringComparison.Ordinal);
        Assert.DoesNotContain("reference types", npm["/m.mjs"], StringComparison.Ordinal);
        Assert.Contains("from \"./n.mjs\"", npm["/m.d.mts"], StringComparison.Ordinal);
        var exports = PublishRun.Json(npm["/package.json"]).GetProperty("exports");
        Assert.Equal("""{"types":"./m.d.mts","default":"./m.mjs"}""", JsonSerializer.Serialize(exports.GetProperty("./m")));
        Assert.Equal("""{"types":"./_dist/mod.d.ts","default":"./mod.js"}""", JsonSerializer.Serialize(exports.GetProperty(".")));
    }

    [Fact]
    public async Task A_broken_module_that_only_runs_on_demand_is_copied_and_does_not_fail_the_publish()
    {
        var artifacts = await PublishRun.SucceedAsync(("mod.ts", "export const f = () => import(\"./broken.ts\");\n"), ("broken.ts", "let = = ;\n"));
        var npm = PublishRun.Unpack(artifacts.NpmTarball);

        Assert.Equal("let = = ;\n", npm["/broken.ts"]);
        Assert.False(npm.ContainsKey("/broken.js"));
        Assert.Contains("import(\"./broken.ts\")", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Equal(["/mod.ts"], Names(PublishRun.Json(Encoding.UTF8.GetString(artifacts.VersionMeta)).GetProperty("moduleGraph2")));
    }

    [Fact]
    public async Task Re_exported_declarations_run_as_an_empty_module()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("mod.ts", "export * from \"./types.d.ts\";\nimport type { T } from \"./only.d.ts\";\nexport const t: T = 1;\n"),
            ("types.d.ts", "export type A = 1;\n"),
            ("only.d.ts", "export type T = 1;\n"))).NpmTarball);

        Assert.Contains("export * from \"./types.js\";", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Equal("export {};\n", npm["/types.js"]);
        Assert.False(npm.ContainsKey("/only.js"));
        Assert.Contains("export * from \"./types.d.ts\";", npm["/mod.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_the_build()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PackageBuilder.BuildAsync(new MemoryStream(PublishRun.Archive(Golden)), PublishRun.Request, cancellation.Token));
    }

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(p => p.Name);
}
