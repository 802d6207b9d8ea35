using System.Text;
using Kiln.Packages.Names;
using Kiln.Packages.Tests.Support;

namespace Kiln.Packages.Tests.Publishing;

/// <summary>Every code of publishing.md §3.2 that the pipeline can give, each with an archive that earns it.</summary>
public sealed class PackageBuilderRejectTests
{
    [Fact]
    public async Task Bytes_that_are_no_archive_are_invalidTarball() =>
        Assert.Equal("invalidTarball", (await PublishRun.BuildAsync(Encoding.UTF8.GetBytes("not a gzip file"))).Error!.Code);

    [Fact]
    public async Task A_truncated_archive_is_invalidTarball()
    {
        var archive = PublishRun.Archive(("deno.json", PublishRun.Config), ("mod.ts", "export const a = 1;"));

        Assert.Equal("invalidTarball", (await PublishRun.BuildAsync(archive[..(archive.Length / 2)])).Error!.Code);
    }

    [Theory]
    [InlineData('1', "linkInTarball")]
    [InlineData('2', "linkInTarball")]
    [InlineData('3', "invalidEntryType")]
    [InlineData('6', "invalidEntryType")]
    public async Task Links_and_devices_are_refused(char type, string code)
    {
        var archive = new TarForge().File("deno.json", PublishRun.Config).File("mod.ts").Header("x", 0, type).Gzip();

        Assert.Equal(code, (await PublishRun.BuildAsync(archive)).Error!.Code);
    }

    [Theory]
    [InlineData("../mod.ts", "invalidPath")]
    [InlineData("a b.ts", "invalidPath")]
    [InlineData("_dist/x.js", "invalidPath")]
    [InlineData(".git/config", "invalidGitPath")]
    [InlineData("MOD.ts", "caseInsensitiveDuplicatePath")]
    public async Task Bad_paths_are_refused(string path, string code) =>
        Assert.Equal(code, (await PublishRun.FailAsync(("mod.ts", "export {};"), (path, "x"))).Code);

    [Fact]
    public async Task A_large_file_and_a_large_package_are_refused()
    {
        var mebibyte = new byte[1024 * 1024];
        var file = new TarForge().Entry("big.bin", new byte[(20 * mebibyte.Length) + 1]).Gzip();
        var package = new TarForge();
        for (var i = 0; i < 21; i++)
        {
            package.Entry($"f{i}.bin", mebibyte);
        }

        Assert.Equal("fileTooLarge", (await PublishRun.BuildAsync(file)).Error!.Code);
        Assert.Equal("packageTooLarge", (await PublishRun.BuildAsync(package.Gzip())).Error!.Code);
    }

