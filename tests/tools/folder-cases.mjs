// Writes what `deno publish` makes of the folders in the cases: its diagnostics with their places, its plain error, and the files that it uploads.
// usage: node folder-cases.mjs <deno> <folder of the cases> [name of one file]
//
// *.txt: cases of `=== name`, options, and files. `> folder: sub` publishes below a folder, `> link: from -> to` makes a symbolic link, `> args: --x` adds
// arguments. `--- path` starts a file. What deno says goes to *.expected.json beside it. A registry for jsr: and npm: packages is played here: every package exists in the
// versions below; an npm package whose name starts with `typed-` has types of its own.
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import zlib from "node:zlib";
import crypto from "node:crypto";

const [deno, cases, only] = process.argv.slice(2);
const versions = ["0.4.0", "1.0.0", "1.2.0", "4.17.0", "5.1.0", "18.2.0"];
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "folder-cases-"));
process.on("exit", () => fs.rmSync(temporary, { recursive: true, force: true }));

function tar(files) {
  const blocks = [];
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0", 100);
    header.write("0000000\0", 108);
    header.write("0000000\0", 116);
    header.write(content.length.toString(8).padStart(11, "0") + "\0", 124);
    header.write("00000000000\0", 136);
    header.write("        ", 148);
    header.write("0", 156);
    header.write("ustar\0" + "00", 257);
    header.write(header.reduce((a, b) => a + b, 0).toString(8).padStart(6, "0") + "\0 ", 148);
    blocks.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  return zlib.gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function untar(bytes) {
  const data = zlib.gunzipSync(bytes), files = {};
  let long = null;
  for (let at = 0; at + 512 <= data.length && data[at] !== 0;) {
    const size = parseInt(data.toString("latin1", at + 124, at + 135), 8);
    const content = data.subarray(at + 512, at + 512 + size);
    if (data[at + 156] === 76) long = content.toString().replace(/\0.*$/s, "");
    else { files[long ?? data.toString("utf8", at, at + 100).replace(/\0.*$/s, "")] = content.toString("utf8"); long = null; }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

const npmTarball = (name, version) => tar({
  "package/package.json": JSON.stringify({ name, version, main: "index.js", ...(name.includes("typed-") || name.startsWith("@types/") ? { types: "index.d.ts" } : {}) }),
  "package/index.js": "module.exports = {};\n",
  ...(name.includes("typed-") || name.startsWith("@types/") ? { "package/index.d.ts": "export {};\n" } : {}),
});

let uploads = {};
const server = http.createServer((request, response) => {
  const url = decodeURIComponent(request.url.split("?")[0]);
  const json = (value, status = 200) => { response.writeHead(status, { "content-type": "application/json" }); response.end(JSON.stringify(value)); };
  const base = `http://127.0.0.1:${server.address().port}`;
  let match;
  if (request.method === "POST" && (match = /^\/api\/scopes\/([^/]+)\/packages\/([^/]+)\/versions\/([^/]+)$/.exec(url))) {
    const chunks = [];
    request.on("data", (c) => chunks.push(c)).on("end", () => {
      uploads[`@${match[1]}/${match[2]}@${match[3]}`] = untar(Buffer.concat(chunks));
      json({ id: "1", status: "success", error: null });
    });
  } else if (url.startsWith("/api/publish_status/")) json({ id: "1", status: "success", error: null });
  else if (/^\/api\/scopes\/[^/]+\/packages\/[^/]+$/.test(url)) json({});
  else if (url.startsWith("/api/")) json({ code: "notFound", message: "" }, 404);
  else if ((match = /^\/npm\/(.+)\/-\/(.+)\.tgz$/.exec(url))) response.end(npmTarball(match[1], match[2]));
  else if ((match = /^\/npm\/(.+)$/.exec(url))) {
    const name = match[1];
    json({
      name, "dist-tags": { latest: versions.at(-1) },
      versions: Object.fromEntries(versions.map((version) => [version, {
        name, version, dist: { tarball: `${base}/npm/${name}/-/${version}.tgz`, integrity: "sha512-" + crypto.createHash("sha512").update(npmTarball(name, version)).digest("base64") },
      }])),
    });
  } else if ((match = /^\/@([^/]+)\/([^/]+)\/meta\.json$/.exec(url))) json({ scope: match[1], name: match[2], latest: versions.at(-1), versions: Object.fromEntries(versions.map((v) => [v, {}])) });
  else if ((match = /^\/@([^/]+)\/([^/]+)\/([^/]+)_meta\.json$/.exec(url))) {
    const size = 10, checksum = "sha256-" + crypto.createHash("sha256").update("export {};").digest("hex");
    json({ manifest: { "/mod.ts": { size, checksum } }, moduleGraph2: { "/mod.ts": {} }, exports: { ".": "./mod.ts", "./sub": "./mod.ts", "./jsx-runtime": "./mod.ts" } });
  } else if (url.startsWith("/@")) response.end("export {};");
  else json({}, 404);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

function run(folder, args) {
  return new Promise((done) => {
    const child = spawn(deno, ["publish", "--allow-dirty", "--no-check", "--token=t", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", DENO_DIR: path.join(temporary, "deno"), JSR_URL: origin + "/", JSR_NPM_URL: origin + "/npm/", NPM_CONFIG_REGISTRY: origin + "/npm/", DENO_NO_UPDATE_CHECK: "1", DISABLE_JSR_PROVENANCE: "1" },
    });
    let text = "";
    child.stdout.on("data", (d) => (text += d));
    child.stderr.on("data", (d) => (text += d));
    child.on("close", (code) => done({ code, text }));
  });
}

for (const file of fs.readdirSync(cases).filter((f) => f.endsWith(".txt") && (!only || f === only))) {
  const expected = {};
  for (const part of fs.readFileSync(path.join(cases, file), "utf8").split(/^=== /m).slice(1)) {
    const [head, ...files] = part.split(/^--- /m);
    const [name, ...options] = head.trim().split("\n");
    const root = path.join(temporary, "case");
    fs.rmSync(root, { recursive: true, force: true });
    fs.mkdirSync(path.join(root, ".git"), { recursive: true });
    let folder = root, args = [];
    const write = (name, text) => { fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true }); fs.writeFileSync(path.join(root, name), text); };
    for (const entry of files) write(entry.slice(0, entry.indexOf("\n")).trim(), entry.slice(entry.indexOf("\n") + 1));
    for (const option of options) {
      const [, key, value] = /^> (\w+): (.*)$/.exec(option);
      if (key === "folder") folder = path.join(root, value);
      else if (key === "args") args = value.split(" ");
      else if (key === "link") fs.symlinkSync(value.split(" -> ")[1], path.join(root, value.split(" -> ")[0]));
    }
    uploads = {};
    const { code, text } = await run(folder, args);
    const clean = (t) => t.replaceAll("file://" + fs.realpathSync(root), "").replaceAll(fs.realpathSync(root), "").replaceAll(origin, "REGISTRY");
    const diagnostics = [];
    const pattern = /^(error|warning)\[([\w-]+)\]: (.*)\n\s*--> (.*?)(?::(\d+):(\d+))?$/gm;
    for (let match; (match = pattern.exec(clean(text)));) diagnostics.push(`${match[1]} ${match[2]} ${match[4]}${match[5] ? `:${match[5]}:${match[6]}` : ""}`);
    const failure = /^error: ([\s\S]*?)(\n\nStack backtrace:|$(?![\s\S]))/m.exec(clean(text))?.[1].trim();
    const source = Object.fromEntries(files.map((entry) => [entry.slice(0, entry.indexOf("\n")).trim(), entry.slice(entry.indexOf("\n") + 1)]));
    expected[name] = {
      ...(diagnostics.length ? { diagnostics: diagnostics.sort() } : {}),
      ...(code !== 0 && failure ? { failure } : {}),
      ...(Object.keys(uploads).length ? { uploads: Object.fromEntries(Object.entries(uploads).sort().map(([name, files]) => [name, Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, text]) =>
        [file, Object.entries(source).some(([from, original]) => original === text && (from === file || from.endsWith("/" + file))) ? true : text]))])) } : {}),
      ...(process.env.SHOW ? { text: clean(text) } : {}),
    };
    if (code === 0 && !Object.keys(uploads).length) expected[name].text = clean(text);
  }
  fs.writeFileSync(path.join(cases, file.replace(/\.txt$/, ".expected.json")), JSON.stringify(expected, null, 2) + "\n");
}
server.close();
