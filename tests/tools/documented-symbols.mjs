// Counts documented symbols in what `deno doc --json` prints on standard input, by the words of the registry's score: the exported declarations of all entry
// points; of overloaded functions not the implementation; references to what is documented elsewhere do not count. Prints {"documented", "total", "missing"}.
import { readFileSync } from "node:fs";
const { nodes } = JSON.parse(readFileSync(0, "utf8"));
let documented = 0, total = 0;
const missing = [];
for (const [specifier, { symbols }] of Object.entries(nodes)) {
  if (/\.(json|wasm)$/.test(specifier)) continue;
  for (const symbol of symbols) {
    const shown = symbol.declarations.filter((d) => d.declarationKind !== "private");
    const overloaded = shown.length > 1 && shown.every((d) => d.kind === "function");
    for (const declaration of shown) {
      if (declaration.kind === "reference" || (overloaded && declaration.def.hasBody)) continue;
      total++;
      if (declaration.jsDoc) documented++;
      else missing.push(`${symbol.name} ${declaration.location.line + 1}`);
    }
  }
}
console.log(JSON.stringify({ documented, total, missing: missing.slice(0, 100) }));