    [Fact]
    public async Task Without_the_named_configuration_file_it_is_missingConfigFile()
    {
        var archive = PublishRun.Archive(("deno.json", PublishRun.Config), ("mod.ts", "export {};"));

        var error = (await PublishRun.BuildAsync(archive, PublishRun.Request with { ConfigPath = PackagePath.Parse("/jsr.json") })).Error!;

        Assert.Equal("missingConfigFile", error.Code);
        Assert.Contains("'/jsr.json'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalidConfigFile")]
    [InlineData("{ \"name\": \"@sc/pkg\", ", "invalidConfigFile")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"version\": \"1\" }", "invalidConfigFile")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"name\": \"@sc/pkg\" }", "invalidConfigFile")]
    [InlineData("{ \"name\": \"@sc/other\", \"exports\": \"./mod.ts\" }", "configFileNameMismatch")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"version\": \"1.2.4\", \"exports\": \"./mod.ts\" }", "configFileVersionMismatch")]
    [InlineData("{ \"name\": \"@sc/pkg\" }", "configFileExportsInvalid")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"exports\": \"mod.ts\" }", "configFileExportsInvalid")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"license\": \"MIT\", \"exports\": \"./Mod.ts\" }", "configFileExportsInvalid")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"license\": \"MIT\", \"exports\": \"./a/../mod.ts\" }", "invalidPath")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"license\": \"Own\", \"exports\": \"./mod.ts\" }", "invalidLicense")]
    [InlineData("{ \"name\": \"@sc/pkg\", \"exports\": \"./mod.ts\" }", "missingLicense")]
    public async Task A_bad_configuration_is_refused(string config, string code) =>
        Assert.Equal(code, (await PublishRun.FailAsync(("deno.json", config), ("mod.ts", "export {};"))).Code);

    [Fact]
    public async Task The_configuration_that_was_named_counts_when_two_contradict_each_other()
    {
        var archive = PublishRun.Archive(
            ("deno.json", PublishRun.Config), ("jsr.json", """{ "name": "@sc/other", "version": "9.9.9", "exports": "./gone.ts" }"""), ("mod.ts", "export {};"));

        Assert.True((await PublishRun.BuildAsync(archive)).IsSuccess);
        Assert.Equal("configFileNameMismatch", (await PublishRun.BuildAsync(archive, PublishRun.Request with { ConfigPath = PackagePath.Parse("/jsr.json") })).Error!.Code);
    }

    [Fact]
    public async Task A_license_file_with_another_text_is_invalidLicense() =>
        Assert.Equal(
            "invalidLicense",
            (await PublishRun.FailAsync(("deno.json", """{ "name": "@sc/pkg", "exports": "./mod.ts" }"""), ("LICENSE", "Mine."), ("mod.ts", "export {};"))).Code);

    [Theory]
    [InlineData("import './gone.ts';", "graphError")]
    [InlineData("import './Other.ts';", "graphError")]
    [InlineData("import 'chalk';", "graphError")]
    [InlineData("import './data.json';", "graphError")]
    [InlineData("import './style.css';", "graphError")]
    [InlineData("import 'jsr:@sc/pkg@1/none';", "graphError")]
    [InlineData("export const a = ;", "graphError")]
    [InlineData("import 'npm:chalk';", "missingConstraint")]
    [InlineData("import 'jsr:@std/path';", "missingConstraint")]
    [InlineData("import 'npm:chalk@*';", "missingConstraint")]
    [InlineData("import 'jsr:@std/path@latest';", "invalidJsrSpecifier")]
    [InlineData("import 'npm:@x@1';", "invalidNpmSpecifier")]
    [InlineData("import 'https://example.com/x.ts';", "invalidExternalImport")]
    [InlineData("import 'ftp://example.com/x.ts';", "invalidExternalImport")]
    [InlineData("import type { X } from 'https://example.com/x.ts'; export type Y = X;", "invalidExternalImport")]
    [InlineData("import x = require('node:fs'); export { x };", "commonJs")]
    [InlineData("import './x.cjs';", "commonJs")]
    [InlineData("const x = 1; export = x;", "globalTypeAugmentation")]
    [InlineData("export as namespace X;", "globalTypeAugmentation")]
    [InlineData("declare global { interface A {} } export {};", "globalTypeAugmentation")]
    [InlineData("declare module 'x' {} export {};", "globalTypeAugmentation")]
    [InlineData("import d from './data.json' assert { type: 'json' }; export { d };", "bannedImportAssertion")]
    [InlineData("/// <reference lib=\"dom\" />\nexport {};", "bannedTripleSlashDirectives")]
    [InlineData("/// <reference no-default-lib=\"true\" />\nexport {};", "bannedTripleSlashDirectives")]
    [InlineData("import 'jsr:Bad@1';", "invalidJsrScopedPackageName")]
    public async Task A_bad_module_is_refused(string text, string code)
    {
        var error = await PublishRun.FailAsync(("mod.ts", text), ("other.ts", "export {};"), ("data.json", "{}"), ("style.css", ""), ("x.cjs", ""));

        Assert.True(code == error.Code, $"{error.Code}: {error.Message}");
        Assert.Contains("/mod.ts", error.Message.Replace("/x.cjs", "/mod.ts", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_syntax_error_names_its_place_and_shows_the_line()
    {
        var error = await PublishRun.FailAsync(("mod.ts", "export const a = 1;\nexport const b = ;\n"));

        Assert.Equal("graphError", error.Code);
        Assert.Contains("/mod.ts:2:18", error.Message, StringComparison.Ordinal);
        Assert.Contains("export const b = ;", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class A { m(@dec p: number) {} }\ndeclare const dec: any;\nexport { A };", "/mod.ts:1:")]
    public async Task What_cannot_become_JavaScript_is_npmTarballError(string text, string place)
    {
        var error = await PublishRun.FailAsync(("mod.ts", text));

        Assert.Equal("npmTarballError", error.Code);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_package_json_is_npmTarballError() =>
        Assert.Equal("npmTarballError", (await PublishRun.FailAsync(("mod.ts", "export {};"), ("package.json/x.txt", ""))).Code);

    [Fact]
    public async Task The_first_problem_in_the_order_of_the_checks_is_reported()
    {
        const string Config = """{ "name": "@sc/pkg", "exports": "./gone.ts" }""";

        Assert.Equal("missingLicense", (await PublishRun.FailAsync(("deno.json", Config), ("mod.ts", "import 'chalk';"))).Code);
        Assert.Equal("graphError", (await PublishRun.FailAsync(("mod.ts", "import 'npm:chalk'; import './gone.ts';"))).Code);
        Assert.Equal("missingConstraint", (await PublishRun.FailAsync(("mod.ts", "import 'npm:chalk'; declare global {}"))).Code);
        Assert.Equal("globalTypeAugmentation", (await PublishRun.FailAsync(("mod.ts", "import 'jsr:Bad@1'; declare global {}"))).Code);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("-", "")]
    [InlineData("`${", "}`")]
    [InlineData("()=>", "")]
    [InlineData("<T>", "")]
    [InlineData("a?b:", "")]
    [InlineData("a.b+", "")]
    public async Task Deep_nesting_is_refused_and_kills_nothing(string open, string close)
    {
        const int Depth = 200_000;
        var text = "export const x = " + string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth)) + ";";

        var result = await PublishRun.BuildAsync(("mod.ts", text));

        // Some of these are linear chains that may well be accepted; being alive is what counts.
        Assert.True(result.IsSuccess || result.Error.Code is "graphError" or "npmTarballError", result.Error?.Code);
    }
}
