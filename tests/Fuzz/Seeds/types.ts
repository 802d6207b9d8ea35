type A<in out T, const U extends keyof T = any> = T extends (infer V extends string)[] ? { readonly [K in keyof T as `x${K & string}`]?: T[K] } : [a: 1, b?: "s", ...c: never[]];
type B = typeof a.b<string> | (new () => void) & abstract new <T>(this: A, ...r: any) => asserts x is T | unique symbol | import("m", { with: { "resolution-mode": "import" } }).C<D>;
interface I<T> extends J<T>, K { (a: T): void; new (a?: T): I<T>; readonly b?: T; [k: string]: any; get c(): T; set c(v); d<U>(): this is U; }
let x: A<B<C<D>>> = y as unknown as Z satisfies W; let v = <any>w!; declare const u: unique symbol; let t: -1 | 1n | `a${string}` | true | null | undefined;
