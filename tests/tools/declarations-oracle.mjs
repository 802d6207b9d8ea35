// Says whether two sets of declarations of a package mean the same, as typescript understands them.
// usage: node declarations-oracle.mjs NODE_MODULES < lines of { name, isUnchecked, modules: { path: declarations }, expected: { path: declarations }, others: { path: text } }
// Paths are those of the sources (`lib/a.ts`); `others` are files that both have: hand-written declarations and JSON.
// writes lines of { name, errors, differences }
//
// Compared is what every module exports: kinds, types as the checker prints them once names are resolved, members with their modifiers. How a type is
// written does not matter, nor do declarations that nothing exports.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.argv[2], "x.js"));
const ts = require("typescript");
const packages = readFileSync(0, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

const files = new Map();
const declaration = (path) => (/\.d\.[mc]?ts$|\.json$/.test(path) ? path : path.replace(/\.([mc]?)[jt]sx?$/, ".d.$1ts"));
packages.forEach((one, i) => {
  for (const side of ["modules", "expected"]) {
    for (const [path, text] of Object.entries({ ...one.others, ...one[side] })) files.set(`/${side}/${i}/${declaration(path)}`, text);
  }
});

const options = {
  strict: true, noEmit: true, skipLibCheck: false, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.esnext.full.d.ts"], types: [], resolveJsonModule: true, allowImportingTsExtensions: true, exactOptionalPropertyTypes: false,
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile, directoryExists } = host;
host.fileExists = (path) => files.has(path) || fileExists(path);
host.readFile = (path) => files.get(path) ?? readFile(path);
host.directoryExists = (path) => /^\/(modules|expected)(\/|$)/.test(path) || directoryExists(path);
host.getSourceFile = (path, ...rest) => (files.has(path) ? ts.createSourceFile(path, files.get(path), ts.ScriptTarget.ESNext, true) : getSourceFile.call(host, path, ...rest));
const program = ts.createProgram([...files.keys()].filter((path) => !path.endsWith(".json")), options, host);
const checker = program.getTypeChecker();

packages.forEach((one, i) => {
  const differences = [];
  for (const path of Object.keys(one.expected)) {
    if (!(path in one.modules)) {
      differences.push(`${path}: no declarations`);
      continue;
    }
    const [expected, actual] = ["expected", "modules"].map((side) => exportsOf(`/${side}/${i}/${declaration(path)}`));
    compare(path, expected, actual, differences);
  }
  console.log(JSON.stringify({ name: one.name, isUnchecked: one.isUnchecked, errors: errorsOf("modules", i), differences }));
});

function errorsOf(side, i) {
  const errors = [];
  for (const path of files.keys()) {
    if (!path.startsWith(`/${side}/${i}/`) || path.endsWith(".json")) continue;
    const file = program.getSourceFile(path);
    for (const d of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]) {
      const { line, character } = ts.getLineAndCharacterOfPosition(file, d.start ?? 0);
      errors.push(`${path.split("/").slice(3).join("/")}:${line + 1}:${character + 1} TS${d.code} ${ts.flattenDiagnosticMessageText(d.messageText, " ")}`);
    }
  }
  return errors;
}

function exportsOf(path) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(path));
  const found = new Map();
  for (const symbol of module ? checker.getExportsOfModule(module) : []) describe(symbol.name, symbol, found, 0);
  return found;
}

