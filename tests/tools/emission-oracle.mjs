// Compares emitted JavaScript with the output of ts.transpileModule (target ESNext). Both go through esbuild's parser and printer, which share no
// code with either side; comments, white space, quotes, escapes and redundant parentheses are lost on the way.
// Reads JSON lines {path, code, text}: a source file on disk or its text, and Kiln's JavaScript of it. Prints {path, same, kiln, typescript, refused}: what
// stands where they begin to differ, and typescript's first syntax error for a text.
// usage: node emission-oracle.mjs <node_modules with typescript and esbuild> [--verbatim]
import { createRequire } from "node:module";
import fs from "node:fs";
import readline from "node:readline";
const require = createRequire(process.argv[2] + "/");
const ts = require("typescript"), esbuild = require("esbuild");
const compilerOptions = {
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.React, isolatedModules: true, removeComments: true, newLine: ts.NewLineKind.LineFeed,
  verbatimModuleSyntax: process.argv.includes("--verbatim"),
};
const printer = { loader: "js", target: "esnext", minifyWhitespace: true, legalComments: "none", ignoreAnnotations: true, charset: "utf8", logLevel: "silent" };
// Decorators of parameters, which TypeScript leaves standing, are no JavaScript: read as TypeScript's older kind of decorators they become calls.
const older = { ...printer, loader: "ts", tsconfigRaw: { compilerOptions: { experimentalDecorators: true, verbatimModuleSyntax: true, useDefineForClassFields: true } } };
async function print(code) {
  let failure;
  for (const options of [printer, older]) {
    try {
      return { code: (await esbuild.transform(code, options)).code };
    } catch (error) {
      const errors = error.errors ?? [error];
      failure ??= errors.map((e) => `${e.location?.line}: ${e.text ?? e.message}: ${e.location?.lineText}`).join("; ");
      if (!errors.every((e) => e.text?.startsWith("Parameter decorators are not allowed"))) break;
    }
  }
  return { error: failure };
}
function firstDifference(a, b) {
  let i = 0;
  while (a[i] === b[i]) i++;
  return { kiln: a.slice(Math.max(0, i - 150), i + 250), typescript: b.slice(Math.max(0, i - 150), i + 250) };
}
async function compare({ path, code, text }) {
  const source = text ?? fs.readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const { outputText: expected, diagnostics } = ts.transpileModule(source, { compilerOptions, fileName: path, reportDiagnostics: text !== undefined });
  if (diagnostics?.length) return { path, same: false, refused: ts.flattenDiagnosticMessageText(diagnostics[0].messageText, " ") };
  const [ours, theirs] = await Promise.all([print(code), print(expected)]);
  if (ours.error || theirs.error) return { path, same: false, kiln: ours.error, typescript: theirs.error, error: true };
  if (ours.code === theirs.code) return { path, same: true };
  return { path, same: false, ...firstDifference(ours.code, theirs.code) };
}
let running = [];
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  running.push(compare(JSON.parse(line)));
  if (running.length === 64) {
    for (const verdict of await Promise.all(running)) process.stdout.write(JSON.stringify(verdict) + "\n");
    running = [];
  }
}
for (const verdict of await Promise.all(running)) process.stdout.write(JSON.stringify(verdict) + "\n");
esbuild.stop();
