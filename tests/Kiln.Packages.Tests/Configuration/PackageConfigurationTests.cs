using System.Text;
using Kiln.Packages.Configuration;
using Kiln.Packages.Names;
using Kiln.Packages.Versions;

namespace Kiln.Packages.Tests.Configuration;

public sealed class PackageConfigurationTests
{
    [Fact]
    public void Reads_the_members_that_matter_and_ignores_the_rest()
    {
        var configuration = Read("""
            {
              // what it is
              "name": "@sc/pkg",
              "version": "1.2.3",
              "license": " MIT ",
              "exports": { "./b": "./b.ts", ".": "./mod.ts" },
              "imports": { "x": "npm:x@1" }, "tasks": null,
            }
            """);

        Assert.Equal("@sc/pkg", configuration.Name.ToString());
        Assert.Equal("1.2.3", configuration.Version!.Value);
        Assert.Equal(" MIT ", configuration.License);
        Assert.Equal([new PackageExport("./b", "./b.ts"), new PackageExport(".", "./mod.ts")], configuration.Exports.Entries);
        Assert.Equal("/b.ts", configuration.Exports.Entries[0].TargetPath);
        Assert.Equal("./mod.ts", configuration.Exports.Find("."));
        Assert.Null(configuration.Exports.Find("./c"));
    }

    [Theory]
    [InlineData("""{ "name": "@sc/pkg", "exports": "./mod.ts" }""")]
    [InlineData("""{ "name": "@sc/pkg", "version": null, "license": null, "exports": "./mod.ts" }""")]
    [InlineData("""{ "name": "@sc/pkg", "license": "  ", "exports": "./mod.ts" }""")]
    public void Version_and_license_may_be_absent(string text)
    {
        var configuration = Read(text);

        Assert.Null(configuration.Version);
        Assert.Null(configuration.License);
        Assert.Equal([new PackageExport(".", "./mod.ts")], configuration.Exports.Entries);
    }

    [Theory]
    [InlineData("[]", "an object, not an array")]
    [InlineData("\"x\"", "an object, not a string")]
    [InlineData("null", "an object, not null")]
    [InlineData("{}", "\"name\" is missing")]
    [InlineData("""{ "name": null }""", "\"name\" is missing")]
    [InlineData("""{ "name": 1 }""", "must be a string, not a number")]
    [InlineData("""{ "name": "pkg" }""", "@scope/name")]
    [InlineData("""{ "name": "@sc/Pkg" }""", "lower-case")]
    [InlineData("""{ "name": "@sc/pkg", "version": 1 }""", "must be a string, not a number")]
    [InlineData("""{ "name": "@sc/pkg", "version": "v1.0.0" }""", "MAJOR.MINOR.PATCH")]
    [InlineData("""{ "name": "@sc/pkg", "version": "1.0" }""", "MAJOR.MINOR.PATCH")]
    [InlineData("""{ "name": "@sc/pkg", "license": {} }""", "must be a string, not an object")]
    [InlineData("""{ "name": "@sc/pkg", "name": "@sc/pkg" }""", "twice")]
    [InlineData("""{ "name": "@sc/pkg", "description": "\u0000" }""", "U+0000")]
    public void An_unreadable_file_is_invalidConfigFile(string text, string words) => AssertError(text, "invalidConfigFile", words);

