using System.Security.Cryptography;
using System.Text;

namespace Kiln.Faults.Harness;

/// <summary>A small package with every kind of file that the pipeline treats differently. The same version gives the same tarball, byte by byte.</summary>
internal sealed class SamplePackage
{
    public const string Scope = "acme";
    public const string Name = "demo";
    public const string MetaUrl = $"@{Scope}/{Name}/meta.json";
    public const string PackumentUrl = $"npm/@jsr/{Scope}__{Name}";

    private SamplePackage(string version, IReadOnlyDictionary<string, byte[]> files)
    {
        Version = version;
        Files = files;
        Tarball = Ustar.Pack(files);
    }

    public string Version { get; }

    /// <summary>By path, with a leading slash.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    public byte[] Tarball { get; }

    /// <summary>Of the tarball, lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Tarball));

    public string VersionMetaUrl => $"@{Scope}/{Name}/{Version}_meta.json";

    public string NpmTarballUrl => $"{PackumentUrl}/-/{Scope}__{Name}-{Version}.tgz";

    /// <summary>Everything that must never change once it was seen.</summary>
    public IReadOnlyList<string> ImmutableUrls => [.. Files.Keys.Select(ModuleUrl), VersionMetaUrl, NpmTarballUrl];

    /// <param name="note">Makes two contents of one version.</param>
    /// <param name="name">Of the package, when it is not the usual one.</param>
    public static SamplePackage Make(string version, string note = "as first packed", string name = Name)
    {
        var files = new Dictionary<string, string>
        {
            ["/LICENSE"] = "MIT License\n\nCopyright (c) the authors of this sample\n",
            ["/README.md"] = $"# Demo {version}\n\nA package that is published while the power goes.\n",
            ["/deno.json"] = $$"""
                {
                  "name": "@{{Scope}}/{{name}}",
                  "version": "{{version}}",
                  "license": "MIT",
                  "exports": { ".": "./mod.ts", "./view": "./view.jsx" }
                }

                """,
            ["/mod.ts"] = $$"""
                /** The entry point. @module */
                import settings from "./data/settings.json" with { type: "json" };
                import type { ChalkInstance } from "npm:chalk@^5";
                export * from "./src/shape.ts";
                export { Color } from "./src/color.ts";

                /** What this version says of itself. */
                export const note: string = `{{version}}, {{note}}: ${settings.greeting}`;

                /** Gives {@linkcode note} in colour. */
                export function paint(chalk: ChalkInstance): string {
                  return chalk.red(note);
                }

                """,
            ["/src/shape.ts"] = """
                import type { Point } from "./types.ts";
                import { Color } from "./color.ts";

                /** A circle. */
                export class Circle {
                  constructor(readonly center: Point, public radius: number, private color: Color = Color.Red) {}

                  area(): number {
                    return Math.PI * this.radius ** 2;
                  }

                  toString(): string {
                    return `${Color[this.color]} circle at ${this.center.x}/${this.center.y}`;
                  }
                }

                """,
            ["/src/types.ts"] = "export interface Point {\n  readonly x: number;\n  readonly y: number;\n}\n",
            ["/src/color.ts"] = "export enum Color {\n  Red = 1,\n  Green,\n}\n",
            ["/data/settings.json"] = "{ \"greeting\": \"hello\" }\n",
            ["/src/element.ts"] = "export function h(name: string, props: object | null, ...children: unknown[]): object {\n  return { name, props, children };\n}\n",
            ["/view.jsx"] = """
                /** @jsx h */
                import { h } from "./src/element.ts";

                export const view = (name) => <p class="demo">Hello {name}</p>;

                """,
        };
        return new SamplePackage(version, files.ToDictionary(f => f.Key, f => Encoding.UTF8.GetBytes(f.Value)));
    }

    /// <summary>So many modules that its publish takes a while: every one is a file that has to reach the disk.</summary>
    public static SamplePackage MakeLarge(string version, int modules)
    {
        var files = new Dictionary<string, byte[]>(Make(version).Files);
        for (var i = 0; i < modules; i++)
        {
            files[$"/many/part{i}.ts"] = Encoding.UTF8.GetBytes($"/** Part {i}. */\nexport const part{i}: number = {i};\n");
        }

        return new SamplePackage(version, files);
    }

    public string ModuleUrl(string path) => $"@{Scope}/{Name}/{Version}{path}";
}
