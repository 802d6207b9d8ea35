// The format of a case file, see README.md.
import { readFileSync, writeFileSync } from "node:fs";

export function readCases(path) {
  return ("\n" + readFileSync(path, "utf8")).split("\n=== ").slice(1).map((section) => {
    const nameEnd = section.indexOf("\n");
    const [input] = section.split("\n+++ ");
    const body = input.slice(nameEnd + 1);
    const options = [...body.matchAll(/^@@ (\S+) ?(.*)$/gm)].map(([, key, value]) => [key, value.trim()]);
    const [first, ...others] = body.replaceAll(/^@@ .*\n?/gm, "").split(/^--- /m);
    const modules = others.map((other) => [other.slice(0, other.indexOf("\n")).trim(), trimmed(other.slice(other.indexOf("\n") + 1))]);
    if (first.trim()) modules.unshift(["mod.ts", trimmed(first)]);
    const all = (key) => options.filter(([k]) => k === key).map(([, value]) => value);
    return {
      name: section.slice(0, nameEnd).trim(),
      input,
      modules,
      exports: all("exports")[0]?.split(" ") ?? ["./mod.ts"],
      noCheck: all("no-check").length > 0,
      judge: all("judge")[0] ?? "typescript",
      differences: all("difference").map((d) => d.split(" ")[0]),
    };
  });
}

export function writeCases(path, cases) {
  const text = cases.map((one) => [
    `=== ${one.input.replace(/\n+$/, "")}\n`,
    `+++ diagnostics\n${one.diagnostics.map((d) => d + "\n").join("")}`,
    ...one.expected.map(([module, declarations]) => `+++ ${module}\n${declarations.replace(/\n+$/, "")}\n`),
  ].join("")).join("");
  writeFileSync(path, text);
}

function trimmed(text) {
  return text.replace(/\n+$/, "") + "\n";
}
