// Lays out every package of packages.json as an author would publish it, asks deno about its slow types, and writes the answer to
// tests/Conformance/FastCheck/Packages/<name>.txt: the verdict, then code, path, line and column of each problem.
// usage: node record.mjs [name…]       (needs tests/tools/install and a registry for the packages' npm: dependencies)
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.KILN_TOOLS || join(here, "../../../.kiln/tools");
const folder = mkdtempSync(join(tmpdir(), "kiln-fast-check-"));
const env = { ...process.env, NO_COLOR: "1", DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" };
// Other checks of `deno publish` have codes as well.
const codes = /^(missing-explicit-(return-)?type|unsupported-(destructuring|default-export-expr|super-class-expr|using|global-module|ambient-module|require|ts-export-assignment|ts-namespace-export|expando-property|private-member-reference|complex-reference|nested-javascript|javascript-entrypoint)|not-found-reference)$/;

try {
  for (const one of JSON.parse(readFileSync(join(here, "packages.json"), "utf8"))) {
    if (process.argv.length > 2 && !process.argv.includes(one.name)) continue;
    const root = join(folder, one.name);
    execFileSync("node", [join(here, "../prepare-package.mjs"), join(tools, "clients/node_modules"), join(tools, one.from), one.source, root]);
    writeFileSync(join(root, "jsr.json"), JSON.stringify({ name: "@real/package", version: "1.0.0", license: "MIT", exports: one.exports }));
    const run = spawnSync(join(tools, "clients/node_modules/@deno/linux-x64-glibc/deno"), ["publish", "--dry-run", "--allow-dirty", "--no-check"], { cwd: root, env, encoding: "utf8", maxBuffer: 1 << 28 });
    if (run.status !== 0 && !/^error: Found \d+ problem/m.test(run.stderr)) throw new Error(`${one.name}: ${run.stderr.slice(-2000)}`);
    const found = [...run.stderr.matchAll(/^(?:error|warning)\[([a-z-]+)\]: .*\n +--> (.+?)(?::(\d+):(\d+))?$/gm)]
      .filter(([, code]) => codes.test(code))
      .map(([, code, path, line, column]) => [code, path.slice(path.indexOf(root) < 0 ? 0 : path.indexOf(root) + root.length + 1), line ?? 0, column ?? 0])
      .sort((a, b) => (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2] || a[3] - b[3] || (a[0] < b[0] ? -1 : 1)))
      .map(([code, path, line, column]) => `${code} ${path}${line ? `:${line}:${column}` : ""}\n`);
    writeFileSync(join(here, "../../Conformance/FastCheck/Packages", one.name + ".txt"), (found.length ? "slow\n" : "passes\n") + found.join(""));
    console.error(`${one.name}: ${found.length}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
