// A PostgreSQL of one's own for the time of a bench, with the settings that keep what was committed. Prints its address and stays until its input ends.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort, scratch } from "./server.mjs";

const versions = fs.existsSync("/usr/lib/postgresql") ? fs.readdirSync("/usr/lib/postgresql").sort((a, b) => b - a) : [];
if (versions.length === 0) throw new Error("PostgreSQL is not installed");
const bin = `/usr/lib/postgresql/${versions[0]}/bin`;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kiln-bench-postgres-"));
const asPostgres = os.userInfo().uid === 0 ? ["runuser", "-u", "postgres", "--"] : [];
if (asPostgres.length) execFileSync("chown", ["postgres", folder]);
const run = (program, ...args) => execFileSync(asPostgres[0] ?? program, [...asPostgres.slice(1), ...(asPostgres.length ? [program] : []), ...args], { stdio: ["ignore", "ignore", "inherit"] });
const port = await freePort();
run(`${bin}/initdb`, "-D", `${folder}/data`, "-U", "kiln", "--auth=trust", "-E", "UTF8", "--no-locale");
run(`${bin}/pg_ctl`, "-D", `${folder}/data`, "-w", "-o", `-p ${port} -k ${folder} -h 127.0.0.1`, "-l", `${folder}/log`, "start");
process.on("exit", () => {
  run(`${bin}/pg_ctl`, "-D", `${folder}/data`, "-m", "fast", "stop");
  fs.rmSync(folder, { recursive: true, force: true });
});
console.log(`postgres://kiln@127.0.0.1:${port}/postgres`);
process.stdin.resume();
process.stdin.on("end", () => process.exit());
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit());
