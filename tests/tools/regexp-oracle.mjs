// What other readers make of regular expression literals. Reads one JSON string a line from stdin: a literal with slashes and flags.
// The first line of output is what this engine knows: {duplicateNames, modifiers, unicode17}. Then one line a literal: {engine, typescript}:
// whether V8 parses it as one whole literal, and the codes that TypeScript reports for it, in order (absent without the argument).
// usage: node regexp-oracle.mjs [<node_modules with typescript>]
import { createRequire } from "node:module";
import readline from "node:readline";
const ts = process.argv[2] && createRequire(process.argv[2] + "/")("typescript");
function parses(literal) {
  try {
    new Function(`return ${literal};`);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
function codes(literal) {
  const found = [];
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, literal, (message) => found.push(message.code));
  scanner.scan();
  scanner.reScanSlashToken(true);
  return found;
}
const features = { duplicateNames: parses("/(?<a>)|(?<a>)/"), modifiers: parses("/(?i:a)/"), unicode17: parses("/\\p{sc=Sidt}/u") };
const answers = [JSON.stringify(features)];
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  const literal = JSON.parse(line);
  answers.push(JSON.stringify({ engine: parses(literal), typescript: ts ? codes(literal) : undefined }));
}
process.stdout.write(answers.join("\n") + "\n");
