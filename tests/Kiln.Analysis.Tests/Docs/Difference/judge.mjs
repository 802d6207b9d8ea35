// Judges the pairs of Cases/*.txt: is a consumer of the old version still right against the new one? TypeScript says it. Run it after adding a case.
// usage: node judge.mjs [area…]       (needs tests/tools/install; KILN_TOOLS names another folder of tools)
//
// A case has the sections old, new, consumer (imports "./api.ts") and expect: the verdict (major, minor, patch, none) and the rules that must be among the
// reasons. Judged/<area>.jsonl gets a line for each: whether the consumer breaks and by what, and the documentation of both sides as `deno doc --json` has it.
// A consumer that is wrong against the old version already is an error of the case.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.KILN_TOOLS || join(here, "../../../../.kiln/tools");
const ts = createRequire(join(tools, "clients/node_modules/"))("typescript");
const deno = join(tools, "clients/node_modules/@deno/linux-x64-glibc/deno");
const folder = mkdtempSync(join(tmpdir(), "kiln-difference-"));
const env = { ...process.env, NO_COLOR: "1", DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" };
const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, skipLibCheck: true, types: [], lib: ["lib.esnext.d.ts", "lib.dom.d.ts"], noImplicitOverride: true };
const libraries = new Map();

try {
  const wanted = process.argv.slice(2);
  mkdirSync(join(here, "Judged"), { recursive: true });
  let complaints = 0;
  for (const file of readdirSync(join(here, "Cases")).sort()) {
    const area = file.slice(0, -4);
    if (wanted.length && !wanted.includes(area)) continue;
    const cases = readCases(join(here, "Cases", file));
    const docs = document(cases.flatMap((one) => [one.old, one.new]));
    const lines = cases.map((one, i) => {
      const before = check(one.old, one.consumer);
      if (before) { complaints++; console.error(`${area}: ${one.name}: wrong against the old version: ${before}`); }
      const error = check(one.new, one.consumer);
      return JSON.stringify({ name: one.name, breaks: error !== null, ...(error ? { error } : {}), old: docs[2 * i], new: docs[2 * i + 1] });
    });
    writeFileSync(join(here, "Judged", area + ".jsonl"), lines.join("\n") + "\n");
    console.error(`${area}: ${cases.length} pairs, ${lines.filter((l) => JSON.parse(l).breaks).length} break their consumer`);
  }
  process.exitCode = complaints ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readCases(path) {
  return readFileSync(path, "utf8").split(/^=== /m).slice(1).map((text) => {
    const [name] = text.split("\n", 1);
    const sections = Object.fromEntries(text.slice(name.length + 1).split(/^--- /m).slice(1).map((s) => [s.slice(0, s.indexOf("\n")), s.slice(s.indexOf("\n") + 1).trimEnd() + "\n"]));
    return { name, ...sections };
  });
}

/** The first error, or null. */
function check(api, consumer) {
  const files = new Map([["/api.ts", api], ["/consumer.ts", consumer]]);
  const host = ts.createCompilerHost(options);
  const [read, readFile] = [host.getSourceFile.bind(host), host.readFile.bind(host)];
  host.getSourceFile = (name, version) => {
    if (files.has(name)) return ts.createSourceFile(name, files.get(name), version);
    if (!libraries.has(name)) libraries.set(name, read(name, version));
    return libraries.get(name);
  };
  host.fileExists = (name) => files.has(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getCurrentDirectory = () => "/";
  const program = ts.createProgram(["/consumer.ts"], options, host);
  const [first] = ts.getPreEmitDiagnostics(program, program.getSourceFile("/consumer.ts"));
  return first ? `TS${first.code}: ${ts.flattenDiagnosticMessageText(first.messageText, "\n").split("\n")[0]}` : null;
}

function document(sources) {
  const names = sources.map((source, i) => { const name = join(folder, `${i}.ts`); writeFileSync(name, source); return name; });
  const { nodes } = JSON.parse(execFileSync(deno, ["doc", "--json", ...names], { maxBuffer: 1 << 30, env, stdio: ["ignore", "pipe", "ignore"] }));
  return names.map((name) => {
    const href = pathToFileURL(name).href;
    return JSON.parse(JSON.stringify({ version: 2, nodes: { "file:///api.ts": nodes[href] } }).replaceAll(href, "file:///api.ts"));
  });
}
