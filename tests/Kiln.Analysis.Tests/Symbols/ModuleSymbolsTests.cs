using Kiln.Analysis.Symbols;
using Kiln.TypeScript;

namespace Kiln.Analysis.Tests.Symbols;

public sealed class ModuleSymbolsTests
{
    [Fact]
    public void Merged_declarations_are_one_symbol()
    {
        var symbols = Read("interface A { x: 1 } class A {} namespace A { export type T = 1; } const B = 1; type B = 2; function f() {} function f() {} f.p = 1;");

        var a = symbols.Scope.Symbols["A"];
        Assert.Equal([DeclarationKind.Interface, DeclarationKind.Class, DeclarationKind.Namespace], Kinds(a));
        Assert.Equal(Meanings.All, a.Meanings);
        Assert.Equal(["T"], a.Exports!.Keys);

        Assert.Equal(Meanings.Value | Meanings.Type, symbols.Scope.Symbols["B"].Meanings);
        Assert.Equal([DeclarationKind.Function, DeclarationKind.Function, DeclarationKind.Expando], Kinds(symbols.Scope.Symbols["f"]));
    }

    [Fact]
    public void A_namespace_of_types_is_no_value()
    {
        var symbols = Read("namespace A { export interface I {} namespace B { type T = 1; } } namespace C { namespace D { const x = 1; } }");

        Assert.Equal(Meanings.Namespace, symbols.Scope.Symbols["A"].Meanings);
        Assert.Equal(Meanings.Namespace | Meanings.Value, symbols.Scope.Symbols["C"].Meanings);
    }

    [Fact]
    public void Blocks_of_a_namespace_share_their_exports_only()
    {
        var symbols = Read("namespace N { export interface A {} interface P {} } namespace N { export interface A {} interface P {} export interface Q {} }");

        var n = symbols.Scope.Symbols["N"];
        Assert.Equal(["A", "Q"], n.Exports!.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, n.Exports["A"].Declarations.Length);
        var scope = n.Exports["Q"].Declarations[0].Scope;
        Assert.Equal(1, scope.Find("P")!.Declarations.Length);
        Assert.Same(n.Exports["A"], scope.Find("A"));
        Assert.Same(n, scope.Find("N"));
        Assert.Null(scope.Find("B"));
    }

    [Fact]
    public void Dotted_namespaces_nest()
    {
        var symbols = Read("namespace A.B.C { export const x = 1; }");

        var c = symbols.Scope.Symbols["A"].Exports!["B"].Exports!["C"];
        Assert.Equal("A.B.C", c.ToString());
        Assert.Equal(["x"], c.Exports!.Keys);
        Assert.All(c.Declarations.ToArray(), declaration => Assert.True(declaration.IsExported));
    }

    [Theory]
    [InlineData("import d from 'm'", "d", "default")]
    [InlineData("import * as ns from 'm'", "ns", null)]
    [InlineData("import { a } from 'm'", "a", "a")]
    [InlineData("import { a as b } from 'm'", "b", "a")]
    [InlineData("import { 'a b' as b } from 'm'", "b", "a b")]
    [InlineData("import type { a as b } from 'm'", "b", "a")]
    [InlineData("import r = require('m')", "r", null)]
    public void Imports_stand_for_a_name_of_a_module(string text, string local, string? name)
    {
        var declaration = Assert.Single(Read(text).Scope.Symbols[local].Declarations.ToArray());

        Assert.Equal(new ModuleName("m", name), declaration.Source);
        Assert.True(declaration.IsAlias);
        Assert.False(declaration.IsExported);
    }

    [Fact]
    public void Exports_by_keyword_list_and_star()
    {
        var symbols = Read("export const a = 1, { b, c: [d] } = x; const e = 1; export { e as f, e as 'g h' }; export { i as j } from 'm'; export * as k from 'm'; export * from 'n'; export default class L {}");

        Assert.Equal(["a", "b", "d", "default", "f", "g h", "j", "k"], symbols.Exports.Keys.Order(StringComparer.Ordinal));
        Assert.Same(symbols.Scope.Symbols["L"], symbols.Exports["default"]);
        Assert.Equal("e", symbols.Exports["f"].Declarations[0].LocalName);
        Assert.Equal(new ModuleName("m", "i"), symbols.Exports["j"].Declarations[0].Source);
        Assert.Equal(new ModuleName("m", null), symbols.Exports["k"].Declarations[0].Source);
        Assert.Equal("n", Assert.Single(symbols.Stars).Source!.Specifier);
        Assert.False(symbols.Scope.Symbols.ContainsKey("f"));
    }

