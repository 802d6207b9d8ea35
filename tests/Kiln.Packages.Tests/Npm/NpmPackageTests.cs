using System.Text.Json;
using Kiln.Packages.Tests.Publishing;
using Kiln.Tooling;

namespace Kiln.Packages.Tests.Npm;

/// <summary>What the tarball holds for settings and specifiers that the packages of <see cref="PackageBuilderTests"/> do not have.</summary>
public sealed class NpmPackageTests
{
    private static readonly (string Path, string Text)[] Command =
    [
        ("deno.json", Config("""
            "bin": { "run": "./bin/cli.ts", "tool": "./tool.js" }, "sideEffects": ["./src/setup.ts", "**/*.tsx", "*.css"],
            "peerDependencies": { "react": "^18 || ^19" }, "optionalDependencies": { "chalk": "5" }
            """)),
        ("mod.ts", "import type { ReactNode } from \"npm:react@^18.0.0\";\nimport \"npm:chalk@5.3.0\";\nimport \"./src/setup.ts\";\nexport type Node = ReactNode;\n"),
        ("src/setup.ts", "export const setup: number = 1;\n"),
        ("bin/cli.ts", "import { words } from \"../src/words.ts\";\nimport ms from \"npm:ms@2\";\n\nexport interface Unused {}\nconsole.log(words(process.argv) satisfies string, ms);\nthrow new Error(\"here\");\n"),
        ("src/words.ts", "export function words(all: string[]) {\n  return all.slice(2).join(\"+\");\n}\n"),
        ("tool.js", "#!/usr/bin/env -S deno run\nconsole.log(\"tool\");\n"),
    ];

    [Fact]
    public async Task Programs_are_compiled_executable_and_no_part_of_the_api()
    {
        var artifacts = await PublishRun.SucceedAsync(Command);
        var npm = PublishRun.Unpack(artifacts.NpmTarball, "/bin/cli.js", "/tool.js");
        var package = PublishRun.Json(npm["/package.json"]);

        Assert.Equal("""{"run":"bin/cli.js","tool":"tool.js"}""", JsonSerializer.Serialize(package.GetProperty("bin")));
        Assert.StartsWith("#!/usr/bin/env node\nimport { words } from \"../src/words.js\";\nimport ms from \"ms\";\n", npm["/bin/cli.js"], StringComparison.Ordinal);
        Assert.Equal("#!/usr/bin/env node\nconsole.log(\"tool\");\n", npm["/tool.js"]);
        Assert.True(npm.ContainsKey("/src/words.js"));
        Assert.Equal(["/_dist/mod.d.ts", "/_dist/mod.d.ts.map"], npm.Keys.Where(path => path.StartsWith("/_dist/", StringComparison.Ordinal)));
        Assert.Equal(["."], package.GetProperty("exports").EnumerateObject().Select(e => e.Name));
        Assert.Equal(0, artifacts.SlowTypes.Count);
    }

    [Fact]
    public async Task What_is_declared_a_peer_or_optional_is_no_dependency_besides()
    {
        var artifacts = await PublishRun.SucceedAsync(Command);
        var package = PublishRun.Json(PublishRun.Unpack(artifacts.NpmTarball, "/bin/cli.js", "/tool.js")["/package.json"]);

        Assert.Equal("""{"ms":"2"}""", JsonSerializer.Serialize(package.GetProperty("dependencies")));
        Assert.Equal("""{"react":"^18 || ^19"}""", JsonSerializer.Serialize(package.GetProperty("peerDependencies")));
        Assert.Equal("""{"chalk":"5"}""", JsonSerializer.Serialize(package.GetProperty("optionalDependencies")));
        Assert.Equal(["npm:chalk@5.3.0", "npm:ms@2", "npm:react@^18.0.0"], artifacts.Dependencies.Select(d => d.ToString()));
    }

