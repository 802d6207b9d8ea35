export async function calls({ index: im }, call) {
  im.enablePatches?.(); im.enableMapSet?.(); im.enableArrayMethods?.();
  const base = () => ({ list: [{ id: 1, done: false }, { id: 2, done: true }], map: new Map([["a", { n: 1 }]]), set: new Set([1, 2]), deep: { a: { b: { c: 1 } } } });
  await call("produce shares", () => { const b = base(); const n = im.produce(b, (d) => { d.list[0].done = true; }); return [n, n.list[1] === b.list[1], n.deep === b.deep, b.list[0].done, Object.isFrozen(n.list)]; });
  await call("no change", () => { const b = base(); return im.produce(b, (d) => { d.deep.a.b.c = 1; }) === b; });
  await call("map and set", () => im.produce(base(), (d) => { d.map.get("a").n++; d.map.set("b", { n: 5 }); d.set.delete(1); d.set.add(9); }));
  await call("array methods", () => im.produce([5, 3, 1, 4], (d) => { d.sort(); d.reverse(); d.splice(1, 1, 8, 9); d.push(7); d.shift(); d.length = 4; }));
  await call("delete", () => im.produce({ a: 1, b: 2 }, (d) => { delete d.a; }));
  await call("nothing", () => [im.produce({ a: 1 }, () => im.nothing), im.produce(3, (x) => x + 1)]);
  await call("curried", () => im.produce((d, n) => { d.n += n; }, { n: 1 })(undefined, 4));
  await call("patches", () => { const [next, patches, inverse] = im.produceWithPatches(base(), (d) => { d.list.push({ id: 3 }); d.list[0].done = true; d.map.delete("a"); d.set.add(7); d.deep.a = { z: 1 }; }); return { patches, inverse, back: im.applyPatches(next, inverse), again: im.applyPatches(base(), patches) }; });
  await call("patch into nowhere", () => im.applyPatches({ a: 1 }, [{ op: "replace", path: ["x", "y"], value: 1 }]));
  await call("forbidden patch", () => im.applyPatches({}, [{ op: "add", path: ["__proto__", "polluted"], value: 1 }]));
  await call("draft and current", () => { const d = im.createDraft(base()); d.deep.a.b.c = 5; return [im.isDraft(d), im.current(d).deep, im.original(d).deep, im.finishDraft(d).deep]; });
  await call("revoked", () => { let kept; im.produce({ a: { b: 1 } }, (d) => { kept = d.a; }); return kept.b; });
  await call("return and modify", () => im.produce({ a: 1 }, (d) => { d.a = 2; return { b: 1 }; }));
  await call("frozen", () => { "use strict"; const n = im.produce({ a: { b: 1 } }, (d) => { d.a.b = 2; }); n.a.b = 3; return n; });
  await call("not draftable", () => [im.isDraftable(new Date()), im.isDraftable({}), im.isDraftable(new (class { constructor() { this[im.immerable] = true; } })())]);
  await call("current of plain", () => im.current({}));
  await call("class", () => { class P { constructor() { this.x = 1; } get double() { return this.x * 2; } } P.prototype[im.immerable] = true; const n = im.produce(new P(), (d) => { d.x = 4; }); return [n, n.double, n instanceof P]; });
  await call("nested produce", () => im.produce({ a: { b: 1 } }, (d) => { d.a = im.produce(d.a, (e) => { e.b++; }); d.a.b++; }));
  await call("own instance", () => { const i = new im.Immer({ autoFreeze: false }); const n = i.produce({ a: [1] }, (d) => { d.a.push(2); }); return [n, Object.isFrozen(n)]; });
  await call("freeze deep", () => Object.isFrozen(im.freeze({ a: { b: 1 } }, true).a));
}
