// Type-checks programs that use packages: as packages (in node_modules) and, as a judge, against the sources that the packages were made from.
// stdin: { typescript, folder, programs: [file], sources?: folder of packages with deno.json }; stdout: { <mode>: { <file or "elsewhere">: ["line code"] } }
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const input = JSON.parse(fs.readFileSync(0, "utf8"));
const ts = createRequire(import.meta.url)(input.typescript);
const common = {
  strict: true, skipLibCheck: false, noEmit: true, target: ts.ScriptTarget.ES2022, types: [],
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"], forceConsistentCasingInFileNames: true, allowUnreachableCode: true, jsx: ts.JsxEmit.Preserve,
};
const modes = {
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.Preserve, moduleResolution: ts.ModuleResolutionKind.Bundler },
  node10: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Node10, resolveJsonModule: true, esModuleInterop: true },
};

function check(options, resolve) {
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => input.folder;
  if (resolve) host.resolveModuleNameLiterals = (literals, from, _, options, file) => literals.map((literal) => resolve(literal, from, options, file, host));
  const files = input.programs.map((name) => path.join(input.folder, name));
  const program = ts.createProgram(files, options, host);
  const result = {};
  for (const name of input.programs) result[name] = [];
  for (const d of ts.getPreEmitDiagnostics(program)) {
    const name = d.file && files.includes(d.file.fileName) ? path.relative(input.folder, d.file.fileName) : "elsewhere";
    const line = d.file ? d.file.getLineAndCharacterOfPosition(d.start).line + 1 : 0;
    const text = name === "elsewhere" ? `${d.file ? path.relative(input.folder, d.file.fileName) : ""}:${line} TS${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}` : `${line} TS${d.code}`;
    if (!(result[name] ??= []).includes(text)) result[name].push(text);
  }
  return result;
}

// jsr:, npm: and the npm names of the packages under test, by their configuration files.
function resolveToSources(literal, from, options, file, host) {
  const text = literal.text;
  const jsr = /^jsr:@(\w+)\/(\w+)@[^/]+(?:\/(.*))?$/.exec(text) ?? /^@jsr\/(\w+)__(\w+)(?:\/(.*))?$/.exec(text);
  if (jsr) {
    const folder = path.join(input.sources, jsr[2]);
    const exports = JSON.parse(fs.readFileSync(path.join(folder, "deno.json"), "utf8")).exports;
    const target = typeof exports === "string" ? exports : exports[jsr[3] ? "./" + jsr[3] : "."];
    if (!target) return { resolvedModule: undefined };
    return resolvedFile(path.join(folder, target));
  }
  const bare = /^npm:((?:@[^/]+\/)?[^@/]+)@[^/]+(\/.*)?$/.exec(text);
  const name = bare ? bare[1] + (bare[2] ?? "") : text;
  const base = from.startsWith(input.sources) && !/^\.\.?\//.test(name) ? path.join(input.folder, "main.ts") : from;
  if (/^\.\.?\//.test(name) && from.startsWith(input.sources)) return resolvedFile(path.join(path.dirname(from), name));
  return ts.resolveModuleName(name, base, options, host);
}

// The declarations that a JavaScript module names for itself.
function resolvedFile(name) {
  if (/\.m?js$/.test(name)) {
    const types = /@ts-self-types="(.*?)"|reference types="(.*?)"/.exec(fs.readFileSync(name, "utf8"));
    if (types) name = path.join(path.dirname(name), types[1] ?? types[2]);
  }
  return { resolvedModule: { resolvedFileName: name, extension: /\.d\.m?ts$/.exec(name)?.[0] ?? path.extname(name), isExternalLibraryImport: false } };
}

const output = {};
if (input.sources) {
  output.sources = check({ ...common, ...modes.bundler, allowImportingTsExtensions: true, allowJs: true, jsx: ts.JsxEmit.ReactJSX, jsxImportSource: "preact" }, resolveToSources);
} else {
  for (const [name, options] of Object.entries(modes)) output[name] = check({ ...common, ...options });
}
process.stdout.write(JSON.stringify(output));
