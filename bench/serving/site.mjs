// What a person and an operator notice: a page's first byte, the start of the server, its memory at rest. usage: node site.mjs OUT.jsonl ROUNDS
import fs from "node:fs";
import http from "node:http";
import { answers, machine, median, program, quantile, residentMiB, sleep, start, startKiln, stop, freePort } from "./server.mjs";
import { files, newPackage, pack, published, upload } from "./package.mjs";

const [out, rounds] = process.argv.slice(2);
const kiln = await startKiln({ name: "site", limits: "page=0" }); // one address asks for more pages than a person would
await newPackage(kiln);
for (let v = 0; v < 5; v++) await published(kiln, await upload(kiln, `1.0.${v}`, pack(files(`1.0.${v}`))));
for (;;) { // the documentation of the newest version is made by a job
  const page = await (await fetch(`${kiln.address}/@bench/pkg/doc`, { headers: { accept: "text/html" } })).text();
  if (page.includes("makePart0")) break;
  await sleep(200);
}

// 1. Pages: one after the other on one connection, as from a proxy in front; the time until the first byte of the head.
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const firstByte = (url) => new Promise((resolve, reject) => {
  const begin = performance.now();
  http.get(kiln.address + url, { agent, headers: { accept: "text/html", "sec-fetch-dest": "document" } }, (response) => {
    const time = performance.now() - begin;
    response.resume();
    response.on("end", () => (response.statusCode === 200 ? resolve(time) : reject(new Error(`${url}: ${response.statusCode}`))));
  }).on("error", reject);
});
for (const [name, url] of [["package page", "/@bench/pkg"], ["symbol page", "/@bench/pkg/doc/~/Part0"], ["source of a file", "/@bench/pkg/1.0.4/part0.ts"], ["search", "/search?q=pkg"]]) {
  for (let i = 0; i < 300; i++) await firstByte(url); // warm
  const p75 = [], p99 = [];
  for (let round = 0; round < +rounds; round++) {
    const times = [];
    for (let i = 0; i < 300; i++) times.push(await firstByte(url));
    p75.push(quantile(times, 0.75));
    p99.push(quantile(times, 0.99));
  }
  fs.appendFileSync(out, JSON.stringify({ kind: "site", name, unit: "ms", p75, p99, machine: machine() }) + "\n");
  console.log(`${name}: first byte p75 ${median(p75).toFixed(2)} ms [${Math.min(...p75).toFixed(2)}–${Math.max(...p75).toFixed(2)}], p99 ${median(p99).toFixed(2)} ms`);
}
await kiln.stop();

// 2. From the start of the process to the first module served, on the folder of above; and its memory ten seconds later, nobody having asked for more.
const startUp = [], memory = [];
for (let round = 0; round < +rounds; round++) {
  const port = await freePort(), begin = performance.now();
  const child = start(null, program(), ["serve", "--data", kiln.data, "--urls", `http://127.0.0.1:${port}`]);
  await answers(`http://127.0.0.1:${port}/@bench/pkg/1.0.4/part0.ts`, child, 2);
  startUp.push(performance.now() - begin);
  await sleep(10_000);
  memory.push(residentMiB(child.pid));
  await stop(child);
}
fs.appendFileSync(out, JSON.stringify({ kind: "site", name: "start to first module", unit: "ms", values: startUp }) + "\n" + JSON.stringify({ kind: "site", name: "memory at rest", unit: "MiB", values: memory }) + "\n");
const show = (values) => `${median(values).toFixed(0)} [${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}]`;
console.log(`start to first module ${show(startUp)} ms; memory at rest ${show(memory)} MiB`);
