// Two independent judges of emitted JavaScript: acorn must parse it, and its export names must be those of ts.transpileModule's output.
// Reads JSON lines {path, text (the source), code (the emitted JavaScript)}; prints {path, error, exports, expected, referenceError}.
// usage: node export-oracle.mjs <node_modules with typescript and acorn>
import { createRequire } from "node:module";
import readline from "node:readline";
const require = createRequire(process.argv[2] + "/");
const ts = require("typescript"), acorn = require("acorn");
const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.React, isolatedModules: true, removeComments: true };

const nameOf = (node) => (node.type === "Literal" ? node.value : node.name);
function* bound(pattern) {
  switch (pattern?.type) {
    case "Identifier": yield pattern.name; break;
    case "ObjectPattern": for (const p of pattern.properties) yield* bound(p.type === "RestElement" ? p.argument : p.value); break;
    case "ArrayPattern": for (const p of pattern.elements) yield* bound(p); break;
    case "RestElement": yield* bound(pattern.argument); break;
    case "AssignmentPattern": yield* bound(pattern.left); break;
  }
}
function exportsOf(code) {
  const names = [];
  for (const node of acorn.parse(code, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true }).body) {
    if (node.type === "ExportAllDeclaration") names.push(node.exported ? nameOf(node.exported) : "* from " + node.source.value);
    else if (node.type === "ExportDefaultDeclaration") names.push("default");
    else if (node.type === "ExportNamedDeclaration") {
      for (const s of node.specifiers) names.push(nameOf(s.exported));
      const d = node.declaration;
      if (d?.type === "VariableDeclaration") for (const v of d.declarations) names.push(...bound(v.id));
      else if (d) names.push(d.id.name);
    }
  }
  return names.sort();
}
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  const { path, text, code } = JSON.parse(line);
  const result = { path, error: null, exports: [], expected: [], referenceError: null };
  try { result.exports = exportsOf(code); }
  catch (e) { result.error = `${e.message}: ${code.split("\n")[(e.loc?.line ?? 1) - 1]?.slice(0, 200)}`; }
  try { result.expected = exportsOf(ts.transpileModule(text, { fileName: path, compilerOptions: options }).outputText); }
  catch (e) { result.referenceError = e.message; }
  process.stdout.write(JSON.stringify(result) + "\n");
}
