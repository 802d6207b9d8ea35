// Starts what the races of serving need: Kiln as an operator runs it, and programs that are pinned to a core.
import { spawn, execFileSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
export const scratch = process.env.KILN_BENCH ? path.join(process.env.KILN_BENCH, "serving") : path.join(root, ".kiln", "bench", "serving");
export const program = () => path.join(fs.realpathSync(path.join(root, ".kiln", "bin")), "kiln-server");

const tick = +execFileSync("getconf", ["CLK_TCK"]);
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length & 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
export const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A program on one core of its own; `said` collects what it writes. */
export function start(core, command, args, options = {}) {
  const child = spawn(core === null ? command : "taskset", core === null ? args : ["-c", String(core), command, ...args], { stdio: ["ignore", "pipe", "pipe"], ...options });
  running.add(child);
  child.said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => { child.said = (child.said + chunk).slice(-100_000); });
  child.on("exit", () => running.delete(child));
  return child;
}

export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

export async function answers(url, child, every = 5) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${child.said}`);
    const status = await new Promise((resolve) => http.get(url, (r) => { r.resume(); resolve(r.statusCode); }).on("error", () => resolve(0)));
    if (status > 0 && status < 500) return status;
    await sleep(every);
  }
}

/** Processor seconds of a process and its children. */
export function cpuSeconds(pid) {
  const [, fields] = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) (.*)/s);
  const own = fields.split(" ");
  let total = (+own[11] + +own[12]) / tick;
  for (const task of fs.readdirSync(`/proc/${pid}/task`)) {
    for (const child of fs.readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean)) total += cpuSeconds(child);
  }
  return total;
}

export const residentMiB = (pid) => +/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))[1] / 1024;

/** `kiln serve` on an empty folder with a user who owns `@bench`; `core` null leaves it to the system, `limits` are the usual rate limits but for what they say. */
export async function startKiln({ core = null, database, name = "kiln", limits } = {}) {
  const data = path.join(scratch, `data-${name}`);
  fs.rmSync(data, { recursive: true, force: true });
  fs.mkdirSync(data, { recursive: true });
  const port = await freePort(), address = `http://127.0.0.1:${port}`;
  const places = ["--data", data, ...(database ? ["--database", database] : [])];
  const serve = ["serve", ...places, "--urls", address, ...(limits ? ["--rate-limits", limits] : [])];
  let child = start(core, program(), serve);
  await answers(`${address}/healthz/ready`, child);
  const admin = (...args) => execFileSync(program(), ["admin", ...args, ...places], { encoding: "utf8" }).trim();
  admin("user", "create", "bench");
  const token = admin("token", "create", "--user", "bench");
  const kiln = {
    address, port, data, token, places, serve, child,
    async restart() {
      await stop(kiln.child);
      kiln.child = start(core, program(), serve);
      await answers(`${address}/healthz/ready`, kiln.child);
    },
    post: (url, body, headers = {}) => fetch(`${address}/api/${url}`, { method: "POST", body, headers: { authorization: `Bearer ${token}`, ...headers } }),
    stop: () => stop(kiln.child),
  };
  for (const [url, body] of [["scopes", { scope: "bench", description: "" }]]) {
    const reply = await kiln.post(url, JSON.stringify(body), { "content-type": "application/json" });
    if (!reply.ok) throw new Error(await reply.text());
  }
  return kiln;
}

export const machine = () =>
  `${os.cpus()[0].model}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}; load average ${os.loadavg().map((l) => l.toFixed(1)).join(", ")}`;
