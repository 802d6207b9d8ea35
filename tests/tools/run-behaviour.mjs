// Loads the entries of one package and prints what they export and what a list of calls returns, as one JSON object.
// usage: node --experimental-import-meta-resolve run-behaviour.mjs <calls.mjs> <folder to resolve from> '{"entry": "specifier or absolute path"}'
import { pathToFileURL } from "node:url";
const [callsFile, folder, entries] = process.argv.slice(2);
const calls = await import(pathToFileURL(callsFile).href);
calls.globals?.(globalThis);

/** A CommonJS build shows its names on module.exports; a module shows them on its namespace. */
function unwrap(namespace) {
  const inner = namespace["module.exports"] ?? (namespace.default?.__esModule ? namespace.default : undefined);
  return inner ?? namespace;
}

/** Any value as JSON that keeps what matters: types, classes, order, and no addresses or times. */
function show(value, depth = 0, seen = new Set()) {
  if (depth > 12) return "…";
  switch (typeof value) {
    case "bigint": return `${value}n`;
    case "undefined": return "undefined";
    case "function": return `function ${value.name}/${value.length}`;
    case "symbol": return String(value);
    case "number": return Number.isFinite(value) ? (Object.is(value, -0) ? "-0" : value) : String(value);
    case "string": case "boolean": return value;
  }
  if (value === null) return null;
  if (seen.has(value)) return "circular";
  seen = new Set(seen).add(value);
  const next = (v) => show(v, depth + 1, seen);
  if (value instanceof Uint8Array) return "0x" + Buffer.from(value).toString("hex");
  if (ArrayBuffer.isView(value)) return [value.constructor.name, ...Array.from(value, next)];
  if (value instanceof Date) return value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Map) return { Map: [...value].map(next) };
  if (value instanceof Set) return { Set: [...value].map(next) };
  if (value instanceof Error) return { error: value.name, message: value.message };
  if (Array.isArray(value)) return value.map(next);
  const result = {};
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  if (name && name !== "Object") result["class"] = name;
  for (const key of Object.keys(value)) result[key] = next(value[key]);
  return result;
}

const modules = {}, names = {};
for (const [entry, specifier] of Object.entries(JSON.parse(entries))) {
  const url = specifier.startsWith("/") ? pathToFileURL(specifier).href : import.meta.resolve(specifier, pathToFileURL(folder + "/x.js").href);
  modules[entry] = unwrap(await import(url));
  names[entry] = Object.keys(modules[entry]).filter((n) => n !== "__esModule").sort();
}
const results = {};
/** One named call; a thrown error is a result like any other. */
async function call(name, action) {
  if (name in results) throw new Error("two calls are named " + name);
  results[name] = "never finished";
  try { results[name] = show(await action()); }
  catch (error) { results[name] = { thrown: show(error) }; }
}
await calls.calls(modules, call);
process.stdout.write(JSON.stringify({ names, results }), () => process.exit(0));
