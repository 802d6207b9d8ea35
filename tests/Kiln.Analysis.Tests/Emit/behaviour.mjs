// Runs programs twice in Node, once as Kiln emitted them and once as TypeScript's transpileModule does, and reports what each printed.
// Reads {"modules": node_modules with typescript, "folder": scratch folder, "programs": [{name, fileName, source, code}]} on standard input;
// prints [{name, kiln, typescript}]. Programs with a hand-written expectation have no source and are run once.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { modules, folder, programs } = JSON.parse(readFileSync(0, "utf8"));
const ts = createRequire(modules + "/")("typescript");
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, isolatedModules: true, jsx: ts.JsxEmit.React };

// Node 20 knows neither symbol.
const setup = join(folder, "setup.cjs");
mkdirSync(folder, { recursive: true });
writeFileSync(setup, 'Symbol.dispose ??= Symbol("Symbol.dispose");\nSymbol.asyncDispose ??= Symbol("Symbol.asyncDispose");\n');

function run(file, code) {
  writeFileSync(file, code);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--require", setup, file], { stdio: ["ignore", "pipe", "pipe"] });
    let output = "", error = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (error += chunk));
    child.on("close", () => resolve(error ? output + "\n[error] " + error : output));
  });
}

const results = [];
for (const [index, program] of programs.entries()) {
  const kiln = run(join(folder, `${index}.kiln.mjs`), program.code);
  const typescript = program.source === null ? null
    : run(join(folder, `${index}.typescript.mjs`), ts.transpileModule(program.source, { fileName: program.fileName, compilerOptions }).outputText);
  results.push({ name: program.name, kiln: await kiln, typescript: await typescript });
}
process.stdout.write(JSON.stringify(results));
