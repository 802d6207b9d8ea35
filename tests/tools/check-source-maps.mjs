// Decodes every .js.map (or .d.ts.map) below a folder with a decoder of its own (source map v3) and checks each segment that starts an identifier: the same
// identifier must stand at the place in the source. Prints {maps, names, problems}: names counts the identifiers that were found where they were written.
// In the tarball's copy of the source specifiers have their npm names; the map must lead into that copy.
// usage: node check-source-maps.mjs <folder> [.d.ts.map]
import fs from "node:fs";
import path from "node:path";
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
function decode(mappings) {
  const segments = []; let source = 0, line = 0, column = 0;
  mappings.split(";").forEach((group, generatedLine) => {
    let generatedColumn = 0;
    for (const text of group.split(",").filter(Boolean)) {
      const fields = []; let value = 0, shift = 0;
      for (const c of text) {
        const digit = digits.indexOf(c);
        if (digit < 0) throw new Error("not base64: " + c);
        value += (digit & 31) * 2 ** shift; shift += 5;
        if (!(digit & 32)) { fields.push(value & 1 ? -Math.floor(value / 2) : Math.floor(value / 2)); value = 0; shift = 0; }
      }
      generatedColumn += fields[0];
      if (fields.length >= 4) { source += fields[1]; line += fields[2]; column += fields[3]; segments.push({ generatedLine, generatedColumn, source, line, column }); }
    }
  });
  return segments;
}
const identifierAt = (line, column) => /^[A-Za-z_$][\w$]*/.exec(line.slice(column))?.[0];
const ending = process.argv[3] ?? ".js.map";
let maps = 0, names = 0; const problems = [];
function* walk(folder) { for (const e of fs.readdirSync(folder, { withFileTypes: true })) { const p = path.join(folder, e.name); if (e.isDirectory()) yield* walk(p); else yield p; } }
for (const file of walk(process.argv[2])) {
  if (!file.endsWith(ending)) continue;
  maps++;
  const map = JSON.parse(fs.readFileSync(file, "utf8")), code = fs.readFileSync(file.slice(0, -4), "utf8").split("\n");
  const name = path.relative(process.argv[2], file);
  if (map.version !== 3 || map.file !== path.basename(file, ".map")) problems.push(`${name}: version ${map.version}, file ${map.file}`);
  if (!code.join("\n").includes(`//# sourceMappingURL=${path.basename(file)}`)) problems.push(`${name}: the code does not name its map`);
  const sources = map.sources.map((s) => { const p = path.resolve(path.dirname(file), s); if (!fs.existsSync(p)) { problems.push(`${name}: ${s} is not there`); return []; } return fs.readFileSync(p, "utf8").split(/\r?\n/); });
  for (const s of decode(map.mappings)) {
    const there = sources[s.source]?.[s.line];
    if (there === undefined || s.column > there.length || code[s.generatedLine] === undefined || s.generatedColumn > code[s.generatedLine].length) { problems.push(`${name}: segment outside of a file: ${JSON.stringify(s)}`); continue; }
    const made = identifierAt(code[s.generatedLine], s.generatedColumn), written = identifierAt(there, s.column);
    if (!made || !written || code[s.generatedLine][s.generatedColumn - 1]?.match(/[\w$]/)) continue;
    if (made === written) names++;
    // What is written as code (an enum's member, a namespace) maps to the name that it stands for, which then is on the same line.
    else if (written !== "export" && !code[s.generatedLine].includes(written)) problems.push(`${name}: ${made} at ${s.generatedLine + 1}:${s.generatedColumn + 1} leads to ${written} at ${s.line + 1}:${s.column + 1}`);
  }
}
process.stdout.write(JSON.stringify({ maps, names, problems }));
