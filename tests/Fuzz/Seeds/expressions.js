x = a ? b : c ? d : e, (1, 2); f(...a, b)(c)[d].e`t`; new A; new B(1).c; new.target;
y = { a, b: 1, [c]: 2, get d() { return 1 }, set d(v) { }, async *e() { yield* 1 }, ...f, 'g': 3, 4: 5 };
z = [1, , ...b]; ({ a, b: [c = 1] } = d); delete a.b, typeof a, void 0, -a, +b, ~c, !d, ++e, f--;
async () => { await a; for await (const b of c) { } }; function* g() { const a = yield; } a in b, a instanceof b;
