// Independent judges of one file's JavaScript: acorn must parse it (a script that is not a module as a script); every token that acorn finds must stand on its source line, in the
// same order; and every segment of the source map, read with a decoder of its own, must lead to the line that it stands on.
// Reads JSON lines {path, text, code, map, type, erased}: a source file on disk or its text, Kiln's JavaScript, its map, "module", "script" or null for syntax that
// acorn does not know (only the map is judged), and whether types were all that went.
// Prints {path, error, tokens, strays, inserted, segments, moved}: strays are tokens of an erased file that their line of the source does not have (with
// `export {}` and the punctuators that Kiln inserts counted apart), moved are segments that lead to another line, with the first of them.
// usage: node round-trip-oracle.mjs <node_modules with acorn>
import { createRequire } from "node:module";
import fs from "node:fs";
import readline from "node:readline";
const acorn = createRequire(process.argv[2] + "/")("acorn");
const digits = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map((c, i) => [c, i]));
const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/** Where the token stands in the line, from a column on, not as part of a longer word; -1 if nowhere. */
function find(line, token, from, word) {
  for (let at = line.indexOf(token, from); at >= 0; at = line.indexOf(token, at + 1)) {
    if (!word || !(/[\w$]/.test(line[at - 1] ?? " ") || /[\w$]/.test(line[at + token.length] ?? " "))) return at;
  }
  return -1;
}
function strays(source, code, tokens) {
  const lines = source.split(lineEnd), found = [];
  let line = -1, column = 0, inserted = 0;
  for (const [i, token] of tokens.entries()) {
    const text = code.slice(token.start, token.end).split(lineEnd)[0];
    if (token.loc.start.line !== line) { line = token.loc.start.line; column = 0; }
    // A parenthesis or semicolon may be Kiln's; what is ordered is everything else.
    if (text === ";" || text === "(" || text === ")") { inserted += lines[line - 1]?.includes(text) ? 0 : 1; continue; }
    const at = find(lines[line - 1] ?? "", text, column, token.type !== acorn.tokTypes.template && /^[\w$\u0080-\uffff]+$/.test(text));
    if (at >= 0) column = at + text.length;
    else if (i >= tokens.length - 4 && code.endsWith("export {};\n")) inserted++;
    else if (text) found.push(`${line}: ${text}`);
  }
  return { strays: found.length, first: found[0], inserted };
}
function moved(map) {
  let line = 0, segments = 0, moved = 0, first;
  map.mappings.split(";").forEach((group, generatedLine) => {
    for (const segment of group.split(",")) {
      if (!segment) continue;
      const fields = []; let value = 0, shift = 0;
      for (const c of segment) {
        const digit = digits.get(c);
        value |= (digit & 31) << shift; shift += 5;
        if (!(digit & 32)) { fields.push(value & 1 ? -(value >>> 1) : value >>> 1); value = 0; shift = 0; }
      }
      line += fields[2];
      segments++;
      if (line !== generatedLine) { moved++; first ??= `${generatedLine + 1} leads to ${line + 1}`; }
    }
  });
  return { segments, moved, firstMoved: first };
}
for await (const line of readline.createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!line) continue;
  const { path, code, map, type, erased, text } = JSON.parse(line);
  const tokens = [];
  let result = { path };
  try {
    if (type) acorn.parse(code, { ecmaVersion: "latest", sourceType: type, allowHashBang: true, locations: true, onToken: (t) => t.type !== acorn.tokTypes.eof && tokens.push(t) });
    result = { ...result, tokens: tokens.length, ...moved(JSON.parse(map)) };
    if (erased) Object.assign(result, strays(text ?? fs.readFileSync(path, "utf8").replace(/^\uFEFF/, ""), code, tokens));
  } catch (error) {
    result.error = error.message;
  }
  process.stdout.write(JSON.stringify(result) + "\n");
}
