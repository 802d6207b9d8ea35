// TypeScript's own syntax verdict. Reads absolute paths from stdin, one a line, or with --json objects {path, text, options};
// prints one JSON object a line: {path, errors: [{code, line, column, message, related?}]} (line and column from 1).
// With --grammar the errors of the binder and those that the checker calls grammar errors are added: a one-file program without libraries.
// With --everything all errors of that program are, under the options given as strings by lower-case name.
// usage: node syntax-oracle.mjs <node_modules with typescript> [--json] [--grammar | --everything]
import { createRequire } from "node:module";
import fs from "node:fs";
import readline from "node:readline";
const ts = createRequire(process.argv[2] + "/")("typescript");
const json = process.argv.includes("--json"), grammar = process.argv.includes("--grammar"), everything = process.argv.includes("--everything");
const fixed = { noLib: true, noResolve: true, allowJs: true, checkJs: true };
const defaults = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, jsx: ts.JsxEmit.Preserve };
// Options that decide what is an error inside one file.
const passed = ["target", "module", "jsx", "experimentalDecorators", "emitDecoratorMetadata", "alwaysStrict", "strict", "isolatedModules", "verbatimModuleSyntax",
  "erasableSyntaxOnly", "useDefineForClassFields", "allowUnreachableCode", "allowUnusedLabels", "downlevelIteration", "noImplicitAny", "noImplicitThis", "strictNullChecks"];
// Early errors of the language that TypeScript numbers among the semantic ones: duplicate declarations, invalid assignment targets, misplaced members.
const early = new Set([2300, 2337, 2357, 2364, 2372, 2376, 2391, 2392, 2393, 2397, 2440, 2441, 2451, 2464, 2480, 2481, 2487, 2488, 2491, 2492, 2528, 2567, 2588, 2657, 2660, 2695, 2777, 2778, 2779, 2780, 2781, 2796, 2803, 2809, 2815]);
const isGrammar = (code) => (code >= 1000 && code < 2000) || (code >= 8000 && code < 9000) || (code >= 17000 && code < 19000) || early.has(code);
function optionsOf(given) {
  const found = {};
  for (const name of passed) {
    // A list such as `es5, esnext` asks for several runs; the last is the most permissive.
    const value = given?.[name.toLowerCase()]?.split(",").at(-1).trim().toLowerCase();
    if (value) found[name] = value === "true" ? true : value === "false" ? false : value;
  }
  return { ...defaults, ...ts.convertCompilerOptionsFromJson(found, "/").options, ...fixed };
}
function programErrors(path, file, options) {
  const host = { getSourceFile: (n) => (n === path ? file : undefined), getDefaultLibFileName: () => "", writeFile() {}, getCurrentDirectory: () => "/", getCanonicalFileName: (n) => n,
    useCaseSensitiveFileNames: () => true, getNewLine: () => "\n", fileExists: (n) => n === path, readFile: () => undefined };
  const program = ts.createProgram([path], options, host);
  return [...(everything ? program.getSyntacticDiagnostics(file) : []), ...program.getSemanticDiagnostics(file)].filter((d) => d.file === file);
}
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  const { path, text, options } = json ? JSON.parse(line) : { path: line };
  const source = (text ?? fs.readFileSync(path, "utf8")).replace(/^\uFEFF/, "");
  const file = ts.createSourceFile(path, source, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone });
  const found = everything ? programErrors(path, file, optionsOf(options))
    : grammar ? [...file.parseDiagnostics, ...programErrors(path, file, { ...defaults, ...fixed }).filter((d) => isGrammar(d.code))]
    : file.parseDiagnostics;
  const errors = found.map((d) => {
    const related = (d.relatedInformation ?? []).map(describe);
    return { ...describe(d), ...(related.length > 0 && { related }) };
  });
  function describe(d) {
    const at = file.getLineAndCharacterOfPosition(d.start);
    return { code: d.code, line: at.line + 1, column: at.character + 1, message: ts.flattenDiagnosticMessageText(d.messageText, " ") };
  }
  process.stdout.write(JSON.stringify({ path, errors }) + "\n");
}
