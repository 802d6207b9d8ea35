// Measures contenders side by side. Every contender is a process of its own and is warmed up alone; then each is asked for passes in turn
// (A B C, A B C, …), so that what else the machine does hits all alike and no contender's compiler or collector disturbs another.
// usage: node race.mjs OUT.jsonl KIND ROUNDS WARM_SECONDS 'name=command …' …      the first is the reference of the ratios; the kind is passed on
// protocol: a child prints a ready line {"corpus","bytes","files","runtime"}; each line "<k>" makes it run k passes and print one line
// {"wall","cpu","err"} in milliseconds a pass (a .NET child adds "gc" and "allocated"); "0" ends it.
import { spawn } from "node:child_process";
import fs from "node:fs";
import readline from "node:readline";

const [out, kind, rounds, warmSeconds, ...specs] = process.argv.slice(2);
const passMilliseconds = 300; // the clock ticks every 10 ms: a shorter measurement would count ticks

class Contender {
  constructor(spec) {
    const at = spec.indexOf("=");
    this.name = spec.slice(0, at);
    const [command, ...args] = spec.slice(at + 1).split(" ");
    this.process = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.results = [];
  }

  async read() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.name} died`);
    return JSON.parse(value);
  }

  async run(passes) {
    this.process.stdin.write(`${passes}\n`);
    return this.read();
  }

  async start() {
    this.info = await this.read();
    let cpu = 0, passes = 0, last;
    while ((cpu < warmSeconds * 1000 || passes < 3) && passes < 100) {
      last = await this.run(1);
      cpu += last.cpu;
      passes++;
    }
    this.passes = Math.max(1, Math.ceil(passMilliseconds / Math.max(last.cpu, 1)));
  }

  end() {
    this.process.stdin.end("0\n");
  }
}

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length & 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const spread = (values, digits) => [median(values), Math.min(...values), Math.max(...values)].map((v) => +v.toFixed(digits));

const contenders = [];
for (const spec of specs) {
  const contender = new Contender(spec);
  await contender.start();
  contenders.push(contender);
}
for (let round = 0; round < +rounds; round++) for (const c of contenders) c.results.push(await c.run(c.passes));

const reference = contenders[0];
for (const c of contenders) {
  const { bytes, files, corpus, runtime } = c.info;
  const line = {
    kind, corpus, tool: c.name, runtime, bytes, files, rounds: +rounds, passes: c.passes,
    speed: spread(c.results.map((r) => bytes / 1e3 / r.cpu), 1), // megabytes of source a second of processor time
    cpu: c.results.map((r) => +r.cpu.toFixed(3)), // a round each, so that any two can be compared
    ratio: spread(c.results.map((r, i) => reference.results[i].cpu / r.cpu), 3),
    errors: c.results.at(-1).err,
  };
  const last = c.results.at(-1);
  if (last.allocated !== undefined) {
    line.allocated = +(last.allocated / bytes).toFixed(2);
    // Both by the clock on the wall: a busy machine stretches a pause as it stretches the rest.
    line.gc = +(100 * median(c.results.map((r) => r.gc / r.wall))).toFixed(1);
  }
  fs.appendFileSync(out, JSON.stringify(line) + "\n");
  const memory = last.allocated === undefined ? "" : `  ${line.allocated} B/B, GC ${line.gc} %`;
  console.log(`${corpus.padEnd(14)} ${c.name.padEnd(20)} ${String(line.speed[0]).padStart(7)} MB/s  ratio ${line.ratio.join(" / ")}  errors ${line.errors}${memory}`);
  c.end();
}
