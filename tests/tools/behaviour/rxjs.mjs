export async function calls({ index: rx, operators: ops, testing }, call) {
  const collect = (source) => new Promise((done) => { const seen = []; source.subscribe({ next: (v) => seen.push(["next", v]), error: (e) => { seen.push(["error", e]); done(seen); }, complete: () => { seen.push(["complete"]); done(seen); } }); });
  const of = (...v) => rx.of(...v);
  const cases = {
    "map filter": of(1, 2, 3, 4).pipe(rx.filter((x) => x % 2 === 0), rx.map((x) => x * 10)), "scan": of(1, 2, 3).pipe(rx.scan((a, b) => a + b, 0)), "reduce without seed": of(1, 2, 3).pipe(rx.reduce((a, b) => a * b)),
    "mergeMap": of(1, 2).pipe(rx.mergeMap((x) => of(x, x * 10))), "concatMap": of(1, 2).pipe(rx.concatMap((x) => of(x).pipe(rx.delay(3 - x)))), "switchMap": of(1, 2, 3).pipe(rx.switchMap((x) => of(x).pipe(rx.delay(1)))), "exhaustMap": of(1, 2).pipe(rx.exhaustMap((x) => of(x).pipe(rx.delay(1)))),
    "expand": of(1).pipe(rx.expand((x) => x < 20 ? of(x * 2) : rx.EMPTY)), "buffer": of(1, 2, 3, 4, 5).pipe(rx.bufferCount(2, 1)), "window": of(1, 2, 3).pipe(rx.windowCount(2), rx.mergeMap((w) => w.pipe(rx.toArray()))),
    "groupBy": of("a1", "b1", "a2").pipe(rx.groupBy((s) => s[0]), rx.mergeMap((g) => g.pipe(rx.toArray(), rx.map((all) => [g.key, all])))), "combineLatest": rx.combineLatest({ a: of(1, 2), b: of("x") }), "forkJoin": rx.forkJoin([of(1, 2), of(3)]), "zip": rx.zip(of(1, 2, 3), of("a", "b")),
    "race": rx.race(rx.timer(20).pipe(rx.map(() => "slow")), of("fast")), "merge": rx.merge(of(1), rx.timer(1), of(2)), "concat": rx.concat(of(1), of(2)), "catchError": rx.throwError(() => new Error("x")).pipe(rx.catchError((e) => of(e.message))), "retry": rx.defer(((n) => () => n++ < 2 ? rx.throwError(() => new Error("n" + n)) : of(n))(0)).pipe(rx.retry(3)),
    "error": of(1).pipe(rx.map(() => { throw new TypeError("bad"); })), "first of empty": rx.EMPTY.pipe(rx.first()), "single": of(1, 2).pipe(rx.single()), "elementAt": of(1).pipe(rx.elementAt(3)), "timeout": rx.NEVER.pipe(rx.timeout(5)), "materialize": of(1).pipe(rx.materialize()),
    "distinct": of(1, 1, 2, 1).pipe(rx.distinctUntilChanged()), "pairwise": of(1, 2, 3).pipe(rx.pairwise()), "takeUntil": rx.interval(1).pipe(rx.take(3)), "takeWhile inclusive": of(1, 2, 3).pipe(rx.takeWhile((x) => x < 2, true)), "startWith endWith": of(1).pipe(rx.startWith(0), rx.endWith(9)), "withLatestFrom": of(1, 2).pipe(rx.withLatestFrom(of("z"))),
    "from promise": rx.from(Promise.resolve(5)), "from iterable": rx.from(new Set([1, 2])), "from async generator": rx.from((async function* () { yield 1; yield 2; })()), "generate": rx.generate(0, (x) => x < 3, (x) => x + 1), "range": rx.range(3, 3), "iif": rx.iif(() => true, of("yes"), of("no")), "partition": rx.partition(of(1, 2, 3), (x) => x > 1)[0], "observeOn": of(1).pipe(rx.observeOn(rx.asapScheduler)), "using": rx.using(() => ({ unsubscribe() {} }), () => of("u")),
    "share": (() => { let n = 0; const s = rx.defer(() => of(++n)).pipe(rx.share()); return rx.concat(s, s); })(), "shareReplay": (() => { let n = 0; const s = rx.defer(() => of(++n)).pipe(rx.shareReplay(1)); return rx.concat(s, s); })(), "min max count": rx.concat(of(3, 1, 2).pipe(rx.min()), of(3, 1).pipe(rx.max()), of(3, 1).pipe(rx.count())),
  };
  for (const [name, source] of Object.entries(cases)) await call(name, () => collect(source));
  await call("subjects", () => { const log = []; const b = new rx.BehaviorSubject(0), r = new rx.ReplaySubject(2), a = new rx.AsyncSubject(), s = new rx.Subject(); b.next(1); r.next(1); r.next(2); r.next(3); a.next(1); a.next(2); a.complete(); b.subscribe((v) => log.push("b" + v)); r.subscribe((v) => log.push("r" + v)); a.subscribe((v) => log.push("a" + v)); s.unsubscribe(); try { s.next(1); } catch (e) { log.push(e.name + ": " + e.message); } return [log, b.value, s.closed, b.observed]; });
  await call("teardown order", () => { const log = []; const sub = new rx.Observable((o) => { o.add(() => log.push("inner")); return () => log.push("returned"); }).subscribe(); sub.add(() => log.push("added")); sub.unsubscribe(); return [log, sub.closed]; });
  await call("unsubscription error", () => { const s = new rx.Subscription(() => { throw new Error("one"); }); s.add(() => { throw new Error("two"); }); try { s.unsubscribe(); } catch (e) { return [e.name, e.message, e.errors.length]; } });
  await call("errors", () => [new rx.EmptyError(), new rx.TimeoutError({}), new rx.NotFoundError("n"), new rx.ArgumentOutOfRangeError(), new rx.EmptyError() instanceof Error]);
  await call("firstValueFrom", () => rx.firstValueFrom(rx.EMPTY, { defaultValue: 4 }));
  await call("lastValueFrom empty", () => rx.lastValueFrom(rx.EMPTY));
  // Not called: TestScheduler.run. Its observables declare fields without a value and get those methods from a mixin, which only works when
  // such fields are dropped (TypeScript's useDefineForClassFields: false, a compiler option that a published package cannot set).
  await call("hot and cold frames", () => testing.TestScheduler.parseMarbles("-a-(b|)", { a: 1 }).map((m) => [m.frame, m.notification.kind, m.notification.value]));
  await call("virtual time", () => { const v = new rx.VirtualTimeScheduler(); const log = []; rx.interval(10, v).pipe(rx.take(3)).subscribe((x) => log.push([v.now(), x])); v.flush(); return log; });
  await call("operators entry", () => collect(of(1, 2).pipe(ops.map((x) => x + 1), ops.zipWith(of("a", "b")))));
  await call("config and pipe", () => [rx.pipe()(5), rx.identity(3), rx.isObservable(of(1)), rx.isObservable({}), rx.noop(), Object.keys(rx.config)]);
  await call("fromEvent", () => { const t = new EventTarget(); const seen = []; rx.fromEvent(t, "x").subscribe((e) => seen.push(e.type)); t.dispatchEvent(new Event("x")); return seen; });
  await call("bindCallback", () => collect(rx.bindCallback((a, b, done) => done(a + b))(1, 2)));
}
