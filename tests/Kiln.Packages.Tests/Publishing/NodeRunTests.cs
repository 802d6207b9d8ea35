using System.Text;
using System.Text.Json;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>What Node makes of a tarball: the judge of everything that the other tests only read.</summary>
public sealed class NodeRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiln-node-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Node_imports_every_export_of_a_package_by_its_npm_name()
    {
        Tools.Require("node");
        var artifacts = await PublishRun.SucceedAsync(
            ("deno.json", """{ "name": "@sc/pkg", "version": "1.2.3", "license": "MIT", "exports": { ".": "./mod.ts", "./page": "./ui/page.tsx", "./view": "./ui/view.jsx", "./data": "./data.json" } }"""),
            ("mod.ts", """
                import data from "./data.json" with { type: "json" };
                import * as js from "./x.js";
                import * as ts from "./x.ts";
                import { readFileSync } from "node:fs";
                export { Kind, type Shape, area, Shape as S } from "./shape.ts";
                export { view } from "jsr:@sc/pkg@^1.0.0/view";
                export * from "./types.d.ts";
                export * from "./shape.ts";
                export const name: string = data.name, who = [js.default, ts.default] as const, read = typeof readFileSync;
                export const later = async (): Promise<string> => (await import("./lazy.mts")).default;
                export default class Point { static made = 0; constructor(public readonly x: number, private y = 2) { Point.made++; } get sum(): number { return this.x + this.y!; } }

                """),
            ("shape.ts", "export enum Kind { A, B = 5, C = B << 1, S = \"s\" }\nexport interface Shape { kind: Kind }\nexport namespace Geo { export const pi = 3; export function twice() { return pi * 2; } }\nexport const area = (s: Shape) => s.kind satisfies number as unknown as number;\n"),
            ("x.js", "export default \"js\";\n"),
            ("x.ts", "const ts: string = \"ts\";\nexport default ts;\n"),
            ("lazy.mts", "export default \"late\" as string;\n"),
            ("types.d.ts", "export type A = 1;\n"),
            ("ui/h.ts", "export const h = (type: string, props: object | null, ...children: unknown[]) => ({ type, props, children });\n"),
            ("ui/page.tsx", "/** @jsx h */\nimport { h } from \"./h.ts\";\nexport const Page = ({ n }: { n: number }) => <p id=\"i\" {...{ n }}>n = {n}</p>;\n"),
            ("ui/view.jsx", "/** @jsx h */\nimport { h } from \"./h.ts\";\nimport { Page } from \"./page.tsx\";\nexport const view = [<b/>, Page({ n: 7 })];\n"),
            ("data.json", "{ \"name\": \"kiln\" }"));
        await InstallAsync(artifacts.NpmTarball);

        var output = await RunAsync("""
            import Point, * as mod from "@jsr/sc__pkg";
            import data from "@jsr/sc__pkg/data" with { type: "json" };
            import { Page } from "@jsr/sc__pkg/page";
            const p = new Point(1);
            console.log(JSON.stringify([
              Object.keys(mod).sort(), mod.Kind, mod.area({ kind: 5 }), mod.Geo.twice(), mod.name, mod.who, mod.read, await mod.later(), p.sum, Point.made, Object.keys(p), data, Page({ n: 1 }), mod.view,
            ]));
            """);

        Assert.Equal(
            JsonSerializer.Serialize(new object[]
            {
                new[] { "Geo", "Kind", "area", "default", "later", "name", "read", "view", "who" },
                new Dictionary<string, object> { ["0"] = "A", ["5"] = "B", ["10"] = "C", ["A"] = 0, ["B"] = 5, ["C"] = 10, ["S"] = "s" },
                5, 6, "kiln", new[] { "js", "ts" }, "function", "late", 3, 1, new[] { "x", "y" }, new { name = "kiln" },
                new { type = "p", props = new { id = "i", n = 1 }, children = new object[] { "n = ", 1 } },
                new object[]
                {
                    new { type = "b", props = (object?)null, children = Array.Empty<object>() },
                    new { type = "p", props = new { id = "i", n = 7 }, children = new object[] { "n = ", 7 } },
                },
            }),
            output.Trim());
    }

    [Fact]
    public async Task Node_finds_the_source_line_of_an_error_through_the_map()
    {
        Tools.Require("node");
        var artifacts = await PublishRun.SucceedAsync(
            ("mod.ts", "interface A {\n  a: 1;\n}\n\ntype B = A;\n\nexport function fail(b?: B): never {\n  enum E { X }\n  throw new Error(\"here \" + E.X + b);\n}\n"));
        await InstallAsync(artifacts.NpmTarball);

        var output = await RunAsync("""
            import { fail } from "@jsr/sc__pkg";
            try { fail(); } catch (e) { console.log(e.stack); }
            """, "--enable-source-maps");

        Assert.Contains("mod.ts:9:9", output, StringComparison.Ordinal);
    }

    private async Task InstallAsync(byte[] tarball)
    {
        foreach (var (path, content) in PublishRun.Unpack(tarball))
        {
            var target = Path.Combine(folder, "node_modules", "@jsr", "sc__pkg", path[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllTextAsync(target, content, new UTF8Encoding(false));
        }
    }

    private async Task<string> RunAsync(string script, params string[] options)
    {
        var main = Path.Combine(folder, "main.mjs");
        await File.WriteAllTextAsync(main, script);
        return await Tools.RunAsync("node", [.. options, main], folder: folder);
    }
}
