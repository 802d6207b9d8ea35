class A extends (B, C) { static #p = 1; #q; static { this.x = 1 } get a() { return this.#q } set a(v) { } static async *m() { } 'b' = 2; [c]() { super.m() } constructor() { super(); #q in this } }
const D = class E { accessor x = 1; static = 1; get; set; async };
