using CsCheck;
using Kiln.Analysis.Rewriting;
using Kiln.TypeScript;
using Kiln.TypeScript.Modules;

namespace Kiln.Analysis.Tests.Rewriting;

public sealed class SpecifierRewriterPropertyTests
{
    private static readonly string[] Pieces =
    [
        "import 'a';\n", "import x from \"./a\";", "export * from '\\x61';\r\n", "import(`./t`);", "require('./r', 1);", "let v: import('./v').V<import(\"./w\")>;\n",
        "/* 😀 */ ", "// line\n", "/// <reference path='./p' />\n", "const t = `${import('./in')} ./no`;", "import(`./${n}`);", "const s = './plain';", "declare module './m' { }\n",
        "import {} from '\\u{1F600}';", "import type { T } from '';\n", "foo();\u2028",
    ];

    private static readonly Gen<string> Sources = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 12].Select(string.Concat);

    private const string Awkward = "ab./'\"`\\${}\0\n\r\t\u2028é";

    private static readonly Gen<string> Replacements = Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]).Array[0, 8].Select(c => new string(c));

    [Fact]
    public void What_is_written_is_what_is_read_and_nothing_else_changes() =>
        Gen.Select(Sources, Replacements).Sample((source, replacement) =>
        {
            var file = Parser.Parse(source, Language.TypeScript);
            var info = ModuleInfo.Create(file);
            var written = SpecifierRewriter.Rewrite(file, info, SpecifierUse.Code, (_, _) => replacement);
            var again = Parser.Parse(written, Language.TypeScript);
            var infoAgain = ModuleInfo.Create(again);
            Assert.Equal(file.Diagnostics.Length, again.Diagnostics.Length);
            Assert.Equal(info.Dependencies.Select(d => d.Specifier is null ? null : replacement), infoAgain.Dependencies.Select(d => d.Specifier));
            Assert.Equal(info.Dependencies.Select(d => d.Kind), infoAgain.Dependencies.Select(d => d.Kind));

            // Undone, the text is the old one: only specifiers were touched. (Escapes of the old text are not kept, so it must have none.)
            if (!source.Contains('\\', StringComparison.Ordinal))
            {
                var old = new Queue<string>(info.Dependencies.Where(d => d.Specifier is not null).Select(d => d.Specifier!));
                var references = new Queue<string>(info.TypeScriptReferences.Select(r => r.Specifier.Text));
                Assert.Equal(source, SpecifierRewriter.Rewrite(again, infoAgain, SpecifierUse.Code, (_, use) => (use == SpecifierUse.TypesFile ? references : old).Dequeue()));
            }
        }, iter: 3000);
}
