export async function calls({ index, mini, v3 }, call) {
  const { z } = index;
  const User = z.object({
    name: z.string().min(2).max(20).trim(), age: z.number().int().positive().optional(), email: z.email(), tags: z.array(z.enum(["a", "b"])).default(["a"]),
    address: z.object({ zip: z.string().regex(/^\d{5}$/), lines: z.tuple([z.string(), z.string().nullable()]) }).partial().strict(),
  });
  const bad = { name: "x", age: -1.5, email: "nope", tags: ["c"], address: { zip: "12", other: 1 } };
  await call("object: success", () => User.parse({ name: " Ada ", email: "ada@example.com", address: { lines: ["x", null] } }));
  await call("object: issues", () => User.safeParse(bad).error.issues);
  await call("object: format", () => User.safeParse(bad).error.format());
  await call("object: flatten", () => z.flattenError(User.safeParse(bad).error));
  await call("object: tree", () => z.treeifyError(User.safeParse(bad).error));
  await call("object: pretty", () => z.prettifyError(User.safeParse(bad).error));
  await call("object: thrown", () => User.parse(null));
  await call("union", () => z.union([z.string(), z.number()]).safeParse(true).error.issues);
  const Shape = z.discriminatedUnion("kind", [z.object({ kind: z.literal("circle"), r: z.number() }), z.object({ kind: z.literal("square"), side: z.number() })]);
  await call("discriminated union: hit", () => Shape.parse({ kind: "square", side: 2, extra: 1 }));
  await call("discriminated union: miss", () => Shape.safeParse({ kind: "line" }).error.issues);
  await call("coerce", () => [z.coerce.number().parse("42"), z.coerce.boolean().parse(""), z.coerce.bigint().parse("9007199254740993"), z.coerce.date().parse("2020-01-02")]);
  await call("transform and pipe", () => z.string().transform((s) => s.length).pipe(z.number().max(3)).safeParse("abcd").error.issues);
  await call("refine", () => z.object({ a: z.string(), b: z.string() }).refine((v) => v.a === v.b, { message: "differ", path: ["b"] }).safeParse({ a: "1", b: "2" }).error.issues);
  await call("superRefine", () => z.array(z.number()).superRefine((v, c) => { if (v.length > 2) c.addIssue({ code: "too_big", maximum: 2, origin: "array", inclusive: true, message: "long" }); }).safeParse([1, 2, 3]).error.issues);
  await call("async refine", () => z.string().refine(async (s) => s === "ok").safeParseAsync("no").then((r) => r.error.issues));
  await call("sync parse of async", () => z.string().refine(async () => true).parse("x"));
  await call("record and map", () => [z.record(z.string(), z.number()).parse({ a: 1 }), z.map(z.string(), z.number()).parse(new Map([["k", 1]])), z.set(z.number()).safeParse(new Set(["x"])).error.issues]);
  await call("lazy recursion", () => { const Tree = z.object({ v: z.number(), get kids() { return z.array(Tree); } }); return Tree.parse({ v: 1, kids: [{ v: 2, kids: [] }] }); });
  await call("catch, brand, readonly", () => { const r = z.object({ n: z.number().catch(7) }).readonly().parse({ n: "x" }); return [r, Object.isFrozen(r)]; });
  for (const [name, schema, values] of [
    ["uuid", z.uuid(), ["123e4567-e89b-12d3-a456-426614174000", "x"]], ["url", z.url(), ["https://a.b/c", "::"]], ["ipv4", z.ipv4(), ["1.2.3.4", "1.2.3.256"]], ["cidrv6", z.cidrv6(), ["::/0", "::/129"]],
    ["iso datetime", z.iso.datetime({ offset: true }), ["2020-01-01T00:00:00Z", "2020-13-01T00:00:00Z"]], ["base64", z.base64(), ["aGk=", "*"]], ["emoji", z.emoji(), ["👍", "a"]], ["int32", z.int32(), [2147483647, 2147483648]],
    ["multipleOf", z.number().multipleOf(0.1), [0.3, 0.35]], ["nan", z.nan(), [NaN, 1]], ["template", z.templateLiteral(["v", z.number(), ".", z.enum(["a", "b"])]), ["v1.a", "v1.c"]],
  ]) await call("format " + name, () => values.map((v) => { const r = schema.safeParse(v); return r.success ? r.data : r.error.issues; }));
  await call("json schema", () => z.toJSONSchema(User, { io: "input" }));
  await call("json schema of a recursive type", () => { const N = z.object({ get next() { return N.optional(); } }); return z.toJSONSchema(N); });
  await call("locale", () => { z.config(z.locales.de()); const r = z.string().safeParse(1).error.issues; z.config(z.locales.en()); return r; });
  await call("registry", () => { const r = z.registry(); const s = z.string(); r.add(s, { title: "t" }); return [r.get(s), r.has(z.number()), s.meta({ id: "q" }).meta()]; });
  await call("pick omit extend", () => Object.keys(User.pick({ name: true }).extend({ x: z.string() }).omit({ name: true }).shape));
  await call("function", () => z.function({ input: [z.number()], output: z.string() }).implement((n) => String(n))("x"));
  await call("codec", () => { const c = z.codec(z.iso.date(), z.date(), { decode: (s) => new Date(s), encode: (d) => d.toISOString().slice(0, 10) }); return [c.decode("2020-02-03"), z.encode(c, new Date(0))]; });
  await call("mini", () => { const s = mini.object({ a: mini.string().check(mini.minLength(3)), b: mini.optional(mini.number()) }); return [mini.safeParse(s, { a: "no" }).error.issues, mini.parse(s, { a: "yes" })]; });
  await call("v3", () => { const s = v3.z.object({ a: v3.z.string().email(), b: v3.z.nativeEnum({ X: 1, Y: 2 }) }); return [s.safeParse({ a: "x", b: 3 }).error.issues, v3.ZodIssueCode.invalid_type, v3.getParsedType([])]; });
}
