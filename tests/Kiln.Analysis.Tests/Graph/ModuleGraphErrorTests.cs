using Kiln.Analysis.Graph;

namespace Kiln.Analysis.Tests.Graph;

/// <summary>Every code, with the place that the message names (publishing.md §3.5 to §3.7).</summary>
public sealed class ModuleGraphErrorTests
{
    [Theory]
    [InlineData("import './missing.ts'", 8)]
    [InlineData("export * from './missing.ts'", 15)]
    [InlineData("import a from 'bare'", 15)]
    [InlineData("import '@scope/bare/sub'", 8)]
    [InlineData("import 'jsr:@self/pkg@1/missing'", 8)]
    [InlineData("import data from './data.json'", 18)]
    [InlineData("import data from './a.ts' with { type: 'json' }", 18)]
    [InlineData("import data from './data.jsonc' with { type: 'json' }", 18)]
    [InlineData("import './style.css'", 8)]
    [InlineData("import './a.ts' with { type: 'css' }", 8)]
    [InlineData("import './missing.txt' with { type: 'text' }", 8)]
    [InlineData("import source s from './a.ts'", 22)]
    [InlineData("import './README.md'", 8)]
    [InlineData("import './noextension'", 8)]
    [InlineData("import x = require('./missing.ts')", 20)]
    public void Reports_what_static_code_misses(string source, int column)
    {
        var error = TestPackage.With("/mod.ts", source).File("/a.ts", "").File("/data.json", "{}").File("/data.jsonc", "{}").File("/style.css", "").File("/README.md", "").File("/noextension", "").Fail();
        Assert.Equal((AnalysisErrorCodes.GraphError, "/mod.ts", 1, column), (error.Code, error.Path, error.Line, error.Column));
        Assert.Contains($" at /mod.ts:1:{column}\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_line_of_a_syntax_error_with_a_mark()
    {
        var error = TestPackage.With("/mod.ts", "import './b.ts';").File("/b.ts", "const ok = 1;\n\tconst x = ;\n").Fail();
        Assert.Equal((AnalysisErrorCodes.GraphError, "/b.ts", 2, 12), (error.Code, error.Path, error.Line, error.Column));
        Assert.EndsWith(" at /b.ts:2:12\n\n  2 |  const x = ;\n                 ^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_only_the_neighbourhood_in_a_long_line()
    {
        var error = TestPackage.With("/mod.ts", $"const a = \"{new string('x', 5000)}\" ;;; const = 1; const b = \"{new string('y', 5000)}\";").Fail();
        Assert.True(error.Message.Length < 400, error.Message);
        Assert.Contains("const = 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./foo", "./foo.ts")]
    [InlineData("./foo.js", "./foo.ts")]
    [InlineData("./dir", "./dir/index.ts")]
    [InlineData("./dir/", "./dir/index.ts")]
    public void Suggests_the_file_that_a_bundler_would_find(string specifier, string suggestion)
    {
        var error = TestPackage.With("/mod.ts", $"import '{specifier}';").File("/foo.ts", "").File("/dir/index.ts", "").Fail();
        Assert.Contains($"Did you mean \"{suggestion}\"?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lodash", "\"npm:lodash@<version>\", \"jsr:@scope/lodash@<version>\"")]
    [InlineData("lodash/fp.js", "\"npm:lodash@<version>/fp.js\"")]
    [InlineData("@s/n/sub", "\"jsr:@s/n@<version>/sub\"")]
    [InlineData("@s", "\"npm:@s@<version>\"")]
    [InlineData("fs", "\"node:fs\"")]
    [InlineData("fs/promises", "\"node:fs/promises\"")]
    [InlineData("src/a.ts", "\"./src/a.ts\"")]
    public void Explains_a_bare_specifier(string specifier, string suggestion)
    {
        var error = TestPackage.With("/mod.ts", $"import '{specifier}';").Fail();
        Assert.Contains(suggestion, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_the_exports_when_the_package_imports_one_it_lacks()
    {
        var error = TestPackage.With("/mod.ts", "import 'jsr:@self/pkg@1/nope';").Export("./sub", "/mod.ts").Fail();
        Assert.Contains("\".\", \"./sub\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/missing.ts")]
    [InlineData("/style.css")]
    public void Reports_an_export_that_is_no_module(string path) =>
        Assert.Equal(AnalysisErrorCodes.GraphError, new TestPackage().Export(".", path).File("/style.css", "").Fail().Code);

    [Fact]
    public void A_bare_JSX_import_source_fails() =>
        Assert.Equal(AnalysisErrorCodes.GraphError, TestPackage.With("/mod.tsx", "/** @jsxImportSource react */\nexport {};").Fail().Code);

    [Theory]
    [InlineData("import 'https://example.com/mod.ts'", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import('http://example.com/mod.ts')", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import type { A } from 'https://example.com/mod.ts'", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import 'ftp://example.com/mod.ts'", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import 'blob:x'", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import 'C:/x.ts'", AnalysisErrorCodes.InvalidExternalImport)]
    [InlineData("import 'npm:chalk'", AnalysisErrorCodes.MissingConstraint)]
    [InlineData("import 'npm:chalk/sub'", AnalysisErrorCodes.MissingConstraint)]
    [InlineData("import 'npm:chalk@*'", AnalysisErrorCodes.MissingConstraint)]
    [InlineData("import('jsr:@s/n')", AnalysisErrorCodes.MissingConstraint)]
    [InlineData("import type { A } from 'jsr:/@s/n'", AnalysisErrorCodes.MissingConstraint)]
    [InlineData("import 'npm:@scope'", AnalysisErrorCodes.InvalidNpmSpecifier)]
    [InlineData("import 'npm:x@'", AnalysisErrorCodes.InvalidNpmSpecifier)]
    [InlineData("import 'jsr:@s/n@1!'", AnalysisErrorCodes.InvalidJsrSpecifier)]
    [InlineData("import 'jsr:@s'", AnalysisErrorCodes.InvalidJsrSpecifier)]
    [InlineData("import 'jsr:unscoped@1'", AnalysisErrorCodes.InvalidJsrScopedPackageName)]
    [InlineData("import x = require('npm:x@1')", AnalysisErrorCodes.CommonJs)]
    [InlineData("export import x = require('npm:x@1')", AnalysisErrorCodes.CommonJs)]
    [InlineData("export = 1", AnalysisErrorCodes.GlobalTypeAugmentation)]
    [InlineData("export as namespace X", AnalysisErrorCodes.GlobalTypeAugmentation)]
    [InlineData("export {}; declare global { var x: number }", AnalysisErrorCodes.GlobalTypeAugmentation)]
    [InlineData("declare module 'npm:x@1' { }", AnalysisErrorCodes.GlobalTypeAugmentation)]
    [InlineData("declare module '*.css' { }", AnalysisErrorCodes.GlobalTypeAugmentation)]
    [InlineData("import a from './data.json' assert { type: 'json' }", AnalysisErrorCodes.BannedImportAssertion)]
    [InlineData("export { default } from './data.json' assert { type: 'json' }", AnalysisErrorCodes.BannedImportAssertion)]
    [InlineData("/// <reference lib='dom' />\nfoo()", AnalysisErrorCodes.BannedTripleSlashDirectives)]
    [InlineData("/// <reference no-default-lib=\"true\"/>\nfoo()", AnalysisErrorCodes.BannedTripleSlashDirectives)]
    [InlineData("///<Reference   LIB = \"dom\" />", AnalysisErrorCodes.BannedTripleSlashDirectives)]
    public void Reports(string source, string code)
    {
        var error = TestPackage.With("/mod.ts", source).File("/data.json", "{}").Fail();
        Assert.Equal(code, error.Code);
        Assert.EndsWith($" at {error.Path}:{error.Line}:{error.Column}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mod.cjs")]
    [InlineData("/mod.cts")]
    public void Reports_CommonJs_files(string path)
    {
        var error = TestPackage.With(path, "foo();").Fail();
        Assert.Equal((AnalysisErrorCodes.CommonJs, path, 1, 1), (error.Code, error.Path, error.Line, error.Column));
    }

    [Theory]
    [InlineData("import X = A.B; namespace A { export const B = 1; }")]
    [InlineData("declare module Foo { }")]
    [InlineData("namespace N { declare module M { } }")]
    [InlineData("foo();\n/// <reference lib='dom' />")]
    [InlineData("/** /// <reference lib='dom' /> */\nfoo()")]
    [InlineData("// <reference lib='dom' />\nfoo()")]
    [InlineData("import('./data.json', { assert: { type: 'json' } })")]
    [InlineData("const require = 1; exports.x = 1; globalThis.y = eval('1')")]
    public void Allows_what_only_looks_banned(string source) => TestPackage.With("/mod.ts", source).File("/data.json", "{}").Pass();

    [Fact]
    public void Checks_banned_constructs_in_modules_that_only_types_reach()
    {
        var error = TestPackage.With("/mod.ts", "import type { A } from './a.ts'").File("/a.ts", "\n  export = 1").Fail();
        Assert.Equal((AnalysisErrorCodes.GlobalTypeAugmentation, "/a.ts", 2, 3), (error.Code, error.Path, error.Line, error.Column));
    }

    [Fact]
    public void The_graph_comes_before_dependencies_and_these_before_banned_constructs_and_names_last()
    {
        var package = TestPackage.With("/mod.ts", "import 'jsr:unscoped@1'; export = 1; import 'npm:x'; import './missing.ts';");
        Assert.Equal(AnalysisErrorCodes.GraphError, package.Fail().Code);
        package.File("/missing.ts", "");
        Assert.Equal(AnalysisErrorCodes.MissingConstraint, package.Fail().Code);
        package.File("/mod.ts", "import 'jsr:unscoped@1'; export = 1;");
        Assert.Equal(AnalysisErrorCodes.GlobalTypeAugmentation, package.Fail().Code);
        package.File("/mod.ts", "import 'jsr:unscoped@1';");
        Assert.Equal(AnalysisErrorCodes.InvalidJsrScopedPackageName, package.Fail().Code);
    }
}
