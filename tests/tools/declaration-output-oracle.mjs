// Compares declarations with the output of ts.transpileDeclaration and of oxc's isolatedDeclaration, for files whose types are explicit enough for both
// (neither reports an error). All three go through typescript's parser and printer, without comments; what says the same in two ways is made one: the order of
// unions, quotes, spellings of numbers, redundant parentheses, `| undefined` behind `?`, new names in patterns, `export` where all of a namespace is exported,
// methods that are named by a symbol (which typescript, without a library to look it up in, writes a second time as a property). Of oxc's output and what
// is compared with it `override` and `export {}` go besides: it keeps the one, which declarations need not say, and never adds the other.
// Reads JSON lines {path, code}: a source file on disk and Kiln's declarations of it. Prints {path, typescript, oxc}, each null or
// {same, kiln, theirs}: what stands where they begin to differ. oxc is null throughout when it is not installed.
// usage: node declaration-output-oracle.mjs <node_modules with typescript and perhaps the native part of oxc-transform>
import { createRequire } from "node:module";
import fs from "node:fs";
import readline from "node:readline";
const require = createRequire(process.argv[2] + "/");
const ts = require("typescript");
let oxc = null;
try {
  // The native part alone: the package around it asks for those of all platforms.
  oxc = require("@oxc-transform/binding-linux-x64-gnu");
} catch {
  // judged by typescript alone
}
const f = ts.factory, kinds = ts.SyntaxKind;
const compilerOptions = {
  target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, strict: true, declaration: true, isolatedDeclarations: true, moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true, jsx: ts.JsxEmit.Preserve, newLine: ts.NewLineKind.LineFeed,
};
const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
const identifier = /^[A-Za-z_$][\w$]*$/;

function has(node, kind) {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((m) => m.kind === kind);
}

// One token after the other: white space, line breaks and what separates members are lost.
function tokens(text) {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, text);
  const list = [];
  for (let kind = scanner.scan(); kind !== kinds.EndOfFileToken; kind = scanner.scan()) {
    list.push(kind === kinds.StringLiteral ? JSON.stringify(scanner.getTokenValue()) : scanner.getTokenText());
  }
  return list.filter((token, i) => !((token === ";" || token === ",") && ["}", ")", "]", ">", undefined].includes(list[i + 1]))).join(" ");
}

function withoutExport(node) {
  const m = ts.getModifiers(node).filter((x) => x.kind !== kinds.ExportKeyword);
  if (ts.isVariableStatement(node)) return f.updateVariableStatement(node, m, node.declarationList);
  if (ts.isFunctionDeclaration(node)) return f.updateFunctionDeclaration(node, m, node.asteriskToken, node.name, node.typeParameters, node.parameters, node.type, node.body);
  if (ts.isInterfaceDeclaration(node)) return f.updateInterfaceDeclaration(node, m, node.name, node.typeParameters, node.heritageClauses, node.members);
  if (ts.isTypeAliasDeclaration(node)) return f.updateTypeAliasDeclaration(node, m, node.name, node.typeParameters, node.type);
  if (ts.isClassDeclaration(node)) return f.updateClassDeclaration(node, m, node.name, node.typeParameters, node.heritageClauses, node.members);
  if (ts.isEnumDeclaration(node)) return f.updateEnumDeclaration(node, m, node.name, node.members);
  if (ts.isModuleDeclaration(node)) return f.updateModuleDeclaration(node, m, node.name, node.body);
  if (ts.isImportEqualsDeclaration(node)) return f.updateImportEqualsDeclaration(node, m, node.isTypeOnly, node.name, node.moduleReference);
  return node;
}

function isMarker(node) {
  return ts.isExportDeclaration(node) && !node.moduleSpecifier && node.exportClause && ts.isNamedExports(node.exportClause) && node.exportClause.elements.length === 0;
}

function withoutUndefined(type) {
  const rest = type.types.filter((t) => t.kind !== kinds.UndefinedKeyword);
  return rest.length === 1 ? (ts.isParenthesizedTypeNode(rest[0]) ? rest[0].type : rest[0]) : f.createUnionTypeNode(rest);
}

