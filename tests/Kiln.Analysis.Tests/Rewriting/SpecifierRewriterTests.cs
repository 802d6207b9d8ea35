using Kiln.Analysis.Rewriting;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Tests.Rewriting;

public sealed class SpecifierRewriterTests
{
    [Theory]
    [InlineData("import 'a';", "import 'b';")]
    [InlineData("import x, { y } from \"a\" with { type: \"json\" }; // a", "import x, { y } from \"b\" with { type: \"json\" }; // a")]
    [InlineData("export * from 'a'; export { x } from \"a\"", "export * from 'b'; export { x } from \"b\"")]
    [InlineData("import type { A } from 'a'; let a: import(\"a\").B<import('a')>;", "import type { A } from 'b'; let a: import(\"b\").B<import('b')>;")]
    [InlineData("import x = require('a');", "import x = require('b');")]
    [InlineData("declare module 'a' { import y from 'a'; }", "declare module 'b' { import y from 'b'; }")]
    [InlineData("import('a').then(() => require(\"a\"));", "import('b').then(() => require(\"b\"));")]
    [InlineData("import(`a`);", "import(`b`);")]
    [InlineData("import('\\x61');", "import('b');")]
    [InlineData("import.meta.resolve('a'); import.meta.resolve(`a`);", "import.meta.resolve('b'); import.meta.resolve(`b`);")]
    [InlineData("import(`a${x}`); import('a' + x); import.meta.resolve('a' + x); new URL('a', import.meta.url); meta.resolve('a'); import.meta.other('a');", null)]
    [InlineData("// @ts-types=\"a\"\nimport 'c'", "// @ts-types=\"b\"\nimport 'c'")]
    [InlineData("// @deno-types=a\nimport 'c'", "// @deno-types=b\nimport 'c'")]
    [InlineData("/** @jsxImportSource a */\nfoo();", null)]
    [InlineData("/** {import('a')} */", null)]
    [InlineData("const a = 'a';", null)]
    public void Rewrites_code(string source, string? expected) => Check(source, expected, Language.TypeScript, SpecifierUse.Code);

    [Theory]
    [InlineData("/** @type {import('a').X} */\nlet x; /** @import { Y } from \"a\" */", "/** @type {import('b').X} */\nlet x; /** @import { Y } from \"b\" */")]
    [InlineData("// {import('a').X}", null)]
    [InlineData("// @ts-self-types=\"a\"\nfoo()", "// @ts-self-types=\"b\"\nfoo()")]
    public void Rewrites_documentation_comments_of_JavaScript(string source, string? expected) => Check(source, expected, Language.JavaScript, SpecifierUse.Code);

    [Theory]
    [InlineData("/** @jsxImportSource a */\nfoo();", "/** @jsxImportSource b */\nfoo();")]
    [InlineData("/** @jsxRuntime automatic */ /* @jsxImportSource   a\n*/ <p/>;", "/** @jsxRuntime automatic */ /* @jsxImportSource   b\n*/ <p/>;")]
    [InlineData("/** @jsxImportSourceTypes a */\nfoo();", "/** @jsxImportSourceTypes b */\nfoo();")]
    public void Rewrites_the_source_of_the_jsx_runtime(string source, string? expected) => Check(source, expected, Language.Tsx, SpecifierUse.Code);

    [Fact]
    public void A_types_reference_is_rewritten_in_declarations_and_removed_from_code()
    {
        const string source = "/// <reference types=\"a\" />\n/// <reference path='a' />\nimport 'a';\n";
        Check(source, "/// <reference types=\"b\" />\n/// <reference path='b' />\nimport 'b';\n", Language.Declaration, SpecifierUse.Types);
        Check(source, "\n/// <reference path='b' />\nimport 'b';\n", Language.TypeScript, SpecifierUse.Code);
    }

    [Fact]
    public void Tells_the_rewriter_who_will_read_the_specifier()
    {
        var file = Parser.Parse("/// <reference path='p' />\n// @ts-types='t'\nimport 's'; /** {import('j')} */ import.meta.resolve('r');", Language.JavaScript);
        var asked = new List<string>();
        SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Code, (specifier, use) =>
        {
            asked.Add($"{specifier} {use}");
            return null;
        });
        Assert.Equal(["s Code", "r Address", "j Types", "p TypesFile", "t TypesFile"], asked);
    }

    [Fact]
    public void An_unchanged_text_is_the_same_string()
    {
        var file = Parser.Parse("import 'a';", Language.TypeScript);
        Assert.Same(file.Text, SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Code, (specifier, _) => specifier));
        Assert.Same(file.Text, SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Code, (_, _) => null));
    }

    [Theory]
    [InlineData("import \"a\"", "x\"'`\\\n\u2028${}", "import \"x\\\"'`\\\\\\n\\u2028${}\"")]
    [InlineData("import 'a'", "x\"'`", "import 'x\"\\'`'")]
    [InlineData("import(`a`)", "x`\"'${y}$\\", "import(`x\\`\"'\\${y}$\\\\`)")]
    [InlineData("import 'a'", "😀\0\t", "import '😀\\u0000\\t'")]
    public void Escapes_for_the_quotes_around_it(string source, string replacement, string expected)
    {
        var file = Parser.Parse(source, Language.TypeScript);
        Assert.Equal(expected, SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Code, (_, _) => replacement));

        // And back: what was written means what was meant.
        var written = Parser.Parse(expected, Language.TypeScript);
        Assert.Equal(replacement, ModuleInfo.Create(written).Dependencies[0].Specifier);
    }

    [Fact]
    public void Escapes_lone_surrogates_which_no_file_can_hold() => Assert.Equal("\\ud800😀\\udc00", SpecifierEdits.Escape("\ud800😀\udc00", '"'));

    [Theory]
    [InlineData("x*/y")]
    [InlineData("x*")]
    [InlineData("x\"y")]
    [InlineData("x'y")]
    [InlineData("x\ny")]
    public void Writes_nothing_into_a_comment_that_would_end_it(string replacement)
    {
        var file = Parser.Parse("/// <reference path=\"a\" />\n// @ts-self-types=\"a\"\n/** {import('a')} */ foo();", Language.JavaScript);
        Assert.Same(file.Text, SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), SpecifierUse.Code, (_, _) => replacement));
    }

    private static void Check(string source, string? expected, Language language, SpecifierUse use)
    {
        var file = Parser.Parse(source, language);
        Assert.Empty(file.Diagnostics);
        Assert.Equal(expected ?? source, SpecifierRewriter.Rewrite(file, ModuleInfo.Create(file), use, (specifier, _) => specifier == "a" ? "b" : null));
    }
}
