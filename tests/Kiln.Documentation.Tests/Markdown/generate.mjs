// Writes what `deno doc --html` shows for every case in Cases/*.txt behind its `---`. Inputs are never touched.
// usage: node generate.mjs       (needs tests/tools/install; KILN_TOOLS names another folder of tools)
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.KILN_TOOLS || join(here, "../../../.kiln/tools");
const deno = join(tools, "clients/node_modules/@deno/linux-x64-glibc/deno");

for (const file of readdirSync(join(here, "Cases")).filter((f) => f.endsWith(".txt"))) {
  const path = join(here, "Cases", file);
  const parts = readFileSync(path, "utf8").split(/^(?==== )/m);
  const cases = parts.slice(1).map((part) => {
    const name = part.slice(4, part.indexOf("\n"));
    const body = part.slice(part.indexOf("\n") + 1);
    const input = body.slice(0, body.lastIndexOf("\n---\n"));
    return { name, input };
  });
  const folder = mkdtempSync(join(tmpdir(), "kiln-markdown-"));
  try {
    const source = cases.map((one, i) => `/**\n${markdownOf(one.input).split("\n").map((line) => ` * ${line}`).join("\n")}\n */\nexport const case${i}: number = ${i};\n`).join("\n");
    writeFileSync(join(folder, "mod.ts"), source);
    execFileSync(deno, ["doc", "--html", "--name=cases", `--output=${join(folder, "out")}`, join(folder, "mod.ts")], {
      env: { ...process.env, NO_COLOR: "1", DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" },
    });
    const text = cases.map((one, i) => `=== ${one.name}\n${one.input}\n---\n${shown(readFileSync(join(folder, "out/~", `case${i}.html`), "utf8"))}\n\n`);
    writeFileSync(path, parts[0] + text.join(""));
    console.log(`${file}: ${cases.length} cases`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function markdownOf(input) {
  return input.replace(/^@ difference .*\n/, "");
}

/** The first block of Markdown on a page: the documentation of the symbol. */
function shown(html) {
  const start = html.indexOf('<div class="markdown">');
  if (start < 0) return "";
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)div\b[^>]*>/g)) {
    depth += tag[1] ? -1 : 1;
    if (depth === 0) return html.slice(start + '<div class="markdown">'.length, start + tag.index).replace(/<svg[\s\S]*?<\/svg>/g, "").trim();
  }
  return "";
}
