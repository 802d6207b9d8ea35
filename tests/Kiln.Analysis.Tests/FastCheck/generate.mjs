// Writes what is expected of every case in Cases/*.txt, as the real deno and typescript say it. Inputs are never touched.
// usage: node generate.mjs [area…]       (needs tests/tools/install; KILN_TOOLS names another folder of tools)
//
// Of each case these answers are collected:
//   diagnostics   `deno publish --dry-run`
//   public        which modules and declarations deno finds public: its fast-check text (DENO_INTERNAL_FAST_CHECK_OVERWRITE=1 `deno publish --dry-run`)
//   declarations  what typescript writes (`tsc -d`) for the author's source, cut down to what is public: the types that a checker finds
//   packed        the declarations that `deno pack` writes, which are poorer than that in known ways
// A case expects the diagnostics and the declarations. Where the packed declarations say something else, the case has to name a reason from
// differences.txt (`@@ difference id`); a reason without a difference is an error as well. So is an input that does not type-check, unless it says `@@ no-check`.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { readCases, writeCases } from "./cases.mjs";
import { prune } from "./prune.mjs";
import { tokensOf } from "./tokens.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.KILN_TOOLS || join(here, "../../../.kiln/tools");
const ts = createRequire(join(tools, "clients/node_modules/"))("typescript");
const deno = join(tools, "clients/node_modules/@deno/linux-x64-glibc/deno");
const folder = mkdtempSync(join(tmpdir(), "kiln-cases-"));
const env = { ...process.env, NO_COLOR: "1", DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" };
const UNTOUCHED = "\n// not part of the public api\n";

const wanted = process.argv.slice(2);
const areas = readdirSync(join(here, "Cases")).filter((f) => f.endsWith(".txt")).map((f) => f.slice(0, -4)).filter((a) => !wanted.length || wanted.includes(a)).sort();
const all = areas.flatMap((area) => readCases(join(here, "Cases", area + ".txt")).map((one, i) => ({ ...one, area, folder: `${area}-${i}` })));
const cases = [...all];
const complaints = [];
const complain = (one, what) => complaints.push(`${one.area}: ${one.name}: ${what}`);

try {
  const sources = join(folder, "sources");
  layOut(sources, (text) => text + UNTOUCHED);
  readDiagnostics(sources);
  readFastCheck(sources);
  checkInputs();
  readPacked();
  decide();
  for (const area of areas) writeCases(join(here, "Cases", area + ".txt"), all.filter((c) => c.area === area));
} finally {
  if (!process.env.KILN_KEEP_FOLDERS) rmSync(folder, { recursive: true, force: true });
  else console.error(folder);
}

console.error(`${cases.length} cases, ${cases.filter((c) => c.diagnostics.length).length} with diagnostics, ${complaints.length} complaints`);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length ? 1 : 0;

/** One workspace with a package a case: deno answers for all of them at once. */
function layOut(root, edit) {
  for (const one of cases) {
    const exports = Object.fromEntries(one.exports.map((path, i) => [i === 0 ? "." : "./" + path.slice(2).replaceAll(/[^a-z]/g, "-"), path]));
    write(join(root, one.folder, "deno.json"), JSON.stringify({ name: "@cases/" + one.folder, version: "1.0.0", license: "MIT", exports }));
    for (const [path, text] of one.modules) write(join(root, one.folder, path), /\.json$/.test(path) ? text : edit(text));
  }
  write(join(root, "deno.json"), JSON.stringify({ workspace: cases.map((c) => "./" + c.folder) }));
}

/** A module that does not parse or a missing file stops deno altogether: such a case is reported and left out. */
function readDiagnostics(root) {
  const run = spawnSync(deno, ["publish", "--dry-run", "--allow-dirty", "--no-check"], { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
  const byFolder = new Map(cases.map((c) => [c.folder, (c.diagnostics = [])]));
  const found = [...run.stderr.matchAll(/^(?:error|warning)\[([a-z-]+)\]: .*\n +--> (?:\S*\/sources\/)?(.+?)(?::(\d+):(\d+))?$/gm)];
  for (const [, code, path, line, column] of found) {
    const place = relative(root, join(root, path)).split("/");
    byFolder.get(place[0]).push(`${code} ${place.slice(1).join("/")}${line ? `:${line}:${column}` : ""}`);
  }
  for (const list of byFolder.values()) list.sort((a, b) => byPlace(a) < byPlace(b) ? -1 : 1);
  if (!/^error: (?!Found \d+ problem)/m.test(run.stderr)) return;
  const one = cases.find((c) => c.folder === /\/sources\/([^/]+)\//.exec(run.stderr)?.[1]);
  if (!one) throw new Error(run.stderr.slice(-3000));
  complain(one, run.stderr);
  one.expected = [];
  cases.splice(cases.indexOf(one), 1);
  rmSync(root, { recursive: true });
  layOut(root, (text) => text + UNTOUCHED);
  readDiagnostics(root);
}

function byPlace(text) {
  const [code, path, line = "0", column = "0"] = text.split(/[ :]/);
  return `${path}:${line.padStart(6, "0")}:${column.padStart(6, "0")}:${code}`;
}

/** Overwrites a copy with the fast-check text and lets typescript write its declarations. */
function readFastCheck(sources) {
  const root = join(folder, "fast-check");
  cpSync(sources, root, { recursive: true });
  spawnSync(deno, ["publish", "--dry-run", "--allow-dirty", "--no-check"], { cwd: root, env: { ...env, DENO_INTERNAL_FAST_CHECK_OVERWRITE: "1" }, encoding: "utf8", maxBuffer: 1 << 28 });
  for (const one of cases) {
    one.declarations = new Map();
    one.public = new Set(rejected(one) ? [] : one.modules.map(([path]) => path).filter((path) => /\.[mc]?[jt]sx?$/.test(path) && !readFileSync(join(root, one.folder, path), "utf8").endsWith(UNTOUCHED)));
  }
  const written = declarationsOf(root, (one, path) => one.public.has(path));
  for (const one of cases) for (const path of one.public) if (written.texts.has(join(root, one.folder, path))) one.declarations.set(path, written.texts.get(join(root, one.folder, path)));
}

/** Without a public API in TypeScript (an untyped JavaScript entry) deno gives no declarations either. */
function rejected(one) {
  return one.diagnostics.length > 0;
}

/** The inputs type-check, and what typescript infers from the whole source is at hand for comparison. */
function checkInputs() {
  const root = join(folder, "plain");
  layOut(root, (text) => text);
  const written = declarationsOf(root, () => true);
  for (const one of cases) {
    one.inferred = new Map([...one.public].map((path) => [path, written.texts.get(join(root, one.folder, path)) ?? ""]));
    const errors = written.errors.get(one.folder);
    one.fails = Boolean(errors);
    if (errors && !one.noCheck) complain(one, "does not type-check: " + errors[0]);
  }
}

function declarationsOf(root, take) {
  const roots = cases.flatMap((one) => one.modules.map(([path]) => path).filter((path) => /\.[mc]?[jt]sx?$/.test(path) && take(one, path)).map((path) => join(root, one.folder, path)));
  const options = {
    strict: true, declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: true, resolveJsonModule: true, allowJs: true, skipLibCheck: true, types: [],
    target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ["lib.esnext.full.d.ts"], jsx: ts.JsxEmit.Preserve,
    moduleDetection: ts.ModuleDetectionKind.Force, newLine: ts.NewLineKind.LineFeed, ignoreDeprecations: "5.0",
  };
  const program = ts.createProgram(roots, options);
  const texts = new Map(), errors = new Map();
  for (const path of roots) {
    const file = program.getSourceFile(path);
    if (!file.isDeclarationFile) program.emit(file, (name, text) => /\.d\.[mc]?ts$/.test(name) && texts.set(path, text), undefined, true);
    for (const d of [...program.getSyntacticDiagnostics(file), ...(/\.[mc]?jsx?$/.test(path) ? [] : program.getSemanticDiagnostics(file))]) {
      const where = relative(root, path).split("/");
      const { line, character } = ts.getLineAndCharacterOfPosition(file, d.start ?? 0);
      if (!errors.has(where[0])) errors.set(where[0], []);
      errors.get(where[0]).push(`${where.slice(1).join("/")}:${line + 1}:${character + 1} TS${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, " ").slice(0, 160)}`);
    }
  }
  return { texts, errors };
}

/**
 * The .d.ts files of `deno pack`. It type-checks each package for a second, so all accepted cases are one package here, with an export for each of their
 * entries: what one module declares does not depend on the others. Null for what does not type-check.
 */
function readPacked() {
  const root = join(folder, "packed");
  const packed = cases.filter((one) => one.declarations.size > 0 && !one.noCheck && !one.fails);
  for (const one of cases) one.packed = null;
  for (const one of packed) for (const [path, text] of one.modules) write(join(root, one.folder, path), text);
  const exports = Object.fromEntries(packed.flatMap((one) => one.exports.map((path, i) => [`./${one.folder}-${i}`, `./${one.folder}/${path.slice(2)}`])));
  write(join(root, "deno.json"), JSON.stringify({ name: "@cases/all", version: "1.0.0", license: "MIT", exports }));
  const tarball = join(folder, "packed.tgz");
  const run = spawnSync(deno, ["pack", "--allow-dirty", "-o", tarball], { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) {
    complaints.push("deno pack: " + run.stderr.replaceAll(/^Check .*\n/gm, "").slice(0, 5000));
    return;
  }

  const out = join(folder, "unpacked");
  mkdirSync(out);
  execFileSync("tar", ["xzf", tarball, "-C", out, "--strip-components=1"]);
  for (const one of packed) {
    one.packed = new Map();
    for (const path of one.declarations.keys()) {
      const target = join(out, one.folder, path.replace(/\.([mc]?)tsx?$/, ".d.$1ts"));
      if (existsSync(target)) one.packed.set(path, readFileSync(target, "utf8"));
    }
  }
}

function decide() {
  const reasons = new Set(readFileSync(join(here, "differences.txt"), "utf8").split("\n").filter((l) => l && l[0] !== "#").map((l) => l.split("\t")[0]));
  for (const one of cases) {
    one.expected = [...one.declarations].map(([path, text]) => [path, one.judge === "deno" ? text : prune(ts, one.inferred.get(path), text, (name) => new RegExp(`(namespace|module) (\\w+\\.)*${name}\\b`).test(sourceOf(one, path)))]);
    for (const id of one.differences) if (!reasons.has(id)) complain(one, `there is no reason ${id} in differences.txt`);
    if (!one.packed) {
      if (one.differences.length) complain(one, "is not packed, so it cannot differ");
      continue;
    }

    const differing = one.expected.filter(([path, text]) => !one.packed.has(path) || tokensOf(ts, text) !== tokensOf(ts, one.packed.get(path)));
    if (differing.length && !one.differences.length) {
      complain(one, differing.map(([path, text]) => `deno pack differs without a reason in ${path}\n  tsc:  ${tokensOf(ts, text)}\n  deno: ${one.packed.has(path) ? tokensOf(ts, one.packed.get(path)) : "no file"}`).join("\n"));
    } else if (!differing.length && one.differences.length) {
      complain(one, "names a difference, and there is none");
    }
  }
}

function sourceOf(one, path) {
  return one.modules.find(([p]) => p === path)[1];
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
