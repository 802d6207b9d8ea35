export async function calls({ index: x }, call) {
  const { Effect, Option, Result, Schema, Stream, Cause, Exit, Array: A, Chunk, HashMap, Duration, Schedule, Ref, Layer, Context, Order, pipe } = x;
  const run = (e) => Effect.runPromiseExit(e).then((exit) => exit.toJSON?.() ?? exit);
  await call("map flatMap", () => run(pipe(Effect.succeed(1), Effect.map((n) => n + 1), Effect.flatMap((n) => Effect.succeed(n * 2)))));
  await call("gen", () => run(Effect.gen(function* () { const a = yield* Effect.succeed(1); const r = yield* Ref.make(a); yield* Ref.update(r, (n) => n + 5); return yield* Ref.get(r); })));
  await call("fail and catch", () => run(Effect.fail("no").pipe(Effect.matchEffect({ onFailure: (e) => Effect.succeed(["caught", e]), onSuccess: Effect.succeed }))));
  await call("fail", () => Effect.runPromiseExit(Effect.fail("no")).then(Exit.isFailure));
  await call("all concurrent", () => run(Effect.all([1, 2, 3].map((n) => Effect.delay(Effect.succeed(n), 4 - n)), { concurrency: "unbounded" })));
  await call("acquire release", async () => { const log = []; await Effect.runPromise(Effect.acquireUseRelease(Effect.sync(() => log.push("open")), () => Effect.sync(() => log.push("use")), () => Effect.sync(() => log.push("close")))); return log; });
  await call("retry", async () => { let n = 0; return [await Effect.runPromise(Effect.retry(Effect.suspend(() => n++ < 3 ? Effect.fail("x") : Effect.succeed(n)), { times: 5 })), n]; });
  await call("stream", () => Effect.runPromise(Stream.range(1, 10).pipe(Stream.filter((n) => n % 2 === 0), Stream.map((n) => n * n), Stream.runCollect)));
  await call("option", () => [Option.some(1), Option.none(), Option.getOrElse(Option.none(), () => 5), Option.fromNullishOr(null)].map((o) => Option.isOption(o) ? Option.isSome(o) : o));
  await call("array", () => [A.groupBy(["a", "bb", "c"], (s) => String(s.length)), A.dedupe([1, 1, 2]), A.chunksOf([1, 2, 3], 2), A.sort([3, 1, 2], Order.Number ?? Order.number)]);
  await call("hash map", () => HashMap.size(HashMap.make(["a", 1], ["b", 2])));
  await call("duration", () => [Duration.toMillis(Duration.seconds(2)), Duration.format(Duration.millis(3723004))]);
  await call("names", () => Object.keys(Effect).length > 100 && Object.keys(Schema).length > 50);
  await call("schema", () => { const S = Schema.Struct({ a: Schema.String, b: Schema.optional(Schema.Number) }); return Schema.decodeUnknownSync(S)({ a: "x", b: 2 }); });
  await call("schema error", () => Schema.decodeUnknownSync(Schema.Struct({ a: Schema.String }))({ a: 1 }));
}
