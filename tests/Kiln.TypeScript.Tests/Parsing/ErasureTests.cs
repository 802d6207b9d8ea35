using Kiln.TypeScript.Support;

namespace Kiln.TypeScript.Parsing;

public sealed class ErasureTests
{
    [Theory]
    [InlineData("let a: number = 1", "let a = 1")]
    [InlineData("let a!: number", "let a")]
    [InlineData("function f<T>(a?: T, b: U = 1): void {}", "function f(a, b = 1) {}")]
    [InlineData("function f(this: A, b) {}", "function f( b) {}")]
    [InlineData("function f(this: A) {}", "function f() {}")]
    [InlineData("const f = <T,>(a: T): a is U => a", "const f = (a) => a")]
    [InlineData("f<T>(a as any, b!, c satisfies D)", "f(a, b, c)")]
    [InlineData("x = <T>y", "x = y")]
    [InlineData("a!.b![c!]!()", "a.b[c]()")]
    [InlineData("class A<T> extends B<C> implements D, E {}", "class A extends B  {}")]
    [InlineData("class A { private readonly a?: B = 1; protected static c!: D; override e() {} }", "class A { a = 1; static c; e() {} }")]
    [InlineData("class A { a(): void; a(b?) {} }", "class A {  a(b) {} }")]
    [InlineData("class A { declare a: B; [c: string]: D; e }", "class A {   e }")]
    [InlineData("abstract class A { abstract a(): void; b() {} }", "class A {  b() {} }")]
    [InlineData("class A { constructor(a: B); constructor(private c: D) {} }", "class A {  constructor(c) {} }")]
    [InlineData("class A { b?() {} }", "class A { b() {} }")]
    [InlineData("interface A { b: C } type D = E; x", "  x")]
    [InlineData("declare let a: B; declare module 'x' { let a: b } declare global {} y", "   y")]
    [InlineData("export declare function f(): void; export abstract class A {}", " export class A {}")]
    [InlineData("function f(): void; function f() {}", " function f() {}")]
    [InlineData("export default function f(): void; export default function f() {}", " export default function f() {}")]
    [InlineData("import type A from 'x'; import { type B, C } from 'y'; export type { D }; export type * from 'z'", " import { type B, C } from 'y';  ")]
    [InlineData("import type A = require('x'); export as namespace B; c", "  c")]
    [InlineData("namespace A { interface B {} export let c: D }", "namespace A {  export let c }")]
    [InlineData("try {} catch (e: unknown) {}", "try {} catch (e) {}")]
    [InlineData("for (const a of b as C[]) ;", "for (const a of b) ;")]
    [InlineData("a ? (b): c => d : e", "a ? (b) => d : e")]
    [InlineData("a ? (b) : c => d", "a ? (b) : c => d")]
    [InlineData("const a = (b, c)", "const a = (b, c)")]
    [InlineData("const x = a < b > c", "const x = a < b > c")]
    [InlineData("new A<B>()", "new A()")]
    [InlineData("tag<T>`x`", "tag`x`")]
    [InlineData("const f = async <T>(a: T) => a", "const f = async (a) => a")]
    [InlineData("accessor; class A { static accessor b: C = 1 }", "accessor; class A { static accessor b = 1 }")]
    [InlineData("enum A { b = 1 as C }", "enum A { b = 1 }")]
    public void Deleting_the_marked_spans_leaves_JavaScript(string source, string expected) => Assert.Equal(expected, Sources.Erase(source));

    [Fact]
    public void JSX_type_arguments_are_marked() => Assert.Equal("x = <A b={c}/>", Sources.Erase("x = <A<T> b={c as D}/>", Language.Tsx));

    [Theory]
    [InlineData("interface A { b: C }", ErasureKind.Statement)]
    [InlineData("declare class A { b: C; d(e: F): G }", ErasureKind.Statement)]
    [InlineData("class A { declare b: C }", ErasureKind.Member)]
    [InlineData("let a: { b: (c?: D) => e }", ErasureKind.Inline)]
    public void What_is_erased_as_a_whole_is_one_entry(string source, ErasureKind kind) => Assert.Equal(kind, Assert.Single(Sources.ParseValid(source).Erasures).Kind);

    [Fact]
    public void JavaScript_and_declaration_files_have_no_erasures()
    {
        Assert.Empty(Sources.ParseValid("a = b", Language.JavaScript).Erasures);
        Assert.Empty(Sources.ParseValid("export declare let a: B", Language.Declaration).Erasures);
    }

    [Theory]
    [InlineData("let a: number", 8010)]
    [InlineData("interface A {}", 8006)]
    [InlineData("type A = B", 8008)]
    [InlineData("enum A {}", 8006)]
    [InlineData("a as B", 8016)]
    [InlineData("a!", 8013)]
    [InlineData("function f<T>() {}", 8004)]
    [InlineData("class A implements B {}", 8005)]
    [InlineData("class A { private b }", 8009)]
    [InlineData("import a = require('b')", 8002)]
    [InlineData("export = a", 8003)]
    [InlineData("function f(a?) {}", 8009)]
    [InlineData("a satisfies B", 8037)]
    [InlineData("import type a from 'b'", 8006)]
    [InlineData("function f();", 8017)]
    public void Type_syntax_is_an_error_in_JavaScript(string source, int code) => Assert.Equal(code, Sources.FirstError(source, Language.JavaScript));
}