function normalise(path, text, forOxc) {
  const file = ts.createSourceFile(path.replace(/\.[mc]?tsx?$/, ".d.ts"), text, { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone }, true);
  if (file.parseDiagnostics.length > 0) {
    const [{ messageText, start }] = file.parseDiagnostics;
    return { error: `${ts.flattenDiagnosticMessageText(messageText, " ")} at ${JSON.stringify(text.slice(Math.max(0, start - 60), start + 60))}` };
  }
  const print = (node) => tokens(printer.printNode(ts.EmitHint.Unspecified, node, file));
  const needsParentheses = (type) => ts.isFunctionTypeNode(type) || ts.isConstructorTypeNode(type) || ts.isConditionalTypeNode(type) || ts.isInferTypeNode(type)
    || ts.isTypeOperatorNode(type) || ts.isUnionTypeNode(type) || ts.isIntersectionTypeNode(type) || ts.isTypeQueryNode(type);
  const step = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return f.createStringLiteral(node.text);
    if (ts.isBigIntLiteral(node)) return f.createBigIntLiteral(`${BigInt(node.text.slice(0, -1).replace(/_/g, ""))}n`);
    if (ts.isNumericLiteral(node)) return f.createNumericLiteral(String(+node.text.replace(/_/g, "")));
    if (ts.isComputedPropertyName(node) && ts.isStringLiteral(node.expression)) {
      return identifier.test(node.expression.text) ? f.createIdentifier(node.expression.text) : f.createStringLiteral(node.expression.text);
    }
    if (ts.isParenthesizedTypeNode(node) && !needsParentheses(node.type)) return node.type;
    if (ts.isUnionTypeNode(node)) {
      // `(infer A) | B` needs none either.
      node = f.updateUnionTypeNode(node, node.types.map((t) => (ts.isParenthesizedTypeNode(t) && ts.isInferTypeNode(t.type) && !t.type.typeParameter.constraint ? t.type : t)));
    }
    if ((ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) && node.propertyName?.text === node.name.text) {
      return ts.isImportSpecifier(node) ? f.createImportSpecifier(node.isTypeOnly, undefined, node.name) : f.createExportSpecifier(node.isTypeOnly, undefined, node.name);
    }
    if (forOxc && node.kind === kinds.OverrideKeyword) return undefined;
    if (ts.isTypeReferenceNode(node) && node.typeArguments?.[0] && ts.isParenthesizedTypeNode(node.typeArguments[0])) {
      // `A<<T>() => T>`, which some printers take apart.
      return f.updateTypeReferenceNode(node, node.typeName, [node.typeArguments[0].type, ...node.typeArguments.slice(1)]);
    }
    if (ts.isUnionTypeNode(node)) {
      const flat = node.types.flatMap((t) => (ts.isParenthesizedTypeNode(t) && ts.isUnionTypeNode(t.type) ? [...t.type.types] : [t]));
      const sorted = [...new Map(flat.map((t) => [print(t), t]))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, t]) => t);
      return sorted.length === 1 ? sorted[0] : f.createUnionTypeNode(sorted);
    }
    if (ts.isParameter(node) && node.questionToken && node.type && ts.isUnionTypeNode(node.type)) {
      return f.updateParameterDeclaration(node, node.modifiers, node.dotDotDotToken, node.name, node.questionToken, withoutUndefined(node.type), node.initializer);
    }
    if (ts.isPropertyDeclaration(node) && node.questionToken && node.type && ts.isUnionTypeNode(node.type)) {
      return f.updatePropertyDeclaration(node, node.modifiers, node.name, node.questionToken, withoutUndefined(node.type), node.initializer);
    }
    if (ts.isBindingElement(node) && node.propertyName && ts.isIdentifier(node.propertyName) && ts.isIdentifier(node.name)) {
      return f.updateBindingElement(node, node.dotDotDotToken, undefined, node.propertyName, node.initializer);
    }
    if (ts.isClassDeclaration(node)) {
      const symbols = [], others = [];
      for (const member of node.members) {
        if (!member.name || !ts.isComputedPropertyName(member.name) || !/^Symbol \./.test(print(member.name.expression))) {
          others.push(member);
        } else if (ts.isMethodDeclaration(member)) {
          const type = f.createFunctionTypeNode(member.typeParameters, member.parameters, member.type ?? f.createKeywordTypeNode(kinds.AnyKeyword));
          symbols.push(f.createPropertyDeclaration(ts.getModifiers(member)?.filter((m) => m.kind !== kinds.AbstractKeyword), member.name, member.questionToken, type, undefined));
        } else {
          symbols.push(member);
        }
      }
      const once = new Map(symbols.map((m) => [print(m.name) + has(m, kinds.StaticKeyword), m]));
      return symbols.length === 0 ? node : f.updateClassDeclaration(node, node.modifiers, node.name, node.typeParameters, node.heritageClauses, [...others, ...once.values()]);
    }
    if (ts.isModuleBlock(node) && !node.statements.some((s) => ts.isExportDeclaration(s) || ts.isExportAssignment(s))) {
      return f.updateModuleBlock(node, node.statements.map((s) => (has(s, kinds.ExportKeyword) ? withoutExport(s) : s)));
    }
    return node;
  };
  const result = ts.transform(file, [(context) => (root) => {
    const visit = (node) => step(ts.visitEachChild(node, visit, context));
    const visited = ts.visitEachChild(root, visit, context);
    // An import for its effect means nothing to types.
    return f.updateSourceFile(visited, visited.statements.filter((s) => !(ts.isImportDeclaration(s) && !s.importClause) && !(forOxc && isMarker(s))));
  }]);
  return { code: tokens(printer.printFile(result.transformed[0])) };
}

function compare(path, code, text, forOxc) {
  const ours = normalise(path, code, forOxc), theirs = normalise(path, text, forOxc);
  if (ours.code !== undefined && ours.code === theirs.code) return { same: true };
  if (ours.error || theirs.error) return { same: false, kiln: ours.error ?? "", theirs: theirs.error ?? "" };
  let i = 0;
  while (ours.code[i] === theirs.code[i]) i++;
  return { same: false, kiln: ours.code.slice(Math.max(0, i - 120), i + 200), theirs: theirs.code.slice(Math.max(0, i - 120), i + 200) };
}

for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  const { path, code } = JSON.parse(line);
  const source = fs.readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const verdict = { path, typescript: null, oxc: null };
  const { outputText, diagnostics } = ts.transpileDeclaration(source, { compilerOptions, fileName: path, reportDiagnostics: true });
  if (diagnostics.length === 0) {
    verdict.typescript = compare(path, code, outputText, false);

    // A file without module syntax is a script to oxc.
    const isModule = ts.isExternalModule(ts.createSourceFile(path, source, ts.ScriptTarget.ESNext));
    const other = isModule && oxc?.isolatedDeclarationSync(path, source, { sourcemap: false, stripInternal: false });
    if (other && other.errors.length === 0) verdict.oxc = compare(path, code, other.code, true);
  }
  process.stdout.write(JSON.stringify(verdict) + "\n");
}
