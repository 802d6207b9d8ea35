// Writes what `deno doc --json` says into the expected parts of the JSDoc cases; comments and sources stay as they are. Run it after adding a case.
// usage: node jsdoc-cases.mjs <deno> <folder of the cases>
//
// Comments.jsonl: one case a line, {"comment", "expected"}; a new case needs no "expected". The comment stands in front of `export const a = 1`.
// Expected is the record of the comment: types as their text, null for nothing, "ignored" when @ignore removed the declaration.
// *.txt: cases of `=== name`, source, `--- expected`, JSON: the text of the comment for each documented name, and of the module.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [deno, cases] = process.argv.slice(2);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "jsdoc-"));
process.on("exit", () => fs.rmSync(folder, { recursive: true }));

/** The documentation of sources, in their order. */
function document(sources) {
  const names = sources.map(({ name, source }, i) => { const file = path.join(folder, `${i}-${name}`); fs.writeFileSync(file, source); return file; });
  const { nodes } = JSON.parse(execFileSync(deno, ["doc", "--json", ...names], { maxBuffer: 1 << 30, env: { ...process.env, NO_COLOR: "1" } }));
  return names.map((name) => nodes[pathToFileURL(name).href]);
}

const record = (jsDoc) => JSON.parse(JSON.stringify(jsDoc ?? null, (key, value) => (key === "tsType" ? value.repr ?? "" : value)));

const comments = path.join(cases, "Comments.jsonl");
const lines = fs.readFileSync(comments, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line).comment);
const documented = document(lines.map((comment) => ({ name: "case.ts", source: `${comment}\nexport const a = 1;\n` })));
fs.writeFileSync(comments, lines.map((comment, i) => {
  const symbol = documented[i].symbols.find((s) => s.name === "a");
  return JSON.stringify({ comment, expected: symbol ? record(symbol.declarations[0].jsDoc) : "ignored" }) + "\n";
}).join(""));

const unnamed = { callSignatures: "()", constructors: "new", indexSignatures: "[]" };

/** Everything that has a place in the source, with the text of its comment; several declarations of a name are joined. */
function collect(value, name, found) {
  if (Array.isArray(value)) return value.forEach((v) => collect(v, name, found));
  if (value === null || typeof value !== "object") return;
  const own = value.name ?? value.importedName ?? name;
  if (value.jsDoc) found[own] = [found[own], value.jsDoc.doc ?? ""].filter((t) => t !== undefined).join(" + ");
  for (const [key, child] of Object.entries(value)) if (key !== "jsDoc") collect(child, unnamed[key] ?? own, found);
}

for (const file of fs.readdirSync(cases).filter((f) => f.endsWith(".txt"))) {
  const parts = ("\n" + fs.readFileSync(path.join(cases, file), "utf8")).split("\n=== ").slice(1).map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end), source: part.slice(end + 1).split(/^--- expected$/m)[0] };
  });
  fs.writeFileSync(path.join(cases, file), document(parts).map((node, i) => {
    const found = Object.create(null);
    collect(node.symbols, undefined, found);
    collect(node.imports ?? [], undefined, found);
    const expected = { module: node.module_doc?.doc ?? null, names: Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1))) };
    return `=== ${parts[i].name}\n${parts[i].source}--- expected\n${JSON.stringify(expected)}\n`;
  }).join("\n"));
}
