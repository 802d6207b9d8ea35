using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class DeclarationTests
{
    [Theory]
    [InlineData("function f<T extends U = V>(a?: T, ...b): asserts a is T {}", "(FunctionDeclaration f [(TypeParameter T (TypeReference U) (TypeReference V))] [(Parameter+Optional a (TypeReference T)) (Parameter+Rest b)] (TypePredicate Asserts a (TypeReference T)) (Block []))")]
    [InlineData("async function* f() {}", "(FunctionDeclaration+Generator+Async async f [] (Block []))")]
    [InlineData("function f(): void; function f(a) {}", "(FunctionDeclaration f [] void) (FunctionDeclaration f [(Parameter a)] (Block []))")]
    [InlineData("interface A<in out T> extends B, C.D<E> { a?: b }", "(InterfaceDeclaration A [(TypeParameter in out T)] (HeritageClause [(ExpressionWithTypeArguments B) (ExpressionWithTypeArguments (PropertyAccessExpression C D) [(TypeReference E)])]) [(PropertySignature+Optional a (TypeReference b))])")]
    [InlineData("type A<T> = B", "(TypeAliasDeclaration A [(TypeParameter T)] (TypeReference B))")]
    [InlineData("declare const enum A { b, 'c' = 1, d = b | c, }", "(EnumDeclaration declare const A [(EnumMember b) (EnumMember 'c' 1) (EnumMember d (BinaryExpression b Bar c))])")]
    [InlineData("namespace A.B { export let c }", "(ModuleDeclaration A (ModuleDeclaration B (ModuleBlock [(VariableStatement export (VariableDeclarationList Let [(VariableDeclaration c)]))])))")]
    [InlineData("declare module 'x'", "(ModuleDeclaration declare 'x')")]
    [InlineData("declare module 'x' { let a }", "(ModuleDeclaration declare 'x' (ModuleBlock [(VariableStatement (VariableDeclarationList Let [(VariableDeclaration a)]))]))")]
    [InlineData("declare global { var a }", "(ModuleDeclaration declare global IsGlobal (ModuleBlock [(VariableStatement (VariableDeclarationList Var [(VariableDeclaration a)]))]))")]
    [InlineData("export default abstract class {}", "(ClassDeclaration export default abstract [])")]
    [InlineData("export default async () => {}", "(ExportAssignment (ArrowFunction+Async [] (Block [])))")]
    [InlineData("export default function () {}", "(FunctionDeclaration export default [] (Block []))")]
    [InlineData("export default interface A {}", "(InterfaceDeclaration export default A [])")]
    [InlineData("@a @b() export class C {}", "(ClassDeclaration @a @(CallExpression b []) export C [])")]
    [InlineData("export @a class C {}", "(ClassDeclaration @a export C [])")]
    public void Declarations(string source, string tree) => Assert.Equal(tree, Sources.Tree(source));

    [Theory]
    [InlineData("class A { a = 1; b?: T; c!: T; static d; readonly e; declare f; override g; accessor h; #i }", "(ClassDeclaration A [(PropertyDeclaration a 1) (PropertyDeclaration+Optional b (TypeReference T)) (PropertyDeclaration+Definite c (TypeReference T)) (PropertyDeclaration static d) (PropertyDeclaration readonly e) (PropertyDeclaration declare f) (PropertyDeclaration override g) (PropertyDeclaration accessor h) (PropertyDeclaration #i)])")]
    [InlineData("class A { constructor(public a, private readonly b = 1) {} }", "(ClassDeclaration A [(Constructor [(Parameter public a) (Parameter private readonly b 1)] (Block []))])")]
    [InlineData("class A { get a() {} set a(v) {} static async *b() {} async c() {} *d() {} e?(): void; }", "(ClassDeclaration A [(GetAccessor a [] (Block [])) (SetAccessor a [(Parameter v)] (Block [])) (MethodDeclaration+Generator+Async async static b [] (Block [])) (MethodDeclaration+Async async c [] (Block [])) (MethodDeclaration+Generator d [] (Block [])) (MethodDeclaration+Optional e [] void)])")]
    [InlineData("class A { static { a } static static; static() {} get; set = 1; async\nb() {} }", "(ClassDeclaration A [(ClassStaticBlock (Block [(ExpressionStatement a)])) (PropertyDeclaration static static) (MethodDeclaration static [] (Block [])) (PropertyDeclaration get) (PropertyDeclaration set 1) (PropertyDeclaration async) (MethodDeclaration b [] (Block []))])")]
    [InlineData("class A { [a: string]: b; [c] = d; static [e]() {} 'f' = 1; 2() {} }", "(ClassDeclaration A [(IndexSignature [(Parameter a string)] (TypeReference b)) (PropertyDeclaration (ComputedPropertyName c) d) (MethodDeclaration static (ComputedPropertyName e) [] (Block [])) (PropertyDeclaration 'f' 1) (MethodDeclaration 2 [] (Block []))])")]
    [InlineData("abstract class A { abstract a(): T; protected abstract get b(); @c d; @e() f(@g h) {} }", "(ClassDeclaration abstract A [(MethodDeclaration abstract a [] (TypeReference T)) (GetAccessor abstract protected b []) (PropertyDeclaration @c d) (MethodDeclaration @(CallExpression e []) f [(Parameter @g h)] (Block []))])")]
    [InlineData("class A extends (b, c)<D> implements E, F {}", "(ClassDeclaration A (HeritageClause [(ExpressionWithTypeArguments (ParenthesizedExpression (BinaryExpression b Comma c)) [(TypeReference D)])]) (HeritageClause [(ExpressionWithTypeArguments E) (ExpressionWithTypeArguments F)]) [])")]
    [InlineData("class A { @d [x] = 1; @d() static [y] }", "(ClassDeclaration A [(PropertyDeclaration @d (ComputedPropertyName x) 1) (PropertyDeclaration @(CallExpression d []) static (ComputedPropertyName y))])")]
    [InlineData("class A { declare: 1; public; readonly() {} abstract }", null)]
    [InlineData("class A { declare = 1; public; readonly() {} abstract }", "(ClassDeclaration A [(PropertyDeclaration declare 1) (PropertyDeclaration public) (MethodDeclaration readonly [] (Block [])) (PropertyDeclaration abstract)])")]
    public void Class_members(string source, string? tree) =>
        Assert.Equal(tree ?? "(ClassDeclaration A [(PropertyDeclaration declare (LiteralType 1)) (PropertyDeclaration public) (MethodDeclaration readonly [] (Block [])) (PropertyDeclaration abstract)])", Sources.Tree(source));

    [Theory]
    [InlineData("import a, { b as c, type d, type as e, type as as f, default as g, 'h i' as j } from 'x'", "(ImportDeclaration (ImportClause a (NamedImports [(ImportSpecifier b c) (ImportSpecifier+TypeOnly d) (ImportSpecifier type e) (ImportSpecifier+TypeOnly as f) (ImportSpecifier default g) (ImportSpecifier 'h i' j)])) 'x')")]
    [InlineData("import * as a from 'x' with { type: 'json' }", "(ImportDeclaration (ImportClause (NamespaceImport a)) 'x' (ImportAttributes [(ImportAttribute type 'json')]))")]
    [InlineData("import a from 'x' assert { 'b': 'c' }", "(ImportDeclaration (ImportClause a) 'x' (ImportAttributes IsAssert [(ImportAttribute 'b' 'c')]))")]
    [InlineData("import 'x'", "(ImportDeclaration 'x')")]
    [InlineData("import type a from 'x'", "(ImportDeclaration+TypeOnly (ImportClause a) 'x')")]
    [InlineData("import type from 'x'", "(ImportDeclaration (ImportClause type) 'x')")]
    [InlineData("import type from from 'x'", "(ImportDeclaration+TypeOnly (ImportClause from) 'x')")]
    [InlineData("import type { a } from 'x'", "(ImportDeclaration+TypeOnly (ImportClause (NamedImports [(ImportSpecifier a)])) 'x')")]
    [InlineData("import type, { a } from 'x'", "(ImportDeclaration (ImportClause type (NamedImports [(ImportSpecifier a)])) 'x')")]
    [InlineData("import defer * as a from 'x'", "(ImportDeclaration Defer (ImportClause (NamespaceImport a)) 'x')")]
    [InlineData("import defer from 'x'", "(ImportDeclaration (ImportClause defer) 'x')")]
    [InlineData("import source a from 'x'", "(ImportDeclaration Source (ImportClause a) 'x')")]
    [InlineData("import source from 'x'", "(ImportDeclaration (ImportClause source) 'x')")]
    [InlineData("import a = require('x')", "(ImportEqualsDeclaration a (ExternalModuleReference 'x'))")]
    [InlineData("export import a = b.c", "(ImportEqualsDeclaration export a (QualifiedName b c))")]
    [InlineData("import type a = require('x')", "(ImportEqualsDeclaration+TypeOnly a (ExternalModuleReference 'x'))")]
    [InlineData("export * from 'x'", "(ExportDeclaration 'x')")]
    [InlineData("export * as default from 'x'", "(ExportDeclaration (NamespaceExport default) 'x')")]
    [InlineData("export { a as default, type b, default as c, 'd' as 'e' } from 'x'", "(ExportDeclaration (NamedExports [(ExportSpecifier a default) (ExportSpecifier+TypeOnly b) (ExportSpecifier default c) (ExportSpecifier 'd' 'e')]) 'x')")]
    [InlineData("export type { a } from 'x'", "(ExportDeclaration+TypeOnly (NamedExports [(ExportSpecifier a)]) 'x')")]
    [InlineData("export type * as a from 'x'", "(ExportDeclaration+TypeOnly (NamespaceExport a) 'x')")]
    [InlineData("export type A = B", "(TypeAliasDeclaration export A (TypeReference B))")]
    [InlineData("export = a", "(ExportAssignment IsExportEquals a)")]
    [InlineData("export as namespace A", "(NamespaceExportDeclaration A)")]
    [InlineData("export { type }; export { type as }; export { type as as }", "(ExportDeclaration (NamedExports [(ExportSpecifier type)])) (ExportDeclaration (NamedExports [(ExportSpecifier+TypeOnly as)])) (ExportDeclaration (NamedExports [(ExportSpecifier type as)]))")]
    public void Imports_and_exports(string source, string tree) => Assert.Equal(tree, Sources.Tree(source));

    [Fact]
    public void Module_references_stand_in_source_order_outer_before_inner()
    {
        const string Source = """
            import a from "1";
            import b = require("2");
            export * from "3";
            let c: import("4", { with: { "resolution-mode": "import" } }).X<import("5").Y>;
            require(import("6"));
            import.meta.resolve("7");
            declare module "8" { import x from "9"; }
            export { a };
            (d) => import("10");
            require;
            """;
        var file = Sources.ParseValid(Source);
        Assert.Equal(
            [
                "ImportDeclaration", "ImportEqualsDeclaration", "ExportDeclaration", "ImportType", "ImportType", "CallExpression", "ImportCallExpression", "CallExpression",
                "ModuleDeclaration", "ImportDeclaration", "ImportCallExpression",
            ],
            file.ModuleReferences.Select(r => r.Kind.ToString()));
        Assert.Equal(file.ModuleReferences.Select(r => r.Start).Order(), file.ModuleReferences.Select(r => r.Start));
    }
}
