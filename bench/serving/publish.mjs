// How long a publish takes: upload sent → picked up by a worker → installable. One after the other, so a worker is always free; the documentation of the last
// version is made meanwhile, as in life. usage: node publish.mjs OUT.jsonl COUNT ENGINE [DATABASE]      ENGINE is a word for the tables
import fs from "node:fs";
import { machine, quantile, startKiln } from "./server.mjs";
import { files, newPackage, pack, upload } from "./package.mjs";

const [out, count, engine, database] = process.argv.slice(2);
const packages = 10, warm = 40;
const kiln = await startKiln({ name: `publish-${engine}`, database });

// The line that the server logs when a version has become visible: no polling, which would be work of its own.
const waiting = new Map();
let rest = "";
kiln.child.stderr.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    if (!line.includes('"published @')) continue;
    const { State } = JSON.parse(line);
    waiting.get(State.Task)?.({ at: performance.now(), waited: State.WaitedMs, took: State.TookMs });
  }
});

for (let p = 0; p < packages; p++) await newPackage(kiln, `pkg${p}`);
const runs = [];
for (let i = 0; i < +count + warm; i++) {
  const name = `pkg${i % packages}`, version = `1.0.${Math.floor(i / packages)}`;
  const body = pack({ ...files(version), "deno.json": JSON.stringify({ name: `@bench/${name}`, version, license: "MIT", exports: { ".": "./part0.ts" } }) });
  const sent = performance.now();
  const id = await upload(kiln, version, body, name);
  const answered = performance.now();
  const { at, waited, took } = await new Promise((resolve, reject) => {
    waiting.set(id, resolve);
    if (kiln.child.said.includes(id)) for (const line of kiln.child.said.split("\n")) if (line.includes(id) && line.includes('"published @')) {
      const { State } = JSON.parse(line);
      resolve({ at: performance.now(), waited: State.WaitedMs, took: State.TookMs });
    }
    setTimeout(() => reject(new Error(`not published:\n${kiln.child.said}`)), 30_000).unref();
  });
  waiting.delete(id);
  if (i >= warm) runs.push({ pickup: waited, received: took, client: at - sent, acknowledged: answered - sent });
}

// What was said to be there is there.
for (let p = 0; p < packages; p++) {
  const meta = await (await fetch(`${kiln.address}/@bench/pkg${p}/meta.json`)).json();
  if (Object.keys(meta.versions).length !== (+count + warm) / packages) throw new Error(`pkg${p} lacks versions`);
}

const row = { kind: "publish", engine, count: runs.length, machine: machine() };
for (const key of Object.keys(runs[0])) row[key] = [0.5, 0.9, 0.99, 1].map((q) => quantile(runs.map((r) => r[key]), q));
fs.appendFileSync(out, JSON.stringify(row) + "\n");
const show = (values) => values.map((v) => v.toFixed(1)).join(" / ");
console.log(`${engine}: ${runs.length} publishes; ms at p50 / p90 / p99 / most: picked up after ${show(row.pickup)}; upload received to installable ${show(row.received)}; as the client sees it ${show(row.client)}; acknowledged after ${show(row.acknowledged)}`);
await kiln.stop();
