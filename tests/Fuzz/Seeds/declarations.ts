enum E { A, B = 1 << 2, C = "x".length, D = `a${B}`, "q-r" = B | A } const enum F { G = E.B } declare enum H { }
namespace N.M { export const a = 1, { b } = c; export function f() { return a } export class C { } export namespace O { export let p = a } import q = N.M; export import r = q.O }
declare module "m" { export = x; } declare global { var g: number } export as namespace U; import fs = require("fs"); export = N;
abstract class K<T> extends L<T> implements I, J { constructor(private readonly a: T, public b?: string) { super(); } abstract m(): void; declare d: T; override e!: number; private static f<U>(this: K<U>): U; [k: string]: any; accessor g = 1 }
function o(a: string): void; function o(a: any, b?: number, ...c: any[]): asserts a { }
