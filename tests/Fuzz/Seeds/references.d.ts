/// <reference path="./a.d.ts" /> <reference types="node" resolution-mode="import" />
// @ts-types="./b.d.ts"
export declare function f(a?: number): void; export declare const c: 1; export default class D { private e; static f: any; constructor(a: any); } declare namespace N { let x; export { } }
