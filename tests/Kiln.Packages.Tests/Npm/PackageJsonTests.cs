using System.Text;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Npm;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Npm;

public sealed class PackageJsonTests
{
    private static readonly NpmManifest Full = new()
    {
        Description = "Draws \"things\"",
        License = "MIT OR Apache-2.0",
        Keywords = ["draw", "ünïcode"],
        Homepage = "https://example.com/",
        Repository = new NpmRepository("git", "github:o/r", "packages/pkg"),
        Bin = [KeyValuePair.Create("pkg", "cli.js")],
        Engines = [KeyValuePair.Create("node", ">=20")],
        Dependencies = [KeyValuePair.Create("chalk", "^5")],
        PeerDependencies = [KeyValuePair.Create("react", "^18 || ^19")],
        OptionalPeers = ["react"],
        OptionalDependencies = [KeyValuePair.Create("fsevents", "2")],
    };

    [Fact]
    public void Keeps_the_keys_of_the_protocol_in_its_order()
    {
        var text = Write(new NpmManifest { Homepage = "http://h:1/@sc/pkg", Dependencies = [KeyValuePair.Create("chalk", "^5")] }, [new NpmExport(".", null, "./mod.js")]);

        Assert.Equal(
            """
            {
              "name": "@jsr/sc__pkg",
              "version": "1.0.0+b",
              "homepage": "http://h:1/@sc/pkg",
              "type": "module",
              "main": "./mod.js",
              "dependencies": {
                "chalk": "^5"
              },
              "exports": {
                ".": {
                  "default": "./mod.js"
                }
              },
              "_jsr_revision": 11
            }
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Says_what_the_configuration_says()
    {
        var text = Write(
            Full,
            [new NpmExport("./z", "./z.d.ts", "./z.js"), new NpmExport(".", "./_dist/mod.d.ts", "./mod.js"), new NpmExport("./data", null, "./data.json"), new NpmExport("./style.css", null, "./style.css")],
            ["./setup.js"]);

        Assert.Equal(
            """
            {
              "name": "@jsr/sc__pkg",
              "version": "1.0.0+b",
              "description": "Draws \"things\"",
              "license": "MIT OR Apache-2.0",
              "keywords": [
                "draw",
                "ünïcode"
              ],
              "homepage": "https://example.com/",
              "repository": {
                "type": "git",
                "url": "github:o/r",
                "directory": "packages/pkg"
              },
              "type": "module",
              "main": "./mod.js",
              "types": "./_dist/mod.d.ts",
              "sideEffects": [
                "./setup.js"
              ],
              "bin": {
                "pkg": "cli.js"
              },
              "engines": {
                "node": ">=20"
              },
              "dependencies": {
                "chalk": "^5"
              },
              "peerDependencies": {
                "react": "^18 || ^19"
              },
              "peerDependenciesMeta": {
                "react": {
                  "optional": true
                }
              },
              "optionalDependencies": {
                "fsevents": "2"
              },
              "exports": {
                "./z": {
                  "types": "./z.d.ts",
                  "default": "./z.js"
                },
                ".": {
                  "types": "./_dist/mod.d.ts",
                  "default": "./mod.js"
                },
                "./data": {
                  "default": "./data.json"
                },
                "./style.css": {
                  "default": "./style.css"
                }
              },
              "typesVersions": {
                "*": {
                  "z": [
                    "./z.d.ts"
                  ],
                  "data": [
                    "./data.json"
                  ]
                }
              },
              "_jsr_revision": 11
            }
            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Dependencies_may_be_empty() => Assert.Contains("\"dependencies\": {},", Write(new NpmManifest(), []), StringComparison.Ordinal);

    [Fact]
    public void No_side_effects_is_said_with_false() => Assert.Contains("\"sideEffects\": false,", Write(new NpmManifest(), [], []), StringComparison.Ordinal);

    [Fact]
    public void A_manifest_reads_back_as_it_was_written()
    {
        foreach (var manifest in new[] { Full, new NpmManifest() })
        {
            Assert.Equivalent(manifest, NpmManifest.FromJson(manifest.ToJson()), strict: true);
        }
    }

    private static string Write(NpmManifest manifest, IReadOnlyList<NpmExport> exports, IReadOnlyList<string>? sideEffects = null) =>
        Encoding.UTF8.GetString(PackageJson.Write(new PackageJsonInput(PackageReference.Parse("@sc/pkg"), PackageVersion.Parse("1.0.0+b"), manifest, exports) { SideEffects = sideEffects }));

    [Theory]
    [InlineData("jsr:@std/path@1", "@jsr/std__path")]
    [InlineData("jsr:/@std/path@^1.0/posix/join", "@jsr/std__path/posix/join")]
    [InlineData("npm:chalk@5", "chalk")]
    [InlineData("npm:/@types/node@20/fs", "@types/node/fs")]
    [InlineData("npm:react@18/jsx-runtime", "react/jsx-runtime")]
    [InlineData("node:fs", null)]
    [InlineData("./mod.ts", null)]
    [InlineData("jsr:@Bad/path@1", null)]
    public void Specifiers_lose_scheme_and_version(string specifier, string? expected) => Assert.Equal(expected, NpmNames.BareSpecifier(specifier));
}
