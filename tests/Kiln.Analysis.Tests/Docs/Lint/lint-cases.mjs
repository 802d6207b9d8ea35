// Writes what `deno doc --lint` says into the cases of Cases/*.txt; sources and deliberate differences stay as they are. Run it after adding a case.
// usage: node lint-cases.mjs       (needs tests/tools/install; KILN_TOOLS names another folder of tools)
//
// A case is `=== name`, `--- file` with its source for each module (the first is the entry point) and `--- deno`: a line `file:line:column code message` for each
// problem; the message only where it says more than the code. `--- differs REASON` lists what Kiln says otherwise: lines with `-` it leaves out, those with `+`
// it adds; differences.txt explains each reason. What deno calls %%dg_call%%, %%dg_construct%% and %%dg_index%% is written [call], [new] and [index].
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const tools = process.env.KILN_TOOLS || join(here, "../../../../.kiln/tools");
const deno = join(tools, "clients/node_modules/@deno/linux-x64-glibc/deno");
const folder = mkdtempSync(join(tmpdir(), "kiln-lint-"));
const env = { ...process.env, NO_COLOR: "1", DENO_DIR: join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" };

try {
  let count = 0;
  for (const file of readdirSync(join(here, "Cases")).sort()) {
    const path = join(here, "Cases", file);
    const cases = readFileSync(path, "utf8").split(/^=== /m).slice(1).map((text) => {
      const name = text.slice(0, text.indexOf("\n"));
      const sections = text.slice(name.length + 1).split(/^--- /m).slice(1).map((s) => [s.slice(0, s.indexOf("\n")), s.slice(s.indexOf("\n") + 1)]);
      return { name, files: sections.filter(([key]) => /\.\w+$/.test(key)), differs: sections.filter(([key]) => key.startsWith("differs ")) };
    });
    writeFileSync(path, cases.map((one, i) => {
      const root = join(folder, `${count++}`);
      mkdirSync(root);
      for (const [name, text] of one.files) writeFileSync(join(root, name), text.trimEnd() + "\n");
      return `=== ${one.name}\n` + one.files.map(([name, text]) => `--- ${name}\n${text.trimEnd()}\n`).join("") + `--- deno\n${ask(root, one.files[0][0])}` +
        one.differs.map(([key, text]) => `--- ${key}\n${text.trimEnd()}\n`).join("");
    }).join("\n"));
  }
  console.error(`${count} cases`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function ask(root, entry) {
  const run = spawnSync(deno, ["doc", "--lint", join(root, entry)], { encoding: "utf8", env });
  const lines = [];
  let problem = null;
  for (const line of run.stderr.split("\n")) {
    const head = /^error\[(.*?)\]: (.*)/.exec(line);
    if (head) problem = head;
    const place = /^ *--> (.*):(\d+):(\d+)$/.exec(line);
    if (problem && place) {
      const message = problem[1] === "private-type-ref" ? " " + problem[2].replaceAll(/(?:\.prototype\.|\[")%%dg_(call|construct|index)%%(?:"\])?/g, (_, kind) => `[${kind === "construct" ? "new" : kind}]`) : "";
      lines.push(`${place[1].slice(root.length + 1)}:${place[2]}:${place[3]} ${problem[1]}${message}\n`);
      problem = null;
    }
  }
  return lines.sort(byPlace).join("");
}

function byPlace(a, b) {
  const key = (line) => { const [, file, at, column, rest] = /^(.*?):(\d+):(\d+) (.*)/.exec(line); return [file, +at, +column, rest]; };
  const [x, y] = [key(a), key(b)];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return x[i] < y[i] ? -1 : 1;
  return 0;
}
