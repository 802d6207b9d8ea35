// The package that is published and read: made by rule, so that everybody measures the same.
import zlib from "node:zlib";

const module = (i, count) => `/** Part ${i} of a package that is made to be measured. @module */
${i + 1 < count ? `import { Part${i + 1} } from "./part${i + 1}.ts";\n` : ""}
/** What a part is made from. */
export interface Part${i}Options<T extends string = string> {
  /** Shown to people. */
  readonly name: T;
  readonly weight?: number;
  readonly children: readonly Part${i}Options[];
}

/** One way or the other. */
export type Part${i}Kind = "leaf" | "branch" | { readonly custom: string };

export enum Part${i}Color { Red = 1, Green, Blue }

/** Part ${i}. */
export class Part${i}<T extends string = string> {
  #seen: Map<string, number> = new Map();

  constructor(readonly options: Part${i}Options<T>, private readonly kind: Part${i}Kind = "leaf") {}

  /** The weight of all that is below, counted once. */
  weigh(factor: number = 1): number {
    let sum = (this.options.weight ?? 0) * factor;
    for (const child of this.options.children as readonly Part${i}Options[]) {
      sum += child.weight ?? 0;
      this.#seen.set(child.name, (this.#seen.get(child.name) ?? 0) + 1);
    }
    return typeof this.kind === "object" ? sum + this.kind.custom.length : sum;
  }

  /** @param color what to look for */
  static find(parts: readonly Part${i}[], color: Part${i}Color): Part${i} | undefined {
    return parts.find((part) => part.options.weight === color as number);
  }
${i + 1 < count ? `\n  next(): Part${i + 1}<string> {\n    return new Part${i + 1}({ name: this.options.name, children: [] });\n  }\n` : ""}}

/** Makes a part. */
export function makePart${i}(name: string, ...children: Part${i}Options[]): Part${i} {
  return new Part${i}({ name, children });
}
`;

/** Twenty files: configuration, README and eighteen modules. `extra` adds files for readers. */
export function files(version, extra = {}) {
  const count = 18;
  const all = { "deno.json": JSON.stringify({ name: "@bench/pkg", version, license: "MIT", exports: { ".": "./part0.ts" } }), "README.md": `# Bench ${version}\n\nA package that is made to be measured.\n` };
  for (let i = 0; i < count; i++) all[`part${i}.ts`] = module(i, count);
  return { ...all, ...extra };
}

export function pack(content) {
  const blocks = [];
  for (const [name, text] of Object.entries(content)) {
    const body = Buffer.from(text), header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000644\0" + "0000000\0".repeat(2), 100);
    header.write(body.length.toString(8).padStart(11, "0") + "\0" + "00000000000\0", 124);
    header.write("        0", 148);
    header.write("ustar\0" + "00", 257);
    header.write(header.reduce((a, b) => a + b).toString(8).padStart(6, "0") + "\0 ", 148);
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return zlib.gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

export const newPackage = (kiln, name = "pkg") => kiln.post("scopes/bench/packages", JSON.stringify({ package: name }), { "content-type": "application/json" });

/** Gives the task's id. */
export async function upload(kiln, version, body, name = "pkg") {
  const reply = await kiln.post(`scopes/bench/packages/${name}/versions/${version}?config=/deno.json`, body, { "content-encoding": "gzip" });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(JSON.stringify(answer));
  return answer.id;
}

export async function published(kiln, id) {
  for (;;) {
    const task = await (await fetch(`${kiln.address}/api/publish_status/${id}`)).json();
    if (task.status === "success") return;
    if (task.status === "failure") throw new Error(JSON.stringify(task));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
