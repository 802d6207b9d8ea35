// One JavaScript or native tool over one corpus, in this process. Speaks the protocol of race.mjs.
// usage: node peer.mjs TOOL CORPUS        PEERS names the folder whose node_modules holds the tools
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(path.resolve(process.env.PEERS) + "/");
const load = async (name) => {
  try {
    return require(name);
  } catch {
    return import(require.resolve(name));
  }
};

// Each gives a function from a file to what the tool found wrong with it (0 for nothing).
const tools = {
  async "typescript-parse"() {
    const ts = await load("typescript");
    const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
    return (f) => ts.createSourceFile(f.name, f.text, options, false).parseDiagnostics.length;
  },
  // Parses natively and makes no JavaScript objects of the tree.
  async "oxc-parse-lazy"() {
    const { parseSync } = await load("oxc-parser");
    return (f) => {
      const result = parseSync(f.name, f.text, { experimentalLazy: true });
      const errors = result.errors.length;
      result.dispose();
      return errors;
    };
  },
  async "swc-transform"() {
    const { transformSync } = await load("@swc/core");
    return (f) => {
      const parser = { syntax: "typescript", tsx: f.jsx, decorators: true };
      transformSync(f.text, { filename: f.name, swcrc: false, configFile: false, sourceMaps: false, isModule: true, jsc: { target: "esnext", parser } });
      return 0;
    };
  },
  async "oxc-transform"() {
    const { transformSync } = await load("oxc-transform");
    return (f) => transformSync(f.name, f.text, { sourcemap: false, target: "esnext" }).errors.length;
  },
  async "oxc-transform-map"() {
    const { transformSync } = await load("oxc-transform");
    return (f) => transformSync(f.name, f.text, { sourcemap: true, target: "esnext" }).errors.length;
  },
  // Both outputs of one parse.
  async "oxc-declarations"() {
    const { transformSync } = await load("oxc-transform");
    return (f) => {
      const result = transformSync(f.name, f.text, { sourcemap: false, target: "esnext", typescript: { declaration: {} } });
      return result.declaration === undefined ? 1 : 0;
    };
  },
  async "typescript-declarations"() {
    const ts = await load("typescript");
    const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, isolatedModules: true, isolatedDeclarations: true, declaration: true };
    return (f) => {
      const code = ts.transpileModule(f.text, { compilerOptions, fileName: f.name });
      const declarations = ts.transpileDeclaration(f.text, { compilerOptions, fileName: f.name });
      return code.outputText.length + declarations.outputText.length > 0 ? 0 : 1;
    };
  },
  async sucrase() {
    const { transform } = await load("sucrase");
    return (f) => {
      transform(f.text, { transforms: f.jsx ? ["typescript", "jsx"] : ["typescript"], disableESTransforms: true, jsxRuntime: "preserve" });
      return 0;
    };
  },
};

const [tool, corpus] = process.argv.slice(2);
const folder = fs.statSync(corpus).isDirectory();
const names = folder ? JSON.parse(fs.readFileSync(path.join(corpus, "files.json"), "utf8")) : [path.basename(corpus)];
let bytes = 0;
const files = names.map((name) => {
  const content = fs.readFileSync(path.join(folder ? corpus : path.dirname(corpus), name));
  bytes += content.length;
  return { name, text: content.toString("utf8"), jsx: name.endsWith("x") };
});

const run = await tools[tool]();
function measure(passes) {
  let err = 0;
  const cpu = process.cpuUsage(), wall = process.hrtime.bigint();
  for (let i = 0; i < passes; i++) {
    err = 0;
    for (const file of files) {
      try {
        if (run(file)) err++;
      } catch {
        err++;
      }
    }
  }
  const spent = process.cpuUsage(cpu);
  return { wall: Number(process.hrtime.bigint() - wall) / 1e6 / passes, cpu: (spent.user + spent.system) / 1e3 / passes, err };
}

const first = measure(1);
console.log(JSON.stringify({ ready: true, corpus: path.basename(corpus), bytes, files: files.length, runtime: `node ${process.version}`, first }));
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (!+line) break;
  console.log(JSON.stringify(measure(+line)));
}
process.exit(0);
