using System.Text;
using Kiln.Packages.Names;
using Kiln.Packages.Npm;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Npm;

public sealed class PackageJsonTests
{
    [Fact]
    public void Has_exactly_the_keys_of_the_protocol_in_its_order()
    {
        var bytes = PackageJson.Write(
            PackageReference.Parse("@sc/pkg"),
            PackageVersion.Parse("1.0.0+b"),
            "http://h:1/",
            [KeyValuePair.Create("chalk", "^5")],
            [new NpmExport("./z", "./z.d.ts", "./z.js"), new NpmExport(".", null, "./mod.js"), new NpmExport("./n", null, null)]);

        Assert.Equal(
            """
            {
              "name": "@jsr/sc__pkg",
              "version": "1.0.0+b",
              "homepage": "http://h:1/@sc/pkg",
              "type": "module",
              "dependencies": {
                "chalk": "^5"
              },
              "exports": {
                "./z": {
                  "types": "./z.d.ts",
                  "default": "./z.js"
                },
                ".": {
                  "default": "./mod.js"
                },
                "./n": {}
              },
              "_jsr_revision": 11
            }
            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Dependencies_may_be_empty() =>
        Assert.Contains(
            "\"dependencies\": {},",
            Encoding.UTF8.GetString(PackageJson.Write(PackageReference.Parse("@sc/pkg"), PackageVersion.Parse("1.0.0"), "http://h/", [], [])),
            StringComparison.Ordinal);

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
