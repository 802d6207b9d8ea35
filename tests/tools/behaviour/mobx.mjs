// The published development build has this constant filled in by its bundler.
export const globals = (g) => { g.__DEV__ = true; };
export async function calls({ index: m }, call) {
  m.configure({ enforceActions: "never" });
  await call("autorun", () => { const s = m.observable({ a: 1, list: [1], nested: { x: 1 } }); const log = []; const stop = m.autorun(() => log.push([s.a, s.list.length, s.nested.x])); s.a = 2; s.list.push(3); s.nested = { x: 5 }; stop(); s.a = 9; return log; });
  await call("computed is lazy and cached", () => { let runs = 0; const b = m.observable.box(2); const c = m.computed(() => { runs++; return b.get() * 2; }); const stop = m.observe(c, () => {}); c.get(); c.get(); b.set(3); const v = c.get(); stop(); return [v, runs]; });
  await call("batching", () => { const s = m.observable({ a: 1, b: 1 }); const log = []; m.autorun(() => log.push(s.a + s.b)); m.runInAction(() => { s.a = 2; s.b = 3; }); return log; });
  await call("makeAutoObservable", () => { class Store { items = []; constructor() { m.makeAutoObservable(this); } get total() { return this.items.reduce((a, b) => a + b, 0); } add(n) { this.items.push(n); } *load() { const v = yield Promise.resolve(4); this.items.push(v); return v; } } const s = new Store(); const log = []; m.autorun(() => log.push(s.total)); s.add(1); s.add(2); return [log, m.isComputedProp(s, "total"), m.isAction(s.add), m.isFlow(s.load), m.isObservableProp(s, "items")]; });
  await call("flow", async () => { const log = []; const f = m.flow(function* () { log.push(yield Promise.resolve(1)); try { yield Promise.reject(new Error("x")); } catch (e) { log.push(e.message); } return 2; }); log.push(await f()); return log; });
  await call("flow cancelled", async () => { const p = m.flow(function* () { yield new Promise(() => {}); })(); p.cancel(); return p.then(() => "no", (e) => [e.message, m.isFlowCancellationError(e)]); });
  await call("reaction", () => { const b = m.observable.box(1); const log = []; m.reaction(() => b.get() > 2, (v, old) => log.push([v, old])); b.set(2); b.set(3); b.set(4); return log; });
  await call("when", async () => { const b = m.observable.box(1); const p = m.when(() => b.get() === 3); b.set(3); await p; return "resolved"; });
  await call("cycle", () => { const s = m.observable({ get a() { return this.b; }, get b() { return this.a; } }); return s.a; });
  await call("array", () => { const a = m.observable([3, 1, 2]); const log = []; m.observe(a, (c) => log.push([c.type, c.index, c.added, c.removed, c.newValue])); a.splice(1, 1, 7, 8); a[0] = 9; a.replace([1]); a.remove(1); return [log, a.slice(), m.isObservableArray(a), Array.isArray(a)]; });
  await call("map", () => { const o = m.observable.map({ a: 1 }); const log = []; m.autorun(() => log.push([o.has("b"), o.size])); o.set("b", 2); o.delete("a"); o.merge({ c: 3 }); return [log, [...o.entries()], m.toJS(o)]; });
  await call("set", () => { const s = m.observable.set([1]); const log = []; m.observe(s, (c) => log.push(c.type)); s.add(2); s.delete(1); return [log, [...s]]; });
  await call("intercept", () => { const o = m.observable({ n: 1 }); m.intercept(o, "n", (c) => c.newValue > 5 ? null : { ...c, newValue: c.newValue * 2 }); o.n = 2; o.n = 9; return o.n; });
  await call("strict actions warn", () => { m.configure({ enforceActions: "always" }); const warned = []; const w = console.warn; console.warn = (...a) => warned.push(a.join(" ").slice(0, 60)); const o = m.observable({ n: 1 }); m.autorun(() => o.n); o.n = 2; console.warn = w; m.configure({ enforceActions: "never" }); return warned; });
  await call("toJS and comparer", () => [m.toJS(m.observable({ a: [{ b: new Map([["k", 1]]) }] })), m.compareStructural({ a: [1, NaN] }, { a: [1, NaN] }), m.compareShallow({ a: {} }, { a: {} })]);
  await call("errors", () => { const out = []; for (const f of [() => m.makeObservable({}), () => m.observable(1, 2, 3, 4), () => m.makeObservable({ a: 1 }, { b: m.observable }), () => m.extendObservable(1), () => m.computed(5), () => m.action(5)]) try { f(); out.push("ok"); } catch (e) { out.push(e.message); } return out; });
  await call("spy and trace", () => { const log = []; const stop = m.spy((e) => log.push(e.type ?? "end")); m.action("named", () => m.observable.box(1).set(2))(); stop(); return log; });
  await call("decorated names", () => { const o = m.observable({ a: 1, get b() { return 1; } }); return [m.getDependencyTree(m.computed(() => o.a, { name: "c" })), m.isObservable(o), m.isBoxedObservable(m.observable.box(1)), Object.keys(o)]; });
  await call("transaction and untracked", () => { const b = m.observable.box(1); const log = []; m.autorun(() => log.push(m.untracked(() => b.get()))); m.transaction(() => { b.set(2); b.set(3); }); return log; });
  await call("onBecomeObserved", () => { const b = m.observable.box(1); const log = []; m.onBecomeObserved(b, () => log.push("on")); m.onBecomeUnobserved(b, () => log.push("off")); m.autorun(() => b.get())(); return log; });
}
