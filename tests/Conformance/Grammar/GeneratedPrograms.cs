namespace Kiln.Conformance.Grammar;

/// <summary>
/// Small programs that put declarations with modifiers, parameters, types and lists of members where they may and may not stand. Always the same for
/// one seed. <c>$</c> in a frame is where the pieces go.
/// </summary>
internal sealed class GeneratedPrograms(int seed)
{
    private static readonly string[] ClassFrames =
    [
        "class A {\n$\n}", "abstract class A {\n$\n}", "declare class A {\n$\n}", "declare abstract class A {\n$\n}", "let c = class {\n$\n};",
        "export default class {\n$\n}", "namespace N { class A {\n$\n} }", "declare namespace N { class A {\n$\n} }", "class B {} class A extends B {\n$\n}",
    ];

    private static readonly string[] Members =
    [
        "x", "x: number", "x = 1", "x?: number", "x!: number", "#p = 1", "#m() {}", "m() {}", "m(): void", "get a() { return 1 }", "set a(v) {}", "get a()", "set a(v: any)",
        "constructor() {}", "constructor()", "[k: string]: any", "*g() {}", "'s' = 1", "['c'] = 1", "[c] = 1", "[c + 1] = 2", "[c + 1]() {}", "[c + 1](): void", "static {}",
        "x: unique symbol", "m?(): void", "*g(): any", "x: number = 1", "n(a?, b) {}", "get #q() { return 1 }",
    ];

    private static readonly string[] MemberWords =
        ["public", "private", "protected", "static", "readonly", "abstract", "override", "accessor", "declare", "async", "export", "const"];

    private static readonly string[] StatementFrames =
    [
        "$", "export {};\n$", "namespace X {\n$\n}", "declare namespace X {\n$\n}", "export {}; declare module 'X' {\n$\n}", "export {}; declare global {\n$\n}", "{\n$\n}",
        "function f() {\n$\n}", "if (q)\n$", "class C { m() {\n$\n} }", "class C { static {\n$\n} }", "switch (q) { case 1:\n$\n}", "declare namespace X.Y {\n$\n}",
        "namespace X { namespace Y {\n$\n} }", "declare function f() {\n$\n}", "label:\n$",
    ];

    private static readonly string[] Statements =
    [
        "function f() {}", "function f(): void", "class C {}", "interface I {}", "type T = 1", "enum E { a }", "const enum E { a }", "var v = 1", "let v: number", "const v: number = 1",
        "namespace N {}", "namespace N.M { var x = 1 }", "module 'x' {}", "global {}", "import 'a'", "import a from 'a'", "import a = b.c", "import type a = b.c",
        "import type a, { b } from 'a'", "import type { type a } from 'a'", "export {}", "export { q }", "export { q } from 'q'", "export type { type q } from 'q'", "export * from 'q'",
        "export default q", "export default 1", "export as namespace Q", "q", "{}", ";", "for (;;) {}", "while (q) {}", "throw q", "debugger", "function* g() {}", "async function g() {}",
        "const v = -1", "const v = `t`", "const v = q()", "let v!: number", "let v! = 1", "import defer n from 'n'", "import n from 'n' with { type: x }",
        "import type n from 'n' with { type: 'json' }", "import type n from 'n' with { 'resolution-mode': 'foo' }", "import n from './n'",
    ];

    private static readonly string[] StatementWords = ["export", "declare", "abstract", "async", "public", "static", "readonly", "accessor"];

    private static readonly string[] ParameterFrames =
    [
        "function f($) {}", "declare function f($): void", "let f = function ($) {}", "let f = ($) => 1", "class C { m($) {} }", "class C { m($): void;\nm(q: any) {} }",
        "class C { constructor($) {} }", "class C { constructor($);\nconstructor(q: any) {} }", "declare class C { constructor($) }", "abstract class C { abstract m($): void }",
        "class C { set g($) {} }", "let o = { m($) {} }", "interface I { m($): void }", "interface I { ($): void }", "interface I { new ($): void }", "interface I { set a($) }",
        "type T = ($) => void", "type T = new ($) => void", "interface I { [$]: any }", "class C { [$]: any }",
    ];

    private static readonly string[] Parameters =
    [
        "a", "a?", "a = 1", "a?: number", "a: number = 1", "...a: any[]", "{a}", "{a}?", "[a]?: any", "{a = 1}", "{a: {b = 1}}: any", "this: any", "{a} = {}", "a: string", "a: 1", "a: boolean",
    ];

    private static readonly string[] ParameterWords = ["public", "private", "readonly", "override", "static", "declare", "async", "abstract"];

