// Rebuilds the data beside this file. Run it where the packages spdx-license-ids, spdx-license-list (both CC0-1.0) and spdx-exceptions
// (identifiers of the SPDX exceptions list, Linux Foundation, CC-BY-3.0) are installed:
//   npm install spdx-license-ids spdx-license-list spdx-exceptions && node update.mjs ./node_modules
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

const modules = process.argv[2];
const here = import.meta.dirname;
const read = (file) => JSON.parse(fs.readFileSync(path.join(modules, file), "utf8"));

const byOrdinal = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const current = read("spdx-license-ids/index.json");
const deprecated = read("spdx-license-ids/deprecated.json");
const full = read("spdx-license-list/spdx-full.json");

// Identifiers ending in `+` are an identifier and an operator to the expression grammar.
const ids = [...new Set([...current, ...deprecated, ...Object.keys(full)])].filter((id) => !id.endsWith("+")).sort(byOrdinal);
const source = (list, terms) => `# Identifiers of the ${list} (https://spdx.org), ${terms}. Made by update.mjs.\n`;
fs.writeFileSync(path.join(here, "license-ids.txt"), source("SPDX License List", "CC0-1.0") + ids.join("\n") + "\n");

const exceptions = [...read("spdx-exceptions/index.json"), ...read("spdx-exceptions/deprecated.json")].sort(byOrdinal);
fs.writeFileSync(path.join(here, "exception-ids.txt"), source("SPDX License Exceptions", "The Linux Foundation, CC-BY-3.0") + exceptions.join("\n") + "\n");

// One text may belong to many identifiers (GPL-3.0, -only, -or-later). The text alone grants no later version, hence `-only`.
const known = new Set(current);
const rank = (id) => (id.endsWith("-only") ? 0 : known.has(id) ? 1 : 2);
const texts = new Map();
for (const id of Object.keys(full).filter((id) => !id.endsWith("+"))) {
  const text = (full[id].licenseText ?? "").replace(/\r\n?/g, "\n").trim();
  if (text === "") continue;
  const key = text.toLowerCase().replace(/[^a-z]+/g, " ");
  const other = texts.get(key);
  if (!other || rank(id) < rank(other.id) || (rank(id) === rank(other.id) && byOrdinal(id, other.id) < 0)) {
    texts.set(key, { id, text, osi: full[id].osiApproved });
  }
}

// Equal scores go to the first record: licenses that the Open Source Initiative approved, then the rest.
const records = [...texts.values()].sort((a, b) => b.osi - a.osi || byOrdinal(a.id, b.id));
const body = records.map((r) => `${r.id}\n${r.text}\x1e`).join("");
fs.writeFileSync(
  path.join(here, "license-texts.br"),
  zlib.brotliCompressSync(Buffer.from(body), {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
  }),
);
