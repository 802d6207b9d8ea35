// Writes the tables of serving in RESULTS.md from the lines of the races. usage: node tables.mjs RESULTS.jsonl RESULTS.md
import fs from "node:fs";

const [input, output] = process.argv.slice(2);
const lines = fs.readFileSync(input, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length & 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const spread = (values, digits = 1) => `${median(values).toFixed(digits)} [${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}]`;
const of = (kind) => lines.filter((l) => l.kind === kind);
const verdict = (met) => (met ? "met" : "**missed**");
const text = [`Machine: ${lines.find((l) => l.machine)?.machine} when it was measured.`, "", "| what | target | measured | |", "|---|---|---|---|"];

for (const run of of("publish")) {
  const show = (values) => values.map((v) => v.toFixed(1)).join(" / ");
  text.push(`| submission → picked up, ${run.engine}, ${run.count} publishes | p99 < 30 ms | p50 / p90 / p99 / most: ${show(run.pickup)} ms | ${verdict(run.pickup[2] < 30)} |`);
  text.push(`| upload received → installable, 20 files, ${run.engine} | p50 < 50 ms, p99 < 200 ms | ${show(run.received)} ms; as the client sees it ${show(run.client)} ms | ${verdict(run.received[0] < 50 && run.received[2] < 200)} |`);
}
const races = [...new Set(of("gateway").map((l) => l.race))];
const find = (race, tool) => of("gateway").find((l) => l.race === race && l.tool === tool);
for (const race of races) {
  const ratio = (peer) => find(race, peer).micros.map((m, i) => m / find(race, "kiln").micros[i]);
  const r = ratio("nginx");
  text.push(`| ${race}, processor time of the server | ≥ 0.55 × nginx | ${spread(r, 2)} × | ${verdict(median(r) >= 0.55)} |`);
  if (find(race, "verdaccio")) {
    const v = ratio("verdaccio");
    text.push(`| ${race}, processor time of the server | ≥ 20 × Verdaccio | ${spread(v)} × | ${verdict(median(v) >= 20)} |`);
  }
}
for (const page of of("site").filter((l) => l.p75)) {
  text.push(`| ${page.name}, time to the first byte | ${page.name === "package page" ? "p75 < 20 ms" : "–"} | p75 ${spread(page.p75, 2)} ms, p99 ${spread(page.p99, 2)} ms | ${page.name === "package page" ? verdict(median(page.p75) < 20) : ""} |`);
}
const limits = { "start to first module": 1000, "memory at rest": 120 };
for (const one of of("site").filter((l) => l.values)) text.push(`| ${one.name} | < ${limits[one.name]} ${one.unit} | ${spread(one.values, 0)} ${one.unit} | ${verdict(median(one.values) < limits[one.name])} |`);

const tools = [...new Set(of("gateway").map((l) => l.tool))];
text.push("", "### Reads: microseconds of the server's processor time a request, and requests a second on one core", "", `| tool | ${races.join(" | ")} |`, `|---|${races.map(() => "---|").join("")}`);
for (const tool of tools) text.push(`| ${tool} | ${races.map((race) => (find(race, tool) ? `${spread(find(race, tool).micros)}; ${Math.round(median(find(race, tool).rate) / 100) / 10} k/s` : "–")).join(" | ")} |`);

const [begin, end] = ["<!-- serving: written by bench/run -->", "<!-- end of serving -->"];
const page = fs.readFileSync(output, "utf8");
const from = page.indexOf(begin) + begin.length, to = page.indexOf(end);
fs.writeFileSync(output, `${page.slice(0, from)}\n${text.join("\n")}\n${page.slice(to)}`);
console.log(`wrote ${output}`);