    [Fact]
    public async Task Side_effects_are_named_as_bundlers_see_them()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(Command)).NpmTarball, "/bin/cli.js", "/tool.js");

        Assert.Equal("""["./src/setup.js","**/*.js","*.css"]""", JsonSerializer.Serialize(PublishRun.Json(npm["/package.json"]).GetProperty("sideEffects")));
    }

    [Fact]
    public async Task A_program_s_source_map_knows_of_the_line_in_front()
    {
        using var folder = new TemporaryFolder();
        foreach (var (path, text) in PublishRun.Unpack((await PublishRun.SucceedAsync(Command)).NpmTarball, "/bin/cli.js", "/tool.js"))
        {
            folder.Write("p" + path, text);
        }

        folder.Write("node_modules/ms/package.json", """{ "name": "ms", "main": "index.js" }""");
        folder.Write("node_modules/ms/index.js", "module.exports = 7;");

        var run = await Child.RunAsync(ToolPaths.Node, ["--enable-source-maps", folder["p/bin/cli.js"], "a", "b"]);

        Assert.Equal("a+b 7", run.MustFail().Output.Trim());
        Assert.Contains("bin/cli.ts:6:7", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"bin\": \"./missing.ts\"", "The command \"pkg\" in \"bin\" names './missing.ts', but the package has no such file.")]
    [InlineData("\"bin\": \"./deno.json\"", "which is neither JavaScript nor TypeScript")]
    [InlineData("\"bin\": \"./types.d.ts\"", "which is neither JavaScript nor TypeScript")]
    [InlineData("\"exports\": { \"./x.css\": \"./x.css\" }", "The export \"./x.css\" in \"npm\" names './x.css', but the package has no such file.")]
    public async Task What_the_settings_name_must_be_there(string settings, string message)
    {
        var error = await PublishRun.FailAsync(("deno.json", Config(settings)), ("mod.ts", ""), ("types.d.ts", ""));

        Assert.Equal("configFileExportsInvalid", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_s_modules_must_parse_and_name_what_they_import()
    {
        Assert.Equal("graphError", (await PublishRun.FailAsync(("deno.json", Config("\"bin\": \"./cli.ts\"")), ("mod.ts", ""), ("cli.ts", "let = = 1;"))).Code);
        Assert.Equal("invalidExternalImport", (await PublishRun.FailAsync(("deno.json", Config("\"bin\": \"./cli.ts\"")), ("mod.ts", ""), ("cli.ts", "import \"https://x/y.ts\";"))).Code);
    }

    [Fact]
    public async Task Specifiers_are_rewritten_wherever_they_stand()
    {
        var artifacts = await PublishRun.SucceedAsync(
            ("deno.json", """{ "name": "@sc/pkg", "version": "1.2.3", "license": "MIT", "exports": { ".": "./mod.tsx", "./js": "./plain.js" } }"""),
            ("mod.tsx", """
                /** @jsxImportSource npm:react@^19.0.0 */
                /** @jsxImportSourceTypes npm:@types/react@19 */
                // @deno-types="npm:@types/lodash@4"
                import lodash from "npm:lodash@4";
                import type { Fragment } from "npm:react@^19.0.0";
                export const element: unknown = <p>{lodash}</p>;
                export const lazy = (): Promise<unknown> => import(`npm:lazy@1/sub`);
                export const later = (): Promise<typeof import("./src/other.ts")> => import('./src/other.ts');
                export const where: string[] = [import.meta.resolve("jsr:@std/path@1/posix"), import.meta.resolve(`npm:asked@~2.1`), import.meta.resolve("./src/other.ts"), import.meta.resolve("./data.bin"), import.meta.resolve("jsr:@sc/pkg@1/js")];
                export const url: URL = new URL("./data.bin", import.meta.url);
                export type Parts = [typeof Fragment, import("npm:typed@3").Thing, import("jsr:@std/path@1").Path, typeof import("./plain.js"), lodash.Lodash];

                """),
            ("src/other.ts", "export const other: number = 1;\n"),
            ("plain.js", "// @ts-self-types=\"./plain.d.ts\"\n/** @type {import(\"npm:lodash@4\").Lodash} */\nexport const plain = null;\n"),
            ("plain.d.ts", "/// <reference path=\"./globals.d.ts\" />\n/// <reference types=\"npm:@types/node@24\" />\nimport { other } from \"./src/other.ts\";\nexport declare const plain: typeof other;\n"),
            ("globals.d.ts", "interface Mine { mine: true }\n"),
            ("data.bin", "x"));
        var npm = PublishRun.Unpack(artifacts.NpmTarball);

        foreach (var path in new[] { "/mod.js", "/mod.tsx", "/plain.js", "/plain.d.ts", "/_dist/mod.d.ts", "/_dist/src/other.d.ts" })
        {
            Assert.DoesNotContain("npm:", npm[path], StringComparison.Ordinal);
            Assert.DoesNotContain("jsr:", npm[path], StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/mod.js", "/mod.tsx" })
        {
            Assert.Contains("""[import.meta.resolve("@jsr/std__path/posix"), import.meta.resolve(`asked`), import.meta.resolve("./src/other.js"), import.meta.resolve("./data.bin"), import.meta.resolve("./plain.js")]""", npm[path], StringComparison.Ordinal);
            Assert.Contains("import(`lazy/sub`)", npm[path], StringComparison.Ordinal);
            Assert.Contains("import('./src/other.js')", npm[path], StringComparison.Ordinal);
            Assert.Contains("new URL(\"./data.bin\", import.meta.url)", npm[path], StringComparison.Ordinal);
        }

        Assert.Contains("from \"react/jsx-runtime\"", npm["/mod.js"], StringComparison.Ordinal);
        Assert.Contains("/** @jsxImportSource react */", npm["/mod.tsx"], StringComparison.Ordinal);
        Assert.Contains("import lodash from \"lodash\";", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("import type { Fragment } from \"react\";", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("Promise<typeof import(\"./src/other.js\")>", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("import(\"typed\").Thing, import(\"@jsr/std__path\").Path, typeof import(\"../plain.js\")", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("/// <reference path=\"./globals.d.ts\" />\n/// <reference types=\"node\" />\nimport { other } from \"./_dist/src/other.js\";", npm["/plain.d.ts"], StringComparison.Ordinal);
        Assert.Equal(
            """{"@jsr/std__path":"1","@types/lodash":"4","@types/node":"24","@types/react":"19","asked":"~2.1","lazy":"1","lodash":"4","react":"^19.0.0","typed":"3"}""",
            JsonSerializer.Serialize(PublishRun.Json(npm["/package.json"]).GetProperty("dependencies")));

        // What the code asks for at run time is the npm package's own business: the registry's list is that of the module graph.
        Assert.DoesNotContain(artifacts.Dependencies, d => d.Name == "asked");
    }

    [Fact]
    public async Task Slow_types_are_counted_and_the_first_are_named()
    {
        var many = string.Concat(Enumerable.Range(0, 12).Select(i => $"export const c{i:D2} = f();\n"));
        var artifacts = await PublishRun.SucceedAsync(
            ("mod.ts", $"import {{ g }} from \"./other.ts\";\nexport {{ g }};\nfunction f() {{ return Math.random(); }}\n{many}"),
            ("other.ts", "export function g(a: number) { return a.toFixed(); }\n"));

        Assert.Equal(14, artifacts.SlowTypes.Count);
        Assert.Equal(10, artifacts.SlowTypes.First.Count);
        Assert.Equal(("missing-explicit-return-type", "/mod.ts", 3, 10), Place(artifacts.SlowTypes.First[0]));
        Assert.Equal(("missing-explicit-type", "/mod.ts", 4, 14), Place(artifacts.SlowTypes.First[1]));
        Assert.Equal(("missing-explicit-type", "/mod.ts", 12, 14), Place(artifacts.SlowTypes.First[9]));
        Assert.All(artifacts.SlowTypes.First, problem => Assert.True(problem.Message.Length > 10 && problem.Hint.Length > 10));

        var untyped = await PublishRun.SucceedAsync(("deno.json", """{ "name": "@sc/pkg", "license": "MIT", "exports": "./mod.js" }"""), ("mod.js", "export const a = 1;"));
        Assert.Equal(("unsupported-javascript-entrypoint", "/mod.js", 0, 0), Place(Assert.Single(untyped.SlowTypes.First)));

        static (string, string, int, int) Place(Kiln.Packages.Publishing.SlowType type) => (type.Code, type.Path, type.Line, type.Column);
    }

    [Fact]
    public async Task What_untyped_JavaScript_passes_on_has_declarations_too()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("deno.json", """{ "name": "@sc/pkg", "license": "MIT", "exports": "./mod.js" }"""),
            ("mod.js", "export * from \"./typed.ts\";\nexport { b } from \"./more.js\";\n"),
            ("more.js", "export const b = 1;\nexport const c = 2;\n"),
            ("typed.ts", "export const typed: number = 1;\n"))).NpmTarball);

        Assert.StartsWith("export * from \"./typed.js\";\nexport { b } from \"./more.js\";\n", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.StartsWith("export declare const typed: number;\n", npm["/_dist/typed.d.ts"], StringComparison.Ordinal);
        Assert.Contains(" b", npm["/_dist/more.d.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_map_of_declarations_leads_from_them_to_the_source_in_the_tarball()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("mod.ts", "export * from \"./a/b.ts\";\n"), ("a/b.ts", "export const b: number = 1;\n"))).NpmTarball);

        foreach (var (path, source) in new[] { ("/_dist/mod.d.ts", "../mod.ts"), ("/_dist/a/b.d.ts", "../../a/b.ts") })
        {
            Assert.EndsWith($"\n//# sourceMappingURL={Path.GetFileName(path)}.map", npm[path], StringComparison.Ordinal);
            var map = PublishRun.Json(npm[path + ".map"]);
            Assert.Equal(Path.GetFileName(path), map.GetProperty("file").GetString());
            Assert.Equal([source], map.GetProperty("sources").EnumerateArray().Select(s => s.GetString()!));
            Assert.True(npm.ContainsKey(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, source))));
            Assert.NotEmpty(map.GetProperty("mappings").GetString()!);
        }
    }

    [Fact]
    public async Task Two_modules_of_one_name_are_described_apart()
    {
        var npm = PublishRun.Unpack((await PublishRun.SucceedAsync(
            ("mod.ts", "export { js } from \"./x.js\";\nexport { ts } from \"./x.ts\";\nexport type { D } from \"./x.d.ts\";\n"),
            ("x.js", "export const js = 1;\n"),
            ("x.ts", "export const ts: \"ts\" = \"ts\";\n"),
            ("x.d.ts", "export type D = 1;\n"))).NpmTarball);

        Assert.StartsWith("export { js } from \"./x.js\";\nexport { ts } from \"./x.ts.js\";\nexport type { D } from \"./x.types.js\";\n", npm["/_dist/mod.d.ts"], StringComparison.Ordinal);
        Assert.Contains("js", npm["/_dist/x.d.ts"], StringComparison.Ordinal);
        Assert.Contains("\"ts\"", npm["/_dist/x.ts.d.ts"], StringComparison.Ordinal);
        Assert.Equal("export type D = 1;\n", npm["/_dist/x.types.d.ts"]);
        Assert.Equal("export type D = 1;\n", npm["/x.d.ts"]);
    }

    private static string Config(string npm) => $$"""{ "name": "@sc/pkg", "version": "1.2.3", "license": "MIT", "exports": "./mod.ts", "npm": { {{npm}} } }""";
}
