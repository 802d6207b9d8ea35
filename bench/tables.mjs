// Writes the tables of RESULTS.md, between its markers, from what race.mjs measured.
// usage: node tables.mjs RESULTS.jsonl RESULTS.md
import fs from "node:fs";
import os from "node:os";

const [input, output] = process.argv.slice(2);
const lines = fs.readFileSync(input, "utf8").trim().split("\n").map((line) => JSON.parse(line));

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length & 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const find = (kind, corpus, tool) => lines.find((l) => l.kind === kind && l.corpus === corpus && l.tool === tool);
const corporaOf = (kind) => [...new Set(lines.filter((l) => l.kind === kind).map((l) => l.corpus))];

/** How many times as fast the first is, round by round: both ran at the same time of the day. */
function ratio(kind, corpus, tool, peer) {
  const a = find(kind, corpus, tool), b = find(kind, corpus, peer);
  const values = a.cpu.map((cpu, i) => b.cpu[i] / cpu);
  return { corpus, median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

const verdict = (value, least, aim, higherIsBetter) => {
  const reaches = (limit) => (higherIsBetter ? value >= limit : value <= limit);
  if (aim !== undefined && reaches(aim)) return "met, aim too";
  return reaches(least) ? (aim === undefined ? "met" : "met, aim missed") : "**missed**";
};

function speedRow(work, kind, tool, peer, least, aim) {
  const ratios = corporaOf(kind).map((corpus) => ratio(kind, corpus, tool, peer));
  const cells = ratios.map((r) => `${r.corpus} ${r.median.toFixed(2)} [${r.min.toFixed(2)}–${r.max.toFixed(2)}]`).join(", ");
  const worst = Math.min(...ratios.map((r) => r.median));
  return `| ${work} | ≥ ${least} × ${peer}${aim === undefined ? "" : `, aim ${aim} ×`} | ${cells} | ${verdict(worst, least, aim, true)} |`;
}

function valueRow(work, field, unit, tools, limit, aim, target) {
  const found = tools.flatMap(([kind, tool]) => corporaOf(kind).map((corpus) => ({ corpus, value: find(kind, corpus, tool)[field] })));
  const cells = found.map((f) => `${f.corpus} ${f.value}${unit}`).join(", ");
  return `| ${work} | ${target} | ${cells} | ${verdict(Math.max(...found.map((f) => f.value)), limit, aim, false)} |`;
}

/** Whole processes by the clock on the wall: what a person waits for. */
function docsRow(corpus) {
  const a = find("docs", corpus, "kiln"), b = find("docs", corpus, "deno");
  const values = a.wall.map((wall, i) => b.wall[i] / Math.max(wall, 1));
  const least = corpus === "effect" ? 2 : 1;
  return `| documentation as JSON, whole process, native, wall time | ≥ ${least} × deno | ${corpus} ${median(values).toFixed(2)} [${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}] (deno ${median(b.wall).toFixed(0)} ms) | ${verdict(median(values), least, undefined, true)} |`;
}

const text = [];
const [one, five, fifteen] = os.loadavg().map((l) => l.toFixed(1));
const rounds = [...new Set(lines.map((l) => l.rounds))].join(" or ");
text.push(
  `Machine: ${os.cpus()[0].model}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()}; load average when the run ended ${one}, ${five}, ${fifteen}. ` +
  `${[...new Set(lines.map((l) => l.runtime).filter(Boolean))].sort().join(", ")}. ${rounds} rounds; median [least–most] of the ratios of processor time, round by round.`,
  "",
  "| work | target | measured | |",
  "|---|---|---|---|",
  speedRow("parse, TypeScript", "typescript", "kiln-parse", "typescript-parse", 3),
  speedRow("parse, TypeScript", "typescript", "kiln-parse", "oxc-parse-lazy", 0.4, 0.7),
  speedRow("parse, JavaScript", "javascript", "kiln-parse", "acornima", 1.0, 1.3),
  speedRow("source → JavaScript", "transform", "kiln-transform", "swc-transform", 2.5),
  speedRow("source → JavaScript", "transform", "kiln-transform", "oxc-transform", 0.8, 1.2),
  speedRow("source → JavaScript and declarations", "declarations", "kiln-declarations", "oxc-declarations", 0.67),
  speedRow("source → JavaScript and declarations", "declarations", "kiln-declarations", "typescript-declarations", 20),
  ...corporaOf("docs").map(docsRow),
  valueRow("allocated by a parse", "allocated", "", [["typescript", "kiln-parse"], ["javascript", "kiln-parse"]], 8, 5, "≤ 8 bytes a byte of source, aim ≤ 5"),
  valueRow("allocated by source → JavaScript", "allocated", "", [["transform", "kiln-transform"]], 8, 5, "≤ 8 bytes a byte of source, aim ≤ 5"),
  valueRow("share of the collector, parse", "gc", " %", [["typescript", "kiln-parse"], ["javascript", "kiln-parse"]], 15, undefined, "< 15 %"),
  valueRow("share of the collector, source → JavaScript", "gc", " %", [["transform", "kiln-transform"]], 15, undefined, "< 15 %"),
);

const titles = { typescript: "Parse, TypeScript", javascript: "Parse, JavaScript", transform: "Source → JavaScript", declarations: "Source → JavaScript and declarations" };
for (const kind of Object.keys(titles)) {
  const corpora = corporaOf(kind);
  const tools = [...new Set(lines.filter((l) => l.kind === kind).map((l) => l.tool))];
  text.push("", `### ${titles[kind]}: megabytes of source a second of processor time`, "");
  text.push(`| tool | ${corpora.map((c) => `${c} (${find(kind, c, tools[0]).files} files, ${(find(kind, c, tools[0]).bytes / 1e6).toFixed(1)} MB)`).join(" | ")} |`);
  text.push(`|---|${corpora.map(() => "---|").join("")}`);
  for (const tool of tools) {
    const cells = corpora.map((corpus) => {
      const { speed: [middle, least, most], errors } = find(kind, corpus, tool);
      return `${middle} [${least}–${most}]${errors ? `, ${errors} refused` : ""}`;
    });
    text.push(`| ${tool} | ${cells.join(" | ")} |`);
  }
}

const [begin, end] = ["<!-- tables: written by bench/run -->", "<!-- end of tables -->"];
const page = fs.readFileSync(output, "utf8");
const from = page.indexOf(begin) + begin.length, to = page.indexOf(end);
fs.writeFileSync(output, `${page.slice(0, from)}\n${text.join("\n")}\n${page.slice(to)}`);
console.log(`wrote ${output}`);