    [Fact]
    public void The_message_names_file_line_and_column_and_shows_the_line()
    {
        var error = Fail("{\r\n  \"name\": \"@sc/pkg\",\r\n\t\"version\": true\r\n}");

        Assert.Equal("invalidConfigFile", error.Code);
        Assert.Contains("at /deno.json:3:13\n\n   \"version\": true\n              ^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_name_than_that_of_the_address_is_a_mismatch() =>
        AssertError("""{ "name": "@sc/other", "exports": "./mod.ts" }""", "configFileNameMismatch", "'@sc/other', but '@sc/pkg'");

    [Fact]
    public void Another_version_than_that_of_the_address_is_a_mismatch() =>
        AssertError("""{ "name": "@sc/pkg", "version": "1.2.3-rc.1", "exports": "./mod.ts" }""", "configFileVersionMismatch", "'1.2.3-rc.1', but '1.2.3'");

    [Fact]
    public void Build_metadata_is_part_of_the_version() =>
        AssertError("""{ "name": "@sc/pkg", "version": "1.2.3+a", "exports": "./mod.ts" }""", "configFileVersionMismatch", "'1.2.3+a'");

    [Fact]
    public void The_first_problem_in_the_order_of_the_checks_is_reported()
    {
        AssertError("""{ "name": "@sc/other", "version": "9.9.9", "exports": {}, "license": 1 }""", "invalidConfigFile", "license");
        AssertError("""{ "name": "@sc/other", "version": "9.9.9", "exports": {} }""", "configFileNameMismatch", "other");
        AssertError("""{ "name": "@sc/pkg", "version": "9.9.9", "exports": {} }""", "configFileVersionMismatch", "9.9.9");
        AssertError("""{ "name": "@sc/pkg", "exports": {} }""", "configFileExportsInvalid", "empty");
    }

    [Theory]
    [InlineData("null", "missing")]
    [InlineData("{}", "empty")]
    [InlineData("[]", "not an array")]
    [InlineData("1", "not a number")]
    [InlineData("\"\"", "must not be empty")]
    [InlineData("\"mod.ts\"", "Write \"./mod.ts\"")]
    [InlineData("\"/mod.ts\"", "Write \"./mod.ts\"")]
    [InlineData("\"../mod.ts\"", "must start with \"./\"")]
    [InlineData("\"./src/\"", "not a folder")]
    [InlineData("\"./src.d/mod\"", "extension")]
    [InlineData("{ \".\": null }", "not null")]
    [InlineData("{ \".\": [\"./mod.ts\"] }", "not an array")]
    [InlineData("{ \".\": { \"import\": \"./mod.ts\" } }", "Conditional exports are not supported")]
    [InlineData("{ \"\": \"./mod.ts\" }", "must not be empty")]
    [InlineData("{ \"a\": \"./mod.ts\" }", "Write \"./a\"")]
    [InlineData("{ \"./\": \"./mod.ts\" }", "must not end with")]
    [InlineData("{ \"./a/\": \"./mod.ts\" }", "must not end with")]
    [InlineData("{ \"./a//b\": \"./mod.ts\" }", "empty segment")]
    [InlineData("{ \"./a/../b\": \"./mod.ts\" }", "dots")]
    [InlineData("{ \"./...\": \"./mod.ts\" }", "dots")]
    [InlineData("{ \"./*\": \"./mod.ts\" }", "letters, digits")]
    [InlineData("{ \"./ä\": \"./mod.ts\" }", "letters, digits")]
    [InlineData("{ \".\": \"./mod.ts\", \"./b\": \"b.ts\" }", "target of \"./b\"")]
    public void Malformed_exports_are_configFileExportsInvalid(string exports, string words) =>
        AssertError($$"""{ "name": "@sc/pkg", "exports": {{exports}} }""", "configFileExportsInvalid", words);

    [Fact]
    public void Targets_must_exist_with_their_case()
    {
        var files = Files("/mod.ts", "/Upper.ts");

        Assert.Null(Read("""{ "name": "@sc/pkg", "exports": { ".": "./mod.ts", "./u": "./Upper.ts" } }""").Exports.CheckTargets(files));

        var missing = Read("""{ "name": "@sc/pkg", "exports": "./gone.ts" }""").Exports.CheckTargets(files);
        Assert.Equal("configFileExportsInvalid", missing!.Code);
        Assert.Contains("no such file", missing.Message, StringComparison.Ordinal);

        var wrongCase = Read("""{ "name": "@sc/pkg", "exports": "./upper.ts" }""").Exports.CheckTargets(files);
        Assert.Equal("configFileExportsInvalid", wrongCase!.Code);
        Assert.Contains("'./Upper.ts'", wrongCase.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./a/../mod.ts")]
    [InlineData("./a//mod.ts")]
    [InlineData("./mod .ts")]
    [InlineData("./_dist/mod.ts")]
    public void A_target_that_is_no_package_path_is_invalidPath(string target)
    {
        var error = Read($$"""{ "name": "@sc/pkg", "exports": "{{target}}" }""").Exports.CheckTargets(Files("/mod.ts"));

        Assert.Equal("invalidPath", error!.Code);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(params string[] paths) =>
        paths.ToDictionary(p => p, _ => ReadOnlyMemory<byte>.Empty, StringComparer.Ordinal);

    private static PackageConfiguration Read(string text)
    {
        Assert.True(TryRead(text, out var configuration, out var error), error?.Message);
        return configuration!;
    }

    private static PublishError Fail(string text)
    {
        Assert.False(TryRead(text, out _, out var error));
        return error!;
    }

    private static void AssertError(string text, string code, string words)
    {
        var error = Fail(text);
        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    private static bool TryRead(string text, out PackageConfiguration? configuration, out PublishError? error) =>
        PackageConfiguration.TryRead(
            PackagePath.Parse("/deno.json"), Encoding.UTF8.GetBytes(text), PackageReference.Parse("@sc/pkg"), PackageVersion.Parse("1.2.3"), out configuration, out error);
}