    private static readonly string[] TypeFrames =
    [
        "let v: $", "const v: $ = q", "declare const v: $", "const [v]: $ = q", "for (const v: $ of q) {}", "class C { x: $ }", "class C { static readonly x: $ }", "interface I { readonly x: $ }",
        "type T = $", "type T = { x: $ }", "function f(x: $) {}", "function f(x: any): $ { return q }", "let f = (x: any): $ => q", "class C { m(x: any): $ { return q } }",
        "class C { get x(): $ { return q } }", "interface I { new (x: any): $ }", "type F = (x: any) => $", "type F = ({ x }: any) => $", "type F = (...x: any[]) => $", "q as $",
        "try {} catch (e: $) {}", "class C<T = $> {}", "type F<A> = A extends $ ? 1 : 2", "class C { static m(): $ { return q } }", "class C { x = (): $ => q }", "let o = { m(): $ { return q } }",
    ];

    private static readonly string[] Types =
    [
        "unique symbol", "(unique symbol)", "unique string", "readonly A", "readonly A[]", "readonly [A]", "readonly string", "infer U", "A extends infer U ? U : U",
        "A extends (x: infer U) => any ? 1 : infer W", "asserts x", "x is A", "this is A", "asserts x is A", "A[]", "this", "this[]", "{ [P in K]: A }", "{ a: 1; a: 2 }",
        "{ [k: string]: A; [k: string]: B }", "{ public a: 1 }", "import('x', { with: {} })", "import('x', { with: { 'a': 'b' } })", "import(x)", "abstract new () => void",
        "new <const T>() => T", "<in T>(x: T) => T", "{ [a + b]: 1 }", "{ [a.b](): 1 }", "{ a?(): 1; a(): 2 }", "[A?, B]", "[...A[], B?]", "[a?: A, b: B]", "[...a?: A[]]",
        "{ get a(): 1 { return 1 } }", "any", "string",
    ];

    private static readonly string[] FunctionFrames = ["$", "export {};\n$", "namespace N {\n$\n}", "declare namespace N {\n$\n}", "{\n$\n}", "function h() {\n$\n}"];

    private static readonly string[] Functions =
        ["function f(): void;", "function f() {}", "function g(): void;", "function g() {}", "export function f(): void;", "export function f() {}", "var q;", "async function f() {}"];

    private static readonly string[] Methods =
    [
        "m(): void;", "m() {}", "static m(): void;", "static m() {}", "n(): void;", "n() {}", "private m(): void;", "protected m() {}", "abstract m(): void;", "constructor();",
        "constructor() {}", "m?(): void;", "x;", "'m'() {}", "#m(): void;", "#m() {}", "public m(): void;", ";", "get a() { return 1 }", "set a(v) {}", "private get a() { return 1 }",
    ];

    private static readonly string[] EnumFrames = ["enum E {\n$\n}", "const enum E {\n$\n}", "declare enum E {\n$\n}", "declare const enum E {\n$\n}", "namespace N { enum E {\n$\n} }"];

    private static readonly string[] EnumMembers =
    [
        "a,", "b,", "a = 1,", "b = 'x',", "c,", "c = f(),", "d = 1 + 2,", "e = -1,", "e = 'x' + 'y',", "f = `t${1}`,", "1,", "'2',", "['h'],", "[h],", "'-1',", "h = 1 << 2,", "i = 'x'.length,",
        "j = -'x',", "k = (1),", "n = !1,", "1n,", "p = 1 as any,", "r = +1,",
    ];

    private readonly Random random = new(seed);

    public IEnumerable<(string Path, string Text)> Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var text = (i % 8) switch
            {
                0 or 1 => Modified(ClassFrames, Members, MemberWords),
                2 => Modified(StatementFrames, Statements, StatementWords),
                3 => Pick(ParameterFrames).Replace("$", Modify(Pick(Parameters), ParameterWords) + ",\n" + Pick(Parameters), StringComparison.Ordinal),
                4 => Modified(ParameterFrames, Parameters, ParameterWords),
                5 => Modified(TypeFrames, Types, []),
                6 => i % 16 < 8 ? Sequence(FunctionFrames, Functions) : Sequence(EnumFrames, EnumMembers),
                _ => Sequence(ClassFrames[..5], Methods),
            };
            yield return ($"/generated{i}{(i % 8 == 2 && i % 3 == 0 ? ".d.ts" : ".ts")}", text);
        }
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];

    private string Modified(string[] frames, string[] items, string[] words) => Pick(frames).Replace("$", Modify(Pick(items), words), StringComparison.Ordinal);

    private string Modify(string item, string[] words)
    {
        for (var i = words.Length == 0 ? 0 : random.Next(4); i > 0; i--)
        {
            item = Pick(words) + " " + item;
        }

        return item;
    }

    private string Sequence(string[] frames, string[] items) =>
        Pick(frames).Replace("$", string.Join('\n', Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Pick(items))), StringComparison.Ordinal);
}
