// Asks deno what the cases of documentation mean, and writes its answers into them.
// usage: node doc-cases.mjs <deno> <folder of cases> [name of one file of cases]
//
// A case: "=== name", options, sources, "+++ json" with the answer. Sources before the first "--- file" are mod.ts. Options:
//   @@ roots a.ts b.ts     what is documented; mod.ts without it
//   @@ private             with --private
//   @@ difference reason   Kiln answers otherwise on purpose: its answer stands under "+++ kiln", which this script leaves alone
// The answer is deno's JSON without white space, a line for each symbol; the folder that deno ran in is left out of specifiers.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
const [deno, folder, only] = process.argv.slice(2);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "doc-cases-"));
let count = 0;
for (const name of fs.readdirSync(folder).filter((n) => n.endsWith(".txt") && (!only || n === only)).sort()) {
  const file = path.join(folder, name);
  const text = fs.readFileSync(file, "utf8");
  const [head, ...sections] = ("\n" + text).split("\n=== ");
  const answered = sections.map((section) => answer(section, name));
  fs.writeFileSync(file, (head + answered.map((s) => "\n=== " + s).join("")).slice(1).replace(/\n*$/, "\n"));
}
fs.rmSync(scratch, { recursive: true });
console.log(`${count} cases`);

function answer(section, where) {
  const [source, ...parts] = section.split("\n+++ ");
  const lines = source.replace(/\n*$/, "\n").split("\n");
  const title = lines.shift();
  const options = lines.filter((l) => l.startsWith("@@ ")).map((l) => l.slice(3));
  const body = lines.filter((l) => !l.startsWith("@@ ")).join("\n");
  const pieces = ("\n" + body).split("\n--- ");
  const files = pieces.slice(1).map((p) => [p.slice(0, p.indexOf("\n")).trim(), p.slice(p.indexOf("\n") + 1).replace(/\n*$/, "\n")]);
  if (pieces[0].trim() !== "") files.unshift(["mod.ts", pieces[0].slice(1).replace(/\n*$/, "\n")]);
  const root = path.join(scratch, String(count++));
  for (const [name, text] of files) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  const roots = options.find((o) => o.startsWith("roots "))?.slice(6).split(" ") ?? ["mod.ts"];
  const run = spawnSync(deno, ["doc", "--json", ...(options.includes("private") ? ["--private"] : []), ...roots], {
    cwd: root, encoding: "utf8", timeout: 20_000, maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  if (run.status !== 0) throw new Error(`${where}: ${title}: deno fails:\n${run.stderr}`);
  const kiln = parts.find((p) => p.startsWith("kiln\n"));
  return [source.replace(/\n*$/, ""), `json\n${compact(run.stdout, root)}`, ...(kiln ? [kiln.replace(/\n*$/, "")] : [])].join("\n+++ ");
}

// Numbers must stay as they are written (1.0), so the text is changed and not the value.
function compact(json, root) {
  const indent = (line) => line.length - line.trimStart().length;
  const result = [];
  for (const line of json.trimEnd().split("\n")) {
    const text = line.trimStart().replace(/^("(?:[^"\\]|\\.)*"): /, "$1:");
    // A symbol of a module begins at the fifth level.
    result.push(indent(line) === 8 && text === "{" ? "\n" + text : text);
  }
  return result.join("").replaceAll(`file://${fs.realpathSync(root)}/`, "file:///");
}