    [Fact]
    public void One_exported_name_can_be_two_local_ones()
    {
        var symbols = Read("export interface Bar {} const foo = 1; export { foo as Bar };");

        Assert.Equal([DeclarationKind.Interface, DeclarationKind.Export], Kinds(symbols.Exports["Bar"]));
        Assert.Equal([DeclarationKind.Interface], Kinds(symbols.Scope.Symbols["Bar"]));
    }

    [Fact]
    public void Only_what_has_the_keyword_is_exported_by_itself()
    {
        var role = Read("const Role = 1; export type Role = 1;").Exports["Role"];

        Assert.Equal(Meanings.Type, role.ExportedMeanings);
        Assert.Equal(Meanings.Type | Meanings.Value, role.Meanings);
    }

    [Theory]
    [InlineData("interface A {} export const x: 1;", "A x")]
    [InlineData("interface A {} export const x: 1; export {};", "x")]
    [InlineData("interface A {} export * from 'm';", "")]
    [InlineData("import { q } from 'm'; interface A {} namespace N { type T = 1; }", "A N")]
    public void A_declaration_file_exports_all_unless_it_has_a_list(string text, string names)
    {
        var symbols = Read(text, Language.Declaration);

        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), symbols.Exports.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ambient_namespaces_export_all_unless_they_have_a_list()
    {
        var symbols = Read("declare namespace A { type T = 1; import X = B.U; } declare namespace B { type U = 1; const v: 1; export { v as w }; } namespace C { type T = 1; }");

        Assert.Equal(["T"], symbols.Scope.Symbols["A"].Exports!.Keys);
        Assert.Equal(["w"], symbols.Scope.Symbols["B"].Exports!.Keys);
        Assert.Empty(symbols.Scope.Symbols["C"].Exports!);
    }

    [Fact]
    public void A_body_behind_signatures_implements_them()
    {
        var symbols = Read("function f(): void; function f(a?: 1): void {} function g(): void {} export default function h(): void; export default function h(a?: 1): void {}");

        Assert.Equal([false, true], symbols.Scope.Symbols["f"].Declarations.ToArray().Select(d => d.IsImplementation));
        Assert.Equal([false], symbols.Scope.Symbols["g"].Declarations.ToArray().Select(d => d.IsImplementation));
        Assert.Equal([false, true], symbols.Exports["default"].Declarations.ToArray().Select(d => d.IsImplementation));
    }

    [Fact]
    public void Members_of_classes()
    {
        var members = Read("class C { static s = 1; private p = 1; #h = 1; m(): void; m() {} get a() { return 1; } set a(v) {} 'q r' = 1; ['c'] = 1; [d] = 1; 5 = 1; constructor(readonly pp: 1, private prp: 2, no: 3) {} }").Scope.Symbols["C"].Members!;

        Assert.Equal(["s"], members.Statics.Keys);
        Assert.Equal(["5", "a", "c", "m", "p", "pp", "prp", "q r"], members.Instances.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["p", "prp"], members.Instances.Values.Where(m => m.IsPrivate).Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_said_about_other_modules_is_not_declared_here()
    {
        var symbols = Read("declare global { interface Window {} } declare module 'x' { interface Y {} } export {};");

        Assert.Empty(symbols.Scope.Symbols);
        Assert.Empty(symbols.Exports);
    }

    private static ModuleSymbols Read(string text, Language language = Language.TypeScript)
    {
        var file = Parser.Parse(text, language);
        Assert.Empty(file.Diagnostics);
        return ModuleSymbols.Read(file);
    }

    private static IEnumerable<DeclarationKind> Kinds(Symbol symbol) => symbol.Declarations.ToArray().Select(declaration => declaration.Kind);
}
