// Turns the TypeScript sources that an npm package ships into what an author would publish to Kiln: every relative specifier names its file,
// bare names become npm: requirements, Node's own modules get node:. Only specifiers are edited, at the positions that TypeScript's tree gives.
// usage: node prepare-package.mjs <node_modules with typescript> <package folder> <source folder in it> <output folder>
import { createRequire, builtinModules } from "node:module";
import fs from "node:fs";
import path from "node:path";
const [modules, packageFolder, sourceFolder, output] = process.argv.slice(2);
const ts = createRequire(modules + "/")("typescript");
const manifest = JSON.parse(fs.readFileSync(path.join(packageFolder, "package.json"), "utf8"));
const root = path.join(packageFolder, sourceFolder);
const isTest = (p) => /(^|\/)(_?tests?|__tests__|_test|testdata|fixtures|benchmarks?)\/|[._-](test|spec|bench|test-d)\.[mc]?tsx?$/.test(p);
const files = fs.readdirSync(root, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  .map((e) => path.relative(root, path.join(e.parentPath ?? e.path, e.name))).filter((p) => !isTest(p) && !p.includes("node_modules/"));
const known = new Set(files);

function resolve(from, specifier) {
  if (!specifier.startsWith(".")) {
    const bare = specifier.replace(/^node:/, "");
    if (builtinModules.includes(bare)) return "node:" + bare;
    if (/^[a-z]+:/.test(specifier)) return specifier;
    const name = specifier.split("/").slice(0, specifier[0] === "@" ? 2 : 1).join("/"), rest = specifier.slice(name.length);
    if (specifier[0] === "#") return relativeTo(from, specifier.slice(1)); // package.json "imports": the folder of that name
    if (name === manifest.name) return relativeTo(from, rest.slice(1) || "index");
    const version = { ...manifest.devDependencies, ...manifest.peerDependencies, ...manifest.dependencies }[name] ?? "1";
    return `npm:${name}@${/^[\^~]?\d/.test(version) ? version : "1"}${rest}`;
  }
  return relativeTo(from, path.posix.join(path.posix.dirname(from), specifier));
}
function relativeTo(from, target) {
  const base = path.posix.normalize(target).replace(/\/$/, "");
  const candidates = [base, ...[".ts", ".tsx", ".mts", ".d.ts", ".js", ".mjs", ".json"].map((e) => base + e), base.replace(/\.([mc]?)js$/, ".$1ts"), base.replace(/\.js$/, ".tsx"), base.replace(/\.js$/, ".d.ts"),
    ...["index.ts", "index.tsx", "index.js"].map((i) => (base === "." ? i : base + "/" + i))];
  const found = candidates.find((c) => known.has(c));
  if (!found) return null;
  const relative = path.posix.relative(path.posix.dirname(from), found);
  return relative.startsWith(".") ? relative : "./" + relative;
}

const unresolved = [];
for (const file of files) {
  const target = path.join(output, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  if (!/\.[mc]?tsx?$/.test(file)) { fs.copyFileSync(path.join(root, file), target); continue; }
  const text = fs.readFileSync(path.join(root, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const edits = [];
  const visit = (node) => {
    const literal = (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) ? node.moduleSpecifier
      : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
    if (literal && ts.isStringLiteral(literal)) {
      const to = resolve(file, literal.text);
      if (to === null) unresolved.push(`${file}: ${literal.text}`);
      else if (to !== literal.text) edits.push([literal.getStart() + 1, literal.end - 1, to]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = text;
  for (const [start, end, to] of edits.reverse()) result = result.slice(0, start) + to + result.slice(end);
  fs.writeFileSync(target, result);
}
process.stdout.write(JSON.stringify({ files: files.length, unresolved }) + "\n");
