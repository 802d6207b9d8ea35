// Writes into tests/Kiln.Analysis.Tests/Declarations/Cases/*.txt what `tsc -d --strict` makes of each case with full type information: the part `--- tsc` is replaced.
// usage: node declaration-cases.mjs <node_modules with typescript>
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
const require = createRequire(process.argv[2] + "/");
const ts = require("typescript");
const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../Kiln.Analysis.Tests/Declarations/Cases");
const compilerOptions = {
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleDetection: ts.ModuleDetectionKind.Force, strict: true, declaration: true, emitDeclarationOnly: true,
  jsx: ts.JsxEmit.Preserve, lib: ["lib.esnext.d.ts", "lib.dom.d.ts"], newLine: ts.NewLineKind.LineFeed, types: [],
};
function declarations(name, source) {
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ESNext, true) : getSourceFile.call(host, file, ...rest));
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.readFile = (file) => (file === name ? source : readFile.call(host, file));
  const program = ts.createProgram([name], compilerOptions, host);
  for (const d of ts.getPreEmitDiagnostics(program)) {
    throw new Error(`${name}: ${ts.flattenDiagnosticMessageText(d.messageText, " ")}\n${source}`);
  }
  let text = "";
  program.emit(undefined, (_, content) => (text = content), undefined, true);
  return text;
}
for (const file of fs.readdirSync(folder).filter((f) => f.endsWith(".txt"))) {
  const sections = ("\n" + fs.readFileSync(path.join(folder, file), "utf8")).split("\n=== ").slice(1);
  const written = sections.map((section) => {
    const pieces = section.split("\n--- ");
    const [name, ...source] = pieces[0].split("\n");
    const text = declarations(`/case.${name.endsWith(".tsx") ? "tsx" : "ts"}`, source.join("\n") + "\n");
    const others = pieces.slice(1).filter((p) => !p.startsWith("tsc\n"));
    return [`=== ${name}`, source.join("\n").trimEnd(), `--- tsc`, text.trimEnd(), ...others.map((p) => `--- ${p.trimEnd()}`)].join("\n") + "\n";
  });
  fs.writeFileSync(path.join(folder, file), written.join("\n"));
}
