// Builds the corpora from unpacked npm packages: TypeScript as published, and the same as JavaScript. A corpus is a folder with a files.json.
// usage: node corpora.mjs UNPACKED OUT        PEERS names the folder whose node_modules holds @swc/core, acorn and typescript
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [unpacked, out] = process.argv.slice(2);
const require = createRequire(path.resolve(process.env.PEERS) + "/");
const swc = require("@swc/core");
const acorn = require("acorn");

const isSource = (file) => /\.(ts|tsx|mts|cts)$/.test(file) && !/\.d\.([a-z]+\.)?[mc]?ts$/.test(file);
const isTest = (file) =>
  /(^|\/)(_?tests?|__tests__|__test__|_test|testdata|test-suite|fixtures|benchmarks?|bench)(\/)|[._-](test|spec|bench|test-d)\.[mc]?tsx?$|_test\.ts$|\.test-util/.test(file);
const isBlob = (file) => /httpApiScalar\.ts$|httpApiSwagger\.ts$|trusted-setups|_example/.test(file); // one string of hundreds of kilobytes

function* walk(folder, relative = "") {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === "node_modules") continue;
    const file = relative ? `${relative}/${entry.name}` : entry.name;
    if (entry.isDirectory()) yield* walk(path.join(folder, entry.name), file);
    else if (entry.isFile()) yield file;
  }
}

const packages = fs.readdirSync(unpacked);
const named = (...prefixes) => packages.filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
const corpora = {
  effect: named("effect-4"),
  types: named("viem-", "ox-1"),
  mixed: named(
    "zod-", "rxjs-", "tanstack-", "trpc-", "msw-", "immer-", "redux", "mobx-", "xterm-", "ethers-", "noble-", "chevrotain-", "hardhat-", "tldraw-5", "ai-6", "openai-",
    "anthropic-", "theia-core", "fluentui", "wagmi", "lumino", "prosemirror", "effect-platform", "effect-cli", "effect-sql"),
  tscompiler: named("ntypescript"), // an old TypeScript compiler in TypeScript, with one file of 1.4 MB
};

class Corpus {
  constructor(name) {
    this.name = name;
    this.folder = path.join(out, name);
    this.files = [];
    this.bytes = 0;
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  add(file, content) {
    const target = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
    this.files.push(file);
    this.bytes += Buffer.byteLength(content);
  }

  end() {
    fs.writeFileSync(path.join(this.folder, "files.json"), JSON.stringify(this.files));
    console.log(`${this.name}: ${this.files.length} files, ${(this.bytes / 1e6).toFixed(1)} MB`);
  }
}

/** The file as JavaScript with its comments; undefined for the few that do not convert. */
function toJavaScript(file, source) {
  const parser = { syntax: "typescript", tsx: file.endsWith("x"), decorators: true };
  const transform = { react: { runtime: "automatic" }, legacyDecorator: true };
  try {
    const { code } = swc.transformSync(source, {
      filename: file, swcrc: false, configFile: false, isModule: true, jsc: { target: "es2022", preserveAllComments: true, parser, transform },
    });
    acorn.parse(code, { ecmaVersion: "latest", sourceType: "module" });
    return code;
  } catch {
    return undefined;
  }
}

for (const [name, roots] of Object.entries(corpora)) {
  const typed = new Corpus(name);
  const untyped = new Corpus(`js-${name}`);
  const seen = new Set();
  for (const root of roots) {
    const folder = path.join(unpacked, root, name === "tscompiler" ? "src" : "");
    for (const file of walk(folder)) {
      if (!isSource(file) || isTest(file) || isBlob(file)) continue;
      const content = fs.readFileSync(path.join(folder, file));
      const hash = crypto.createHash("sha1").update(content).digest("hex");
      if (seen.has(hash)) continue;
      seen.add(hash);
      typed.add(`${root}/${file}`, content);
      const code = toJavaScript(file, content.toString("utf8"));
      if (code !== undefined) untyped.add(`${root}/${file.replace(/\.[mc]?tsx?$/, ".js")}`, code);
    }
  }
  typed.end();
  untyped.end();
}

// One JavaScript file of nine megabytes.
fs.copyFileSync(require.resolve("typescript"), path.join(out, "typescript.js"));
