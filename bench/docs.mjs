// Races whole processes: `kiln doc --json` as a native program against `deno doc --json`, in turn, on packages as their authors would publish them.
// Both must print the same bytes. usage: node docs.mjs OUT.jsonl ROUNDS KILN TOOLS SCRATCH
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [out, rounds, kiln, tools, scratch] = process.argv.slice(2);
const tests = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "tests", "tools");
const deno = path.join(tools, "clients", "node_modules", "@deno", "linux-x64-glibc", "deno");
const env = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", DENO_DIR: path.join(scratch, "deno") };

// A large package by its one entry point, and one of twelve files.
const packages = JSON.parse(fs.readFileSync(path.join(tests, "fast-check", "packages.json"), "utf8"))
  .filter((p) => ["effect", "prosemirror-view"].includes(p.name));

function prepare({ name, from, source }) {
  const folder = path.join(scratch, name);
  if (!fs.existsSync(folder)) {
    execFileSync("node", [path.join(tests, "prepare-package.mjs"), path.join(tools, "clients", "node_modules"), path.join(tools, from), source, folder]);
    for (const file of fs.readdirSync(folder, { recursive: true }).filter((f) => /\.[mc]?tsx?$/.test(f))) {
      // Nothing is to be looked for in the net.
      const text = fs.readFileSync(path.join(folder, file), "utf8");
      fs.writeFileSync(path.join(folder, file), text.replace(/(["'])npm:[^"'\n]*\1/g, "$1node:fs$1"));
    }
  }
  return folder;
}

/** Seconds on the wall and of processor time. */
function measure(program, roots, folder) {
  const run = spawnSync("bash", ["-c", 'TIMEFORMAT="%R %U %S"; time "$@" > /dev/null 2> /dev/null', "-", program, "doc", "--json", ...roots], { cwd: folder, env, encoding: "utf8" });
  const [wall, user, system] = run.stderr.trim().split(" ").map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const show = (values, digits = 2) => `${median(values).toFixed(digits)} [${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}]`;

for (const one of packages) {
  const folder = prepare(one), roots = Object.values(one.exports);
  const print = (program) => execFileSync(program, ["doc", "--json", ...roots], { cwd: folder, env, maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  const same = print(deno).equals(print(kiln));
  const results = { deno: [], kiln: [] };
  for (let round = 0; round < +rounds; round++) {
    results.deno.push(measure(deno, roots, folder));
    results.kiln.push(measure(kiln, roots, folder));
  }
  const ratios = results.deno.map((d, i) => d.wall / Math.max(results.kiln[i].wall, 1));
  for (const [tool, runs] of Object.entries(results)) {
    fs.appendFileSync(out, JSON.stringify({ kind: "docs", corpus: one.name, tool, rounds: +rounds, wall: runs.map((r) => r.wall), cpu: runs.map((r) => r.cpu) }) + "\n");
  }
  console.log(`${one.name.padEnd(14)} deno ${show(results.deno.map((r) => r.wall), 0)} ms, kiln ${show(results.kiln.map((r) => r.wall), 0)} ms; ` +
    `kiln is ${show(ratios)} × as fast; processor time ${show(results.deno.map((d, i) => d.cpu / Math.max(results.kiln[i].cpu, 1)))} ×; ${same ? "same bytes" : "NOT THE SAME BYTES"}`);
  if (!same) process.exitCode = 1;
}
