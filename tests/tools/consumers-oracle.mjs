// What typescript says about programs that use a package, once with the declarations that it writes itself and once with Kiln's.
// usage: node consumers-oracle.mjs NODE_MODULES PACKAGE_MODULES < lines of { name, exports, consumer, sources: { path: text }, modules: { path: declarations } }
// Paths are absolute within the package: `/lib/a.ts`. writes lines of { name, typescript: [error], kiln: [error], newErrors: [error] }; an error of the
// consumer is `line TScode`, newErrors are those of Kiln's own declarations that typescript's do not have.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [, , modules, packageModules] = process.argv;
const ts = createRequire(join(modules, "x.js"))("typescript");
const packages = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const options = {
  strict: true, skipLibCheck: false, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.esnext.full.d.ts"], types: [], allowImportingTsExtensions: true, newLine: ts.NewLineKind.LineFeed,
};
const libraries = new Map();
const declaration = (path) => (/\.d\.[mc]?ts$/.test(path) ? path : path.replace(/\.([mc]?)[jt]sx?$/, ".d.$1ts"));

const written = new Map(packages.map((one) => [one.name, emit(one)]));
const verdicts = ["typescript", "kiln"].map((side) => check(side));
for (const one of packages) {
  const [typescript, kiln] = verdicts.map((v) => v.get(one.name));
  const known = new Set(typescript.library);
  console.log(JSON.stringify({ name: one.name, typescript: typescript.consumer, kiln: kiln.consumer, newErrors: kiln.library.filter((e) => !known.has(e)) }));
}

function programOf(files, roots, extra) {
  const host = ts.createCompilerHost({ ...options, ...extra });
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.directoryExists = (path) => path.startsWith("/package/") || directoryExists(path);
  host.getSourceFile = (path, ...rest) => {
    if (files.has(path)) return ts.createSourceFile(path, files.get(path), ts.ScriptTarget.ESNext, true);
    if (!libraries.has(path)) libraries.set(path, getSourceFile.call(host, path, ...rest));
    return libraries.get(path);
  };
  host.resolveModuleNameLiterals = (literals, from) => literals.map((literal) => {
    const one = packages.find((p) => literal.text === p.name || literal.text.startsWith(p.name + "/"));
    if (one && from.startsWith("/package/consumer/")) {
      const target = declaration(`/package/${one.name}/${one.exports["." + literal.text.slice(one.name.length)]?.slice(2)}`);
      return { resolvedModule: files.has(target) ? { resolvedFileName: target, extension: ts.Extension.Dts } : undefined };
    }
    // npm:@scope/name@1/sub is looked for among the installed packages.
    const npm = /^npm:((?:@[^/]+\/)?[^@/]+)(?:@[^/]*)?(\/.*)?$/.exec(literal.text);
    return ts.resolveModuleName(npm ? npm[1] + (npm[2] ?? "") : literal.text, npm ? join(packageModules, "..", "x.ts") : from, { ...options, ...extra }, host);
  });
  return ts.createProgram(roots, { ...options, ...extra }, host);
}

function emit(one) {
  const files = new Map(Object.entries(one.sources).map(([path, text]) => [`/package/${one.name}${path}`, text]));
  const texts = new Map();
  const program = programOf(files, Object.keys(one.modules).map((path) => `/package/${one.name}${path}`).filter((path) => files.has(path) && !path.endsWith(".d.ts")), { declaration: true, emitDeclarationOnly: true });
  program.emit(undefined, (path, text) => texts.set(path, text));
  for (const [path, text] of files) if (path.endsWith(".d.ts")) texts.set(path, text);
  return texts;
}

function check(side) {
  const files = new Map();
  for (const one of packages) {
    files.set(`/package/consumer/${one.name}.ts`, one.consumer);
    if (side === "typescript") for (const [path, text] of written.get(one.name)) files.set(path, text);
    else for (const [path, text] of Object.entries(one.modules)) files.set(declaration(`/package/${one.name}${path}`), text);
  }
  const program = programOf(files, packages.map((one) => `/package/consumer/${one.name}.ts`), { noEmit: true });
  const found = new Map(packages.map((one) => [one.name, { consumer: [], library: [] }]));
  for (const path of files.keys()) {
    const file = program.getSourceFile(path);
    if (!file) continue;
    for (const d of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]) {
      const line = ts.getLineAndCharacterOfPosition(file, d.start ?? 0).line + 1;
      const consumer = /^\/package\/consumer\/(.*)\.ts$/.exec(path);
      if (consumer) found.get(consumer[1]).consumer.push(`${line} TS${d.code}`);
      else found.get(path.split("/")[2]).library.push(`${path} TS${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`);
    }
  }
  return found;
}
