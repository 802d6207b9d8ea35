// Writes what deno says about the package that pages of documentation are tested with: node tests/tools/doc-garden.mjs DENO tests/Kiln.Documentation.Tests/Garden
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [deno, folder] = process.argv.slice(2);
const root = pathToFileURL(resolve(folder)).href;
const output = execFileSync(deno, ["doc", "--json", "mod.ts", "shapes.ts", "tools.ts", "data.json"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, NO_COLOR: "1" } });
const text = output.replaceAll(root, "file://");

// deno resolves npm packages to its own cache; a registry keeps the specifier.
writeFileSync(resolve(folder, "docs.json"), text.replace(/"src": "file:\/\/\/[^"]*\/zod\/[^"]*"/g, '"src": "npm:zod@3.24.1"'));