/** Adds lines `name of the part → [text, type]` for all that a symbol means. */
function describe(name, symbol, found, depth) {
  if (symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const flags = symbol.flags;
  const put = (part, text, type) => found.set(part, [text.replaceAll(/import\("\/(modules|expected)\//g, 'import("/'), type]);
  if (flags & ts.SymbolFlags.Enum) {
    for (const member of symbol.exports.values()) {
      if (member.flags & ts.SymbolFlags.EnumMember) put(`${name}.${member.name}`, String(checker.getConstantValue(member.valueDeclaration)));
    }
  } else if (flags & ts.SymbolFlags.Value && !(flags & ts.SymbolFlags.Namespace && !(flags & (ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Variable)))) {
    const type = checker.getTypeOfSymbol(symbol);
    if (flags & ts.SymbolFlags.Class) describeMembers(`typeof ${name}`, type, put, true);
    else put(`value ${name}`, print(type), type);
  }
  if (flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    put(`type parameters of ${name}`, typeParameters(symbol));
    put(`bases of ${name}`, (type.isClassOrInterface() ? checker.getBaseTypes(type) : []).map(print).join(" & "));
    describeMembers(name, type, put, false);
  }
  if (flags & ts.SymbolFlags.TypeAlias) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    put(`type parameters of ${name}`, typeParameters(symbol));
    put(`type ${name}`, checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias), type);
  }
  if (flags & ts.SymbolFlags.Namespace && !(flags & ts.SymbolFlags.Enum) && depth < 10) {
    put(`namespace ${name}`, "");
    for (const inner of checker.getExportsOfModule(symbol)) describe(`${name}.${inner.name}`, inner, found, depth + 1);
  }
}

function describeMembers(name, type, put, isStatic) {
  for (const member of checker.getPropertiesOfType(type)) {
    if (isStatic && (member.name === "prototype" || !(member.flags & (ts.SymbolFlags.ClassMember | ts.SymbolFlags.Accessor)))) continue;
    if (member.name.startsWith("__#")) {
      put(`${name} is nominal`, "");
      continue;
    }
    const modifiers = ts.getCombinedModifierFlags(member.valueDeclaration ?? member.declarations[0]);
    const access = modifiers & ts.ModifierFlags.Private ? "private" : modifiers & ts.ModifierFlags.Protected ? "protected" : "";
    const label = `${name}.${member.name.replace(/@\d+$/, "")}`;
    if (access === "private") {
      put(label, access);
      continue;
    }
    const readonly = modifiers & ts.ModifierFlags.Readonly || (member.flags & ts.SymbolFlags.GetAccessor && !(member.flags & ts.SymbolFlags.SetAccessor));
    const memberType = checker.getTypeOfSymbol(member);
    put(label, `${access} ${modifiers & ts.ModifierFlags.Abstract ? "abstract" : ""} ${readonly ? "readonly" : ""} ${member.flags & ts.SymbolFlags.Optional ? "?" : ""} ${print(memberType)}`, memberType);
  }
  const signatures = [...type.getCallSignatures().map((s) => ["", s]), ...type.getConstructSignatures().map((s) => ["new ", s])];
  signatures.forEach(([kind, signature], i) => put(`${kind}signature ${i} of ${name}`, checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation)));
  for (const info of checker.getIndexInfosOfType(type)) put(`index ${print(info.keyType)} of ${name}`, `${info.isReadonly ? "readonly " : ""}${print(info.type)}`, info.type);
}

function typeParameters(symbol) {
  const of = symbol.declarations.find((d) => d.typeParameters)?.typeParameters ?? [];
  return of.map((p) => p.getText().replaceAll(/[\s;,]+/g, " ")).join(", ");
}

function print(type) {
  return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
}

function compare(path, expected, actual, differences) {
  for (const [part, [text, type]] of expected) {
    if (!actual.has(part)) differences.push(`${path}: ${part} is missing`);
    else if (!same(text, type, ...actual.get(part))) differences.push(`${path}: ${part}: expected ${text.trim()}, Kiln ${actual.get(part)[0].trim()}`);
  }
  for (const part of actual.keys()) if (!expected.has(part)) differences.push(`${path}: ${part} is more than expected: ${actual.get(part)[0].trim()}`);
}

/** The same words; or types that can stand for each other both ways and say `any`, `readonly` and `?` equally often, which assignability does not look at. */
function same(text, type, otherText, otherType) {
  if (text === otherText) return true;
  const unseen = (t) => (t.match(/\bany\b|\breadonly\b|\?/g) ?? []).sort().join();
  const modifiers = (t) => t.slice(0, t.lastIndexOf("  ") + 1);
  return Boolean(type && otherType) && unseen(text) === unseen(otherText) && modifiers(text) === modifiers(otherText) && checker.isTypeAssignableTo(type, otherType) && checker.isTypeAssignableTo(otherType, type);
}
