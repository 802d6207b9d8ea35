// What arethetypeswrong and publint say about npm tarballs. stdin: { modules: folder of node_modules, tarballs: { name: path } };
// stdout: { name: { types: ["kind entrypoint resolution"], lint: ["code: text"], entrypoints: [name] } }
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const input = JSON.parse(fs.readFileSync(0, "utf8"));
const require = createRequire(path.join(input.modules, "judge.js"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { checkPackage, createPackageFromTarballData } = await load("@arethetypeswrong/core");
const { publint } = await load("publint");
const { formatMessage } = await load("publint/utils");

const result = {};
for (const [name, file] of Object.entries(input.tarballs)) {
  const bytes = new Uint8Array(fs.readFileSync(file));
  const analysis = await checkPackage(createPackageFromTarballData(bytes));
  if (!analysis.types) throw new Error(`${name} has no types`);
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: "suggestion", strict: true });
  result[name] = {
    types: analysis.problems.map((p) => [p.kind, p.entrypoint ?? p.typesFileName ?? p.fileName ?? "", p.resolutionKind ?? p.resolutionOption ?? ""].join(" ").trim()),
    lint: messages.map((m) => `${m.code}: ${formatMessage(m, pkg, { color: false })}`),
    entrypoints: Object.keys(analysis.entrypoints),
  };
}
process.stdout.write(JSON.stringify(result));
