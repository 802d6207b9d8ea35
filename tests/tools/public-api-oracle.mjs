// What deno considers the public API: it overwrites a copy of a package with its fast-check text, and what is left of each module is listed.
// Rewrites the parts `--- public` and `--- problems` of case files in place (tests/Kiln.Analysis.Tests/Symbols/Cases), or with --json prints
// {public: {path: [entry…]}, problems: [[code, path, line, column]…]} for package folders, which must contain a jsr.json.
// usage: node public-api-oracle.mjs <node_modules with typescript and deno> [--json] FILE…
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
const [, , modules, ...rest] = process.argv;
const ts = createRequire(modules + "/")("typescript");
const deno = path.join(modules, "@deno/linux-x64-glibc/deno");
const json = rest.includes("--json"), files = rest.filter((a) => a !== "--json");
const own = new Set(["unsupported-private-member-reference", "unsupported-complex-reference", "not-found-reference", "unsupported-nested-javascript", "unsupported-javascript-entrypoint"]);
const isSource = (name) => /\.[cm]?[jt]sx?$/.test(name);

function* bound(name) {
  if (ts.isIdentifier(name)) yield name.text;
  else for (const e of name.elements) if (!ts.isOmittedExpression(e)) yield* bound(e.name);
}
function namespacesOf(text, name) {
  const found = new Set();
  const visit = (node) => { if (ts.isModuleDeclaration(node)) found.add(node.name.text); ts.forEachChild(node, visit); };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  return found;
}
// One entry for each declaration: its kind and its name. A namespace that the source does not have stands for expandos.
export function list(text, name, source) {
  const entries = new Set(), namespaces = namespacesOf(source, name);
  const statement = (s, outer) => {
    const add = (kind, n) => entries.add(`${kind} ${outer}${n}`);
    if (ts.isVariableStatement(s)) s.declarationList.declarations.forEach((d) => [...bound(d.name)].forEach((n) => add("variable", n)));
    else if (ts.isFunctionDeclaration(s)) add("function", s.name?.text ?? "default");
    else if (ts.isClassDeclaration(s)) add("class", s.name?.text ?? "default");
    else if (ts.isInterfaceDeclaration(s)) add("interface", s.name.text);
    else if (ts.isTypeAliasDeclaration(s)) add("type", s.name.text);
    else if (ts.isEnumDeclaration(s)) add("enum", s.name.text);
    else if (ts.isImportEqualsDeclaration(s)) add("import", s.name.text);
    else if (ts.isExportAssignment(s)) add("export", s.isExportEquals ? "=" : "default");
    else if (ts.isImportDeclaration(s)) {
      const { name: n, namedBindings: b } = s.importClause ?? {};
      if (n) add("import", n.text);
      for (const e of b ? b.elements ?? [b] : []) add("import", e.name.text);
    } else if (ts.isExportDeclaration(s)) {
      if (!s.exportClause) add("export", "* from " + s.moduleSpecifier.text);
      else for (const e of s.exportClause.elements ?? [s.exportClause]) add("export", e.name.text);
    } else if (ts.isModuleDeclaration(s) && ts.isIdentifier(s.name) && !(s.flags & ts.NodeFlags.GlobalAugmentation)) {
      if (!namespaces.has(s.name.text)) {
        for (const x of s.body.statements) for (const d of x.declarationList.declarations) add("expando", `${s.name.text}.${d.name.text}`);
        return;
      }
      add("namespace", s.name.text);
      if (s.body) inside(s.body, `${outer}${s.name.text}.`);
    }
  };
  const inside = (body, outer) => (ts.isModuleDeclaration(body) ? statement(body, outer) : body.statements.forEach((s) => statement(s, outer)));
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest).statements.forEach((s) => statement(s, ""));
  return [...entries].sort();
}
function publish(folder, overwrite) {
  const env = { ...process.env, NO_COLOR: "1" };
  delete env.DENO_INTERNAL_FAST_CHECK_OVERWRITE;
  if (overwrite) env.DENO_INTERNAL_FAST_CHECK_OVERWRITE = "1";
  const args = ["publish", "--dry-run", "--allow-dirty", "--no-check", "--unstable-sloppy-imports"];
  return spawnSync(deno, args, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 28 }).stderr;
}
function walk(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && isSource(e.name)).map((e) => path.relative(folder, path.join(e.parentPath ?? e.path, e.name)));
}
// A module that fast check rewrote lost what this adds; a module that it left alone did not.
const mark = "\ndeclare const nobody_mentions_this: 1;\n";
export function judge(folder) {
  const problems = [...publish(folder, false).matchAll(/^(?:error|warning)\[([\w-]+)\]: .*\n\s*--> (\S+?)(?::(\d+):(\d+))?$/gm)]
    .map((m) => [m[1], path.relative(fs.realpathSync(folder), m[2]), Number(m[3] ?? 0), Number(m[4] ?? 0)]);
  if (problems.length > 0) return { public: null, problems };
  const sources = {}, result = {};
  for (const name of walk(folder)) {
    sources[name] = fs.readFileSync(path.join(folder, name), "utf8");
    if (!/jsx?$/.test(name)) fs.appendFileSync(path.join(folder, name), mark);
  }
  const said = publish(folder, true);
  if (!said.includes("FAST_CHECK_OVERWRITE")) throw new Error(said);
  for (const name of Object.keys(sources).sort()) {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    if (!/jsx?$/.test(name) && !text.endsWith(mark)) result[name] = list(text, name, sources[name]);
  }
  return { public: result, problems };
}
function rewrite(file) {
  const [head, ...cases] = fs.readFileSync(file, "utf8").split(/^=== /m);
  const done = cases.map((text) => {
    const title = text.slice(0, text.indexOf("\n")), [source, ...parts] = text.slice(text.indexOf("\n") + 1).split(/^--- /m);
    const differs = parts.find((p) => p.startsWith("differs"));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "public-api-"));
    const names = [];
    for (const piece of source.split(/^# (?=\S+$)/m).slice(1)) {
      const end = piece.indexOf("\n"), name = piece.slice(0, end);
      names.push(name);
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), piece.slice(end + 1));
    }
    const exports = { ".": "./" + names[0] };
    for (const name of names.slice(1)) if (name.startsWith("export-")) exports["./" + name] = "./" + name;
    fs.writeFileSync(path.join(folder, "jsr.json"), JSON.stringify({ name: "@self/pkg", version: "1.0.0", license: "MIT", exports }));
    const verdict = judge(folder);
    fs.rmSync(folder, { recursive: true });
    let out = `=== ${title}\n${source}`;
    if (verdict.public) out += "--- public\n" + Object.entries(verdict.public).map(([n, e]) => `${n}\n${e.map((x) => `  ${x}\n`).join("")}`).join("");
    const found = verdict.problems.filter(([code]) => own.has(code));
    out += "--- problems\n" + found.map(([code, name, line, column]) => `${code} ${name}:${line}:${column}\n`).join("");
    return out + (differs ? "--- " + differs : "");
  });
  fs.writeFileSync(file, head + done.join(""));
}
for (const file of files) {
  if (json) console.log(JSON.stringify({ folder: file, ...judge(file) }));
  else rewrite(file);
}
