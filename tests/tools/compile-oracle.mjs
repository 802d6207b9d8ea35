// Does V8 compile it? Reads JSON objects {goal, source}, one a line; prints ok or the error's message, one a line.
// usage: node --experimental-vm-modules compile-oracle.mjs
import vm from "node:vm";
import readline from "node:readline";
function compile({ goal, source }) {
  if (goal === "Module") new vm.SourceTextModule(source);
  else if (goal === "CommonJs") vm.compileFunction(source);
  else new vm.Script(source);
}
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  let verdict = "ok";
  try { compile(JSON.parse(line)); } catch (e) { if (e?.name !== "SyntaxError") throw e; verdict = String(e.message).replace(/\s+/g, " "); }
  process.stdout.write(verdict + "\n");
}
